"""The number of a card: nine digits that forgive no slip of the finger and no way of writing them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digirum.people import card_numbers

DIGITS = st.text("0123456789", min_size=8, max_size=8)


def with_check(digits: str) -> str:
    return digits + str(card_numbers.remainder(digits))


def test_the_check_digit_is_damms() -> None:
    # The worked example of Damm's thesis as it is quoted everywhere: 572 gets the check digit 4.
    assert card_numbers.remainder("572") == 4


@given(DIGITS, st.integers(0, 8), st.integers(1, 9))
def test_every_wrong_digit_is_found(digits: str, place: int, by: int) -> None:
    number = with_check(digits)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert card_numbers.is_right(number)
    assert not card_numbers.is_right(wrong)


@given(DIGITS, st.integers(0, 7))
def test_every_two_neighbours_that_changed_places_are_found(digits: str, place: int) -> None:
    number = with_check(digits)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert card_numbers.is_right(swapped) == (swapped == number)


def test_a_drawn_number_is_right() -> None:
    numbers = {card_numbers.draw() for _ in range(200)}
    assert len(numbers) > 190
    assert all(card_numbers.is_right(number) for number in numbers)


@pytest.mark.parametrize(
    "typed", ["123 456 785", " 123-456-785", "Kort 123456785.", "١٢٣ ٤٥٦ ٧٨٥", "１２３４５６７８５"]
)
def test_the_number_may_be_written_as_people_write_it(typed: str) -> None:
    assert card_numbers.tidy(typed) == "123456785"


def test_the_number_is_printed_in_threes() -> None:
    assert card_numbers.grouped("123456785") == "123 456 785"
