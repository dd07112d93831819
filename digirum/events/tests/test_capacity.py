"""How many seats there are: the database itself keeps the bounds."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from digirum.base.refusal import NotAllowed, Refused
from digirum.events import actions
from digirum.events.models import Occurrence, Offer, Registration, State
from digirum.events.tests.scene import (
    HOUR,
    NOW,
    anew,
    code_of,
    coordinator,
    fill,
    guide,
    leave,
    occurrence,
    resident,
    state,
    wait,
)

pytestmark = pytest.mark.django_db


def test_lowered_below_what_is_taken_throws_nobody_out_and_says_so() -> None:
    held = occurrence(3)
    entries = fill(held)
    change = actions.change_capacity(by=coordinator(held.event), at=NOW, occurrence=held, capacity=1)
    assert change.seats_over == 2
    assert [state(entry) for entry in entries] == [State.CONFIRMED] * 3


def test_after_lowering_no_seat_is_given_until_enough_have_come_back() -> None:
    held = occurrence(3)
    one, two, three = fill(held)
    actions.change_capacity(by=None, at=NOW, occurrence=held, capacity=1)
    first = wait(held)
    leave(one)
    leave(two)
    assert state(first) == State.WAITING
    leave(three)
    assert state(first) == State.OFFERED


def test_the_ceiling_sinks_with_the_seats_that_come_back() -> None:
    held = occurrence(3)
    one, two, _three = fill(held)
    actions.change_capacity(by=None, at=NOW, occurrence=held, capacity=1)
    assert anew(held).seat_ceiling == 3
    leave(one)
    assert anew(held).seat_ceiling == 2
    leave(two)
    assert anew(held).seat_ceiling == 1


def test_more_seats_go_to_the_line_first() -> None:
    held = occurrence(1)
    fill(held)
    entries = [wait(held) for _entry in range(3)]
    change = actions.change_capacity(by=None, at=NOW, occurrence=held, capacity=3)
    assert change.seats_over == 0
    assert [state(entry) for entry in entries] == [State.OFFERED, State.OFFERED, State.WAITING]


def test_room_for_all_lets_everyone_in_line_in() -> None:
    held = occurrence(1)
    fill(held)
    entries = [wait(held) for _entry in range(3)]
    actions.change_capacity(by=None, at=NOW, occurrence=held, capacity=None)
    assert {state(entry) for entry in entries} == {State.OFFERED}


def test_a_limit_can_be_set_afterwards() -> None:
    held = occurrence(None)
    for _person in range(4):
        actions.register(by=resident(), at=NOW, occurrence=held)
    assert actions.change_capacity(by=None, at=NOW, occurrence=held, capacity=2).seats_over == 2
    with pytest.raises(Refused) as refusal:
        actions.register(by=resident(), at=NOW, occurrence=held)
    assert code_of(refusal) == "full"


def test_only_who_plans_the_programme_there_changes_it() -> None:
    held = occurrence(1)
    for stranger in (resident(), guide(held), coordinator(occurrence(1).event)):
        with pytest.raises(NotAllowed):
            actions.change_capacity(by=stranger, at=NOW, occurrence=held, capacity=5)


def _refused(**changes: object) -> None:
    held = occurrence(2)
    fill(held)
    with pytest.raises(IntegrityError), transaction.atomic():
        Occurrence.objects.filter(pk=held.pk).update(**changes)


def test_the_database_refuses_a_seat_too_many() -> None:
    _refused(seats_taken=F("seats_taken") + 1)


def test_the_database_refuses_a_ceiling_below_what_is_taken() -> None:
    _refused(seat_ceiling=1, capacity=1)


def test_the_database_refuses_a_ceiling_below_capacity() -> None:
    _refused(capacity=3)


def test_the_database_refuses_capacity_without_ceiling() -> None:
    _refused(seat_ceiling=None)


def test_the_database_refuses_seats_below_none() -> None:
    _refused(seats_taken=-1)


def test_the_database_refuses_an_end_before_the_start() -> None:
    _refused(ends_at=F("starts_at") - HOUR)


def test_the_database_refuses_a_second_active_registration_of_the_same_person() -> None:
    held, person = occurrence(5), resident()
    actions.register(by=person, at=NOW, occurrence=held)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(
            occurrence=held, person=person, state=State.WAITING, line=77, made_at=NOW, changed_at=NOW
        )


def test_the_database_refuses_the_same_place_in_line_twice() -> None:
    held = occurrence(5)
    entry = actions.register(by=resident(), at=NOW, occurrence=held)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(occurrence=held, state=State.WAITING, line=entry.line, made_at=NOW, changed_at=NOW)


def test_the_database_refuses_a_party_of_nobody() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(
            occurrence=occurrence(5), state=State.WAITING, line=1, seats=0, made_at=NOW, changed_at=NOW
        )


def test_the_database_refuses_a_second_open_offer() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    wait(held)
    leave(seated)
    offer = Offer.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(
            registration=offer.registration, seats=1, made_at=NOW, expires_at=NOW + HOUR, answered_at=None
        )


def test_the_database_refuses_an_answer_without_its_time() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    wait(held)
    leave(seated)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.update(answer="accepted")
