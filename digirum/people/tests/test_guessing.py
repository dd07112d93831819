"""Nobody guesses a key: pauses that grow, words that are stopped, and the same answer whether or not there is a card."""

import statistics
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from digirum.base.refusal import Refused
from digirum.journal.models import JournalEntry
from digirum.people import card_numbers, guess_waves, guessing
from digirum.people.actions.give_new_words import give_new_words
from digirum.people.actions.sign_in_by_qr import key_by_token
from digirum.people.actions.sign_in_by_words import Paused, key_by_words
from digirum.people.making_keys import Issued
from digirum.people.models import GuessCounter, GuessWave, Key, Recognition
from digirum.people.tests.racing import race
from digirum.people.tests.residents import NOW, guide_called, key_of, person_called

pytestmark = pytest.mark.django_db
HOME, ELSEWHERE, CENTRE = "192.0.2.7", "198.51.100.9", "203.0.113.5"
UNKNOWN = "000000000"
WRONG = "fel ord helt enkelt"


def numbered(number: int) -> str:
    """A card number that nobody drew."""
    return f"{number:08d}{card_numbers.remainder(f'{number:08d}')}"


def outcome(number: str, words: str = WRONG, *, after: timedelta = timedelta(0), address: str = HOME) -> str:
    """The code of the refusal, or "in"."""
    try:
        key_by_words(number=number, words=words, address=address, at=NOW + after)
    except Refused as refused:
        return refused.code
    return "in"


@pytest.fixture
def issued() -> Issued:
    return key_of(person_called())


def right_words(issued: Issued) -> str:
    return " ".join(issued.card.words)


def test_the_right_words_open(issued: Issued) -> None:
    key = key_by_words(number=issued.card.grouped_number, words=right_words(issued), address=HOME, at=NOW)
    assert key == issued.key


def test_a_slip_in_the_number_is_told_and_not_counted(issued: Issued) -> None:
    slip = issued.card.number[:-1] + str((int(issued.card.number[-1]) + 1) % 10)
    assert [outcome(slip) for _ in range(30)] == ["wrong-number"] * 30
    assert not GuessCounter.objects.exists()


def test_pauses_begin_at_half_a_minute_and_double_to_an_hour() -> None:
    waits = [guessing.pause_after(tries, guessing.CARD).total_seconds() for tries in range(1, 13)]
    assert waits == [0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_after_three_wrong_tries_the_card_pauses_and_then_opens_again(issued: Issued) -> None:
    assert [outcome(issued.card.number) for _ in range(3)] == ["wrong-words"] * 3
    assert outcome(issued.card.number, right_words(issued), after=timedelta(seconds=29)) == "paused"
    assert outcome(issued.card.number, right_words(issued), after=timedelta(seconds=31)) == "in"


def test_the_pause_says_how_long(issued: Issued) -> None:
    for _ in range(3):
        outcome(issued.card.number)
    with pytest.raises(Paused) as caught:
        key_by_words(number=issued.card.number, words=WRONG, address=HOME, at=NOW + timedelta(seconds=10))
    assert caught.value.seconds == 20


def test_a_right_try_ends_the_row_of_wrong_ones(issued: Issued) -> None:
    outcome(issued.card.number)
    outcome(issued.card.number)
    assert outcome(issued.card.number, right_words(issued)) == "in"
    assert [outcome(issued.card.number) for _ in range(3)] == ["wrong-words"] * 3


def test_an_address_that_tries_many_cards_pauses_too() -> None:
    numbers = [numbered(number) for number in range(25)]
    outcomes = [outcome(number) for number in numbers]
    assert outcomes == ["wrong-words"] * 20 + ["paused"] * 5
    assert outcome(numbers[24], address=ELSEWHERE) == "wrong-words"


@override_settings(CENTRE_NETWORKS=["203.0.113.0/24"])
def test_a_centres_network_has_wide_limits_of_its_own() -> None:
    numbers = [numbered(number) for number in range(25)]
    assert [outcome(number, address=CENTRE) for number in numbers] == ["wrong-words"] * 25


def guess_until_stopped(number: str) -> list[str]:
    """Tries at a card, each when the pause before it is over and from an address that has not been seen."""
    codes, moment = [], timedelta(0)
    for tries in range(60):
        codes.append(outcome(number, after=moment, address=f"10.0.0.{tries}"))
        moment += timedelta(hours=1, seconds=1)
    return codes


def test_after_fifty_wrong_tries_in_a_row_the_words_are_stopped_and_the_qr_code_still_opens(issued: Issued) -> None:
    codes = guess_until_stopped(issued.card.number)

    assert codes == ["wrong-words"] * 50 + ["words-stopped"] * 10
    later = timedelta(days=30)
    assert outcome(issued.card.number, right_words(issued), after=later) == "words-stopped"
    assert key_by_token(token=issued.card.token, at=NOW + later) == issued.key
    assert guessing.are_stopped(issued.card.number)
    assert JournalEntry.objects.filter(verb="people.words_stopped").count() == 1


def test_a_card_that_does_not_exist_answers_alike(issued: Issued) -> None:
    known = guess_until_stopped(issued.card.number)
    GuessCounter.objects.filter(scope="address").delete()
    assert guess_until_stopped(UNKNOWN) == known


def test_a_retired_card_answers_like_one_that_does_not_exist(issued: Issued) -> None:
    Key.objects.update(retired_at=NOW)
    assert outcome(issued.card.number, right_words(issued)) == "wrong-words"


def test_a_try_asks_the_database_the_same_for_a_card_that_does_not_exist(issued: Issued) -> None:
    def queries(number: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            outcome(number)
        return [query["sql"].split(" ")[0] for query in asked.captured_queries]

    assert queries(issued.card.number) == queries(UNKNOWN)


def test_a_try_takes_as_long_for_a_card_that_does_not_exist(issued: Issued) -> None:
    def seconds(number: str) -> float:
        GuessCounter.objects.all().delete()
        begun = time.perf_counter()
        assert outcome(number) == "wrong-words"
        return time.perf_counter() - begun

    seconds(UNKNOWN)
    pairs = [(seconds(issued.card.number), seconds(UNKNOWN)) for _ in range(21)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert 0.6 < unknown / known < 1.67


def test_new_words_open_a_card_that_was_stopped(issued: Issued) -> None:
    guess_until_stopped(issued.card.number)
    guide = guide_called()
    fresh = give_new_words(by=guide, key=issued.key, at=NOW, recognised_by=Recognition.CARD)

    assert fresh.card.number == issued.card.number
    assert outcome(issued.card.number, " ".join(fresh.card.words), address=ELSEWHERE) == "in"
    assert key_by_token(token=issued.card.token, at=NOW) == issued.key


def test_what_is_counted_names_neither_address_nor_card(issued: Issued) -> None:
    outcome(issued.card.number)
    stored = str(list(GuessCounter.objects.values()))
    assert HOME not in stored
    assert issued.card.number not in stored


def test_counters_are_forgotten_when_nobody_has_tried_for_long(issued: Issued) -> None:
    outcome(issued.card.number)
    guessing.forget_old(NOW + timedelta(days=2))
    assert [counter.scope for counter in GuessCounter.objects.all()] == ["card"]
    guessing.forget_old(NOW + timedelta(days=91))
    assert not GuessCounter.objects.exists()


def test_staff_are_told_once_of_a_wave_and_see_it_at_the_desk(issued: Issued) -> None:
    guide = guide_called()
    for number in range(12):
        for _ in range(2):
            outcome(numbered(number), address=f"10.1.{number}.1")
    guess_waves.watch(NOW + timedelta(minutes=1))
    guess_waves.watch(NOW + timedelta(minutes=2))

    assert GuessWave.objects.get().cards == 12
    assert guess_waves.going_on(NOW + timedelta(minutes=30)) is not None
    assert guess_waves.going_on(NOW + timedelta(hours=2)) is None
    assert JournalEntry.objects.filter(verb="people.guess_wave_seen").count() == 1
    assert [notice.kind for notice in guide.notices.all()] == ["people.guess_wave"]


def test_who_goes_through_the_numbers_from_many_addresses_is_a_wave_too() -> None:
    for number in range(40):
        outcome(numbered(number), address=f"10.1.{number}.1")
    guess_waves.watch(NOW + timedelta(minutes=1))
    assert GuessWave.objects.get().cards == 40


def test_a_few_mistyped_words_are_no_wave(issued: Issued) -> None:
    for _ in range(3):
        outcome(issued.card.number)
    guess_waves.watch(NOW)
    assert not GuessWave.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_tries_at_once_are_counted_one_by_one() -> None:
    issued = key_of(person_called())
    codes = race(50, lambda number: outcome(issued.card.number, address=f"10.2.0.{number}"))

    assert sorted(map(str, codes)) == ["paused"] * 47 + ["wrong-words"] * 3
    assert GuessCounter.objects.get(scope="card").tries == 3


@pytest.mark.django_db(transaction=True)
def test_without_the_claim_fifty_tries_at_once_would_all_be_checked() -> None:
    """The positive control: read, check, then count lets more than three through."""
    issued = key_of(person_called())
    counter = GuessCounter.objects.create(scope="card", subject="control", tried_at=NOW)

    def careless(_number: int) -> str:
        tries = GuessCounter.objects.get(pk=counter.pk).tries
        if tries >= 3:
            return "paused"
        time.sleep(0.05)  # the words are checked
        GuessCounter.objects.filter(pk=counter.pk).update(tries=tries + 1)
        return "wrong-words"

    assert issued
    assert race(50, careless).count("wrong-words") > 3
