"""The line: who waits gets a freed seat, in order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digirum.base.refusal import Refused
from digirum.events import actions
from digirum.events.models import Answer, Offer, State
from digirum.events.queries import position_in_line
from digirum.events.tests.scene import (
    HOUR,
    NOW,
    START,
    anew,
    code_of,
    fill,
    guide,
    leave,
    occurrence,
    resident,
    state,
    wait,
    who,
)

pytestmark = pytest.mark.django_db


def test_when_it_is_full_one_is_told_of_the_line() -> None:
    held = occurrence(1)
    fill(held)
    with pytest.raises(Refused) as refusal:
        actions.register(by=resident(), at=NOW, occurrence=held)
    assert code_of(refusal) == "full"


def test_a_freed_seat_goes_to_the_first_in_line() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first, second = wait(held), wait(held)
    leave(seated)
    assert (state(first), state(second)) == (State.OFFERED, State.WAITING)


def test_a_freed_seat_is_offered_to_exactly_one() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    for _entry in range(3):
        wait(held)
    leave(seated)
    assert Offer.objects.open().count() == 1
    assert anew(held).seats_taken == 1, "an offered seat is held for the one it is offered to"


def test_a_party_that_needs_more_than_is_free_is_passed_over_and_keeps_its_place() -> None:
    held = occurrence(2)
    one, other = fill(held)
    pair, single = wait(held, seats=2), wait(held)
    leave(one)
    assert (state(pair), state(single)) == (State.WAITING, State.OFFERED)
    assert position_in_line(pair) == 1
    actions.decline_offer(by=who(single), at=NOW, registration=single)
    leave(other)
    assert state(pair) == State.OFFERED


def test_an_offer_stands_for_a_day_at_most() -> None:
    held = occurrence(1, start=NOW + timedelta(days=10))
    [seated] = fill(held)
    wait(held)
    leave(seated)
    assert Offer.objects.get().expires_at == NOW + timedelta(hours=24)


def test_an_offer_stands_for_a_quarter_of_the_time_left_when_that_is_shorter() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    wait(held)
    at = START - 8 * HOUR
    leave(seated, at=at)
    assert Offer.objects.get().expires_at == at + 2 * HOUR


@pytest.mark.parametrize(
    ("before", "offered"), [(timedelta(minutes=61), State.OFFERED), (HOUR, State.WAITING), (HOUR / 2, State.WAITING)]
)
def test_in_the_last_hour_no_seat_is_offered(before: timedelta, offered: State) -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    leave(seated, at=START - before)
    assert state(first) == offered


def test_in_the_last_hour_nobody_who_comes_later_signs_up_past_the_line() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    wait(held)
    leave(seated, at=START - HOUR / 2)
    with pytest.raises(Refused) as refusal:
        actions.register(by=resident(), at=START - HOUR / 2, occurrence=held)
    assert code_of(refusal) == "full"


def test_in_the_last_hour_the_line_is_closed() -> None:
    held = occurrence(1)
    fill(held)
    with pytest.raises(Refused) as refusal:
        actions.join_waiting_list(by=resident(), at=START - HOUR / 2, occurrence=held)
    assert code_of(refusal) == "too-late"


def test_who_says_yes_has_the_seat() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    leave(seated)
    actions.accept_offer(by=who(first), at=NOW + HOUR, registration=first)
    assert state(first) == State.CONFIRMED
    offer = Offer.objects.get()
    assert (offer.answer, offer.answered_at) == (Answer.ACCEPTED, NOW + HOUR)


def test_who_says_no_leaves_the_seat_to_the_next() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first, second = wait(held), wait(held)
    leave(seated)
    actions.decline_offer(by=who(first), at=NOW, registration=first)
    assert (state(first), state(second)) == (State.CANCELLED, State.OFFERED)


def test_who_does_not_answer_in_time_leaves_the_seat_to_the_next() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first, second = wait(held), wait(held)
    leave(seated)
    ends = Offer.objects.get().expires_at
    assert actions.expire_offers(ends - timedelta(seconds=1)) == 0
    assert actions.expire_offers(ends) == 1
    assert (state(first), state(second)) == (State.LAPSED, State.OFFERED)
    assert actions.expire_offers(ends) == 0, "a second round finds nothing more to do"


def test_an_answer_that_comes_too_late_is_refused_even_before_the_worker_has_noticed() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    leave(seated)
    with pytest.raises(Refused) as refusal:
        actions.accept_offer(by=who(first), at=Offer.objects.get().expires_at, registration=first)
    assert code_of(refusal) == "offer-expired"


def test_who_leaves_the_line_lets_the_others_move_up() -> None:
    held = occurrence(1)
    fill(held)
    first, second = wait(held), wait(held)
    leave(first)
    assert position_in_line(second) == 1
    assert anew(held).waiting == 1


def test_who_leaves_while_a_seat_is_offered_leaves_it_to_the_next() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first, second = wait(held), wait(held)
    leave(seated)
    leave(first)
    assert (state(first), state(second)) == (State.CANCELLED, State.OFFERED)


def test_standing_in_line_where_a_seat_is_free_gives_the_seat() -> None:
    held = occurrence(1)
    assert actions.join_waiting_list(by=resident(), at=NOW, occurrence=held).state == State.CONFIRMED


def test_a_single_person_may_take_the_one_seat_that_a_waiting_pair_cannot_use() -> None:
    held = occurrence(2)
    one, _other = fill(held)
    pair = wait(held, seats=2)
    leave(one)
    assert actions.register(by=resident(), at=NOW, occurrence=held).state == State.CONFIRMED
    assert state(pair) == State.WAITING


def test_who_has_no_address_may_have_chosen_to_get_the_seat_at_once() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held, person=resident(at_once=True))
    leave(seated)
    assert state(first) == State.CONFIRMED
    assert Offer.objects.get().answer == Answer.AUTOMATIC


def test_who_has_an_address_is_asked_even_so() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held, person=resident(at_once=True, email="lonn@example.org"))
    leave(seated)
    assert state(first) == State.OFFERED


def test_a_choice_at_the_desk_to_get_the_seat_at_once_counts_too() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    slip = actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held, takes_seat_at_once=True)
    assert slip.registration.state == State.WAITING
    leave(seated)
    assert state(slip.registration) == State.CONFIRMED


def test_a_party_larger_than_the_room_cannot_stand_in_line() -> None:
    held = occurrence(1)
    fill(held)
    with pytest.raises(Refused) as refusal:
        actions.join_waiting_list(by=resident(), at=NOW, occurrence=held, seats=2)
    assert code_of(refusal) == "too-many-seats"


def test_several_freed_seats_go_to_several() -> None:
    held = occurrence(2, seats_per_person=2)
    pair = actions.register(by=resident(), at=NOW, occurrence=held, seats=2)
    first, second, third = wait(held), wait(held), wait(held)
    leave(pair)
    assert [state(entry) for entry in (first, second, third)] == [State.OFFERED, State.OFFERED, State.WAITING]
