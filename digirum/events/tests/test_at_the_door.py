"""The list at the door: ticks, walk-ins, and who did not come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digirum.base.refusal import NotAllowed, Refused
from digirum.events import actions
from digirum.events.models import CheckIn, Registration, State
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
DOOR = START - HOUR / 2


def test_a_tap_notes_that_the_party_has_come() -> None:
    held = occurrence(2)
    entry = actions.register(by=resident(), at=NOW, occurrence=held, seats=2)
    ticked = actions.check_in(by=guide(held), at=DOOR, registration=entry)
    assert (ticked.arrived, ticked.at) == (2, DOOR)


def test_a_second_tap_changes_nothing() -> None:
    held = occurrence(1)
    [entry] = fill(held)
    helper = guide(held)
    first = actions.check_in(by=helper, at=DOOR, registration=entry)
    again = actions.check_in(by=helper, at=START, registration=entry)
    assert (again.pk, again.at, CheckIn.objects.count()) == (first.pk, DOOR, 1)


def test_fewer_may_have_come_than_signed_up() -> None:
    held = occurrence(2)
    entry = actions.register(by=resident(), at=NOW, occurrence=held, seats=2)
    assert actions.check_in(by=guide(held), at=DOOR, registration=entry, arrived=1).arrived == 1
    with pytest.raises(Refused) as refusal:
        actions.check_in(by=guide(held), at=DOOR, registration=entry, arrived=3)
    assert code_of(refusal) == "too-many-arrived"


def test_a_tick_can_be_taken_back() -> None:
    held = occurrence(1)
    [entry] = fill(held)
    helper = guide(held)
    actions.check_in(by=helper, at=DOOR, registration=entry)
    actions.undo_check_in(by=helper, at=DOOR, registration=entry)
    assert not CheckIn.objects.exists()
    assert state(entry) == State.CONFIRMED
    with pytest.raises(Refused) as refusal:
        actions.undo_check_in(by=helper, at=DOOR, registration=entry)
    assert code_of(refusal) == "not-checked-in"


@pytest.mark.parametrize(
    ("at", "code"), [(START - HOUR - timedelta(seconds=1), "too-early"), (START + timedelta(days=2), "past")]
)
def test_the_list_is_open_from_an_hour_before_until_the_day_after(at: object, code: str) -> None:
    held = occurrence(1)
    [entry] = fill(held)
    with pytest.raises(Refused) as refusal:
        actions.check_in(by=guide(held), at=at, registration=entry)  # type: ignore[arg-type]  # parametrized
    assert code_of(refusal) == code


def test_who_waits_has_no_seat_to_be_ticked_off_for() -> None:
    held = occurrence(1)
    fill(held)
    with pytest.raises(Refused) as refusal:
        actions.check_in(by=guide(held), at=DOOR, registration=wait(held))
    assert code_of(refusal) == "no-seat"


def test_only_the_desk_there_ticks_off() -> None:
    held = occurrence(1)
    [entry] = fill(held)
    for stranger in (who(entry), guide(occurrence(1))):
        with pytest.raises(NotAllowed):
            actions.check_in(by=stranger, at=DOOR, registration=entry)


def test_in_the_last_hour_a_free_seat_is_given_to_whoever_stands_at_the_door() -> None:
    held = occurrence(1)
    walked_in = actions.register_walk_in(by=guide(held), at=DOOR, occurrence=held)
    assert (walked_in.walk_in, walked_in.person, state(walked_in)) == (True, None, State.CONFIRMED)
    assert walked_in.check_in.arrived == 1
    with pytest.raises(Refused) as refusal:
        actions.register_walk_in(by=guide(held), at=DOOR, occurrence=held)
    assert code_of(refusal) == "full"


def test_before_the_last_hour_free_seats_are_for_those_who_sign_up_and_wait() -> None:
    held = occurrence(1)
    with pytest.raises(Refused) as refusal:
        actions.register_walk_in(by=guide(held), at=START - HOUR - timedelta(seconds=1), occurrence=held)
    assert code_of(refusal) == "too-early"


def test_one_who_waited_and_stands_at_the_door_gets_the_seat() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first, second = wait(held), wait(held)
    leave(seated, at=DOOR)
    assert state(first) == State.WAITING
    actions.register_walk_in(by=guide(held), at=DOOR, occurrence=held, registration=second)
    assert (state(first), state(second), anew(held).waiting) == (State.WAITING, State.CONFIRMED, 1)


def test_one_with_an_open_offer_at_the_door_gets_the_seat_that_is_held() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    leave(seated, at=START - 1.1 * HOUR)
    actions.register_walk_in(by=guide(held), at=DOOR, occurrence=held, registration=first)
    assert (state(first), anew(held).seats_taken) == (State.CONFIRMED, 1)
    assert not first.offers.open().exists()


def test_when_it_has_begun_the_seat_of_one_who_has_not_come_can_be_given_away() -> None:
    held = occurrence(1)
    [absent] = fill(held)
    helper = guide(held)
    with pytest.raises(Refused) as refusal:
        actions.give_away_seat(by=helper, at=START - timedelta(seconds=1), registration=absent)
    assert code_of(refusal) == "not-started"
    actions.give_away_seat(by=helper, at=START, registration=absent)
    actions.register_walk_in(by=helper, at=START, occurrence=held)
    assert (state(absent), anew(held).seats_taken) == (State.LAPSED, 1)


def test_the_seat_of_one_who_has_come_is_not_given_away() -> None:
    held = occurrence(1)
    [entry] = fill(held)
    helper = guide(held)
    actions.check_in(by=helper, at=START, registration=entry)
    with pytest.raises(Refused) as refusal:
        actions.give_away_seat(by=helper, at=START, registration=entry)
    assert code_of(refusal) == "already-checked-in"


def test_a_walk_in_by_a_slip_of_the_finger_is_undone_with_its_seat() -> None:
    held = occurrence(1)
    helper = guide(held)
    entry = actions.register_walk_in(by=helper, at=DOOR, occurrence=held)
    actions.undo_check_in(by=helper, at=DOOR, registration=entry)
    assert (state(entry), anew(held).seats_taken) == (State.CANCELLED, 0)


def test_who_did_not_come_is_known_when_it_is_over() -> None:
    held = occurrence(2)
    came, absent = fill(held)
    actions.check_in(by=guide(held), at=START, registration=came)
    assert not Registration.objects.no_shows(START).exists()
    assert list(Registration.objects.no_shows(held.ends_at)) == [absent]
