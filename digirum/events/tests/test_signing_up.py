"""Signing up, alone and with companions, and changing one's mind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digirum.base.audience import Audience
from digirum.base.refusal import NotAllowed, Refused
from digirum.events import actions
from digirum.events.models import Availability, Registration, State
from digirum.events.queries import my_registrations
from digirum.events.tests.scene import (
    HOUR,
    NOW,
    START,
    anew,
    code_of,
    event,
    fill,
    guide,
    leave,
    occurrence,
    organisation,
    resident,
    staff,
    state,
    wait,
    who,
)
from digirum.journal.models import JournalEntry
from digirum.people.models import Role

pytestmark = pytest.mark.django_db


def test_who_signs_up_has_a_seat() -> None:
    held, person = occurrence(3), resident()
    entry = actions.register(by=person, at=NOW, occurrence=held)
    assert (entry.state, entry.person, entry.seats, entry.line) == (State.CONFIRMED, person, 1, 1)
    assert anew(held).seats_taken == 1


def test_the_journal_tells_of_it_without_a_name() -> None:
    person = resident()
    entry = actions.register(by=person, at=NOW, occurrence=occurrence(1))
    [line] = JournalEntry.objects.about(entry)
    assert (line.verb, line.subject, line.role) == ("events.registered", person.subject_id, "resident")


def test_companions_count_as_seats() -> None:
    held = occurrence(3)
    actions.register(by=resident(), at=NOW, occurrence=held, seats=2)
    assert anew(held).seats_free == 1
    with pytest.raises(Refused) as refusal:
        actions.register(by=resident(), at=NOW, occurrence=held, seats=2)
    assert code_of(refusal) == "full"


@pytest.mark.parametrize(("seats", "code"), [(0, "seats-needed"), (-1, "seats-needed"), (3, "too-many-seats")])
def test_a_party_has_at_least_one_seat_and_at_most_what_the_event_says(seats: int, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.register(by=resident(), at=NOW, occurrence=occurrence(9), seats=seats)
    assert code_of(refusal) == code
    assert refusal.value.field == "seats"


def test_nobody_signs_up_twice_for_the_same_time() -> None:
    held, person = occurrence(5), resident()
    actions.register(by=person, at=NOW, occurrence=held)
    for act in (actions.register, actions.join_waiting_list):
        with pytest.raises(Refused) as refusal:
            act(by=person, at=NOW, occurrence=held)
        assert code_of(refusal) == "already-registered"
    assert anew(held).seats_taken == 1


def test_who_has_a_seat_is_told_so_rather_than_that_it_is_full() -> None:
    held, person = occurrence(1), resident()
    actions.register(by=person, at=NOW, occurrence=held)
    with pytest.raises(Refused) as refusal:
        actions.register(by=person, at=NOW, occurrence=held)
    assert code_of(refusal) == "already-registered"


def test_who_cancelled_may_sign_up_again() -> None:
    held, person = occurrence(1), resident()
    leave(actions.register(by=person, at=NOW, occurrence=held))
    assert actions.register(by=person, at=NOW, occurrence=held).line == 2


def test_a_registration_is_cancelled_once() -> None:
    held = occurrence(2)
    entry = actions.register(by=resident(), at=NOW, occurrence=held)
    leave(entry)
    with pytest.raises(Refused) as refusal:
        leave(entry)
    assert code_of(refusal) == "not-active"
    assert anew(held).seats_taken == 0


def test_nobody_cancels_for_another() -> None:
    entry = actions.register(by=resident(), at=NOW, occurrence=occurrence(1))
    with pytest.raises(NotAllowed):
        actions.cancel_registration(by=resident(), at=NOW, registration=entry)


def test_the_guide_of_another_centre_does_not_either() -> None:
    entry = actions.register(by=resident(), at=NOW, occurrence=occurrence(1))
    with pytest.raises(NotAllowed):
        actions.cancel_registration(by=guide(occurrence(1)), at=NOW, registration=entry)


def test_the_desk_cancels_at_the_persons_wish_and_the_journal_names_the_helper() -> None:
    held = occurrence(1)
    entry = actions.register(by=resident(), at=NOW, occurrence=held)
    helper = guide(held)
    actions.cancel_registration(by=helper, at=NOW, registration=entry)
    line = JournalEntry.objects.about(entry).newest_first()[0]
    assert (line.subject, line.assisted_by) == (who(entry).subject_id, helper.subject_id)


def test_when_it_has_begun_nothing_can_be_cancelled() -> None:
    entry = actions.register(by=resident(), at=NOW, occurrence=occurrence(1))
    with pytest.raises(Refused) as refusal:
        leave(entry, at=START)
    assert code_of(refusal) == "past"


def test_sign_up_opens_and_closes_when_the_event_says() -> None:
    held = occurrence(5, opens_days_before=2, closes_hours_before=3)
    assert held.registration_opens_at == START - timedelta(days=2)
    for at, code in ((START - timedelta(days=2, seconds=1), "not-open"), (START - 3 * HOUR, "closed")):
        assert not held.takes_registrations(at)
        with pytest.raises(Refused) as refusal:
            actions.register(by=resident(), at=at, occurrence=held)
        assert code_of(refusal) == code
    assert held.takes_registrations(START - timedelta(days=2))
    actions.register(by=resident(), at=START - timedelta(days=2), occurrence=held)


def test_what_needs_no_sign_up_says_so() -> None:
    with pytest.raises(Refused) as refusal:
        actions.register(by=resident(), at=NOW, occurrence=occurrence(None, needs_registration=False))
    assert code_of(refusal) == "no-registration-needed"


def test_what_is_over_takes_nobody() -> None:
    with pytest.raises(Refused) as refusal:
        actions.register(by=resident(), at=START + 3 * HOUR, occurrence=occurrence(1))
    assert code_of(refusal) == "past"


def test_what_is_called_off_takes_nobody() -> None:
    held = occurrence(1)
    actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Handledaren är sjuk.")
    with pytest.raises(Refused) as refusal:
        actions.register(by=resident(), at=NOW, occurrence=held)
    assert code_of(refusal) == "cancelled"


def test_a_draft_is_not_there_for_residents() -> None:
    with pytest.raises(NotAllowed):
        actions.register(by=resident(), at=NOW, occurrence=occurrence(1, published=False))


def test_what_is_for_the_staff_of_one_part_of_the_city_takes_them_alone() -> None:
    unit = organisation()
    held = occurrence(5, of=event(audience=Audience.ORGANISATION, organisation=unit))
    with pytest.raises(NotAllowed):
        actions.register(by=resident(), at=NOW, occurrence=held)
    with pytest.raises(NotAllowed):
        actions.register(by=staff(Role.EMPLOYEE, organisation()), at=NOW, occurrence=held)
    actions.register(by=staff(Role.EMPLOYEE, organisation(parent=unit)), at=NOW, occurrence=held)


def test_where_there_is_room_for_all_nobody_waits() -> None:
    held = occurrence(None)
    for _person in range(5):
        assert actions.register(by=resident(), at=NOW, occurrence=held, seats=2).state == State.CONFIRMED
    assert (anew(held).seats_taken, anew(held).availability) == (10, Availability.UNLIMITED)


def test_the_public_sees_coarsely_how_many_seats_are_left() -> None:
    held, seen = occurrence(5), []
    for _person in range(6):
        seen.append(anew(held).availability)
        if seen[-1] != Availability.FULL:
            actions.register(by=resident(), at=NOW, occurrence=held)
    expected = [Availability.FREE, Availability.FREE, *[Availability.FEW] * 3, Availability.FULL]
    assert seen == expected


def test_fewer_seats_go_to_the_line() -> None:
    held = occurrence(2)
    pair = actions.register(by=resident(), at=NOW, occurrence=held, seats=2)
    first = wait(held)
    actions.change_seats(by=who(pair), at=NOW, registration=pair, seats=1)
    assert state(first) == State.OFFERED
    assert anew(held).seats_taken == 2


def test_more_seats_are_given_while_they_are_free() -> None:
    held = occurrence(2)
    entry = actions.register(by=resident(), at=NOW, occurrence=held)
    assert actions.change_seats(by=who(entry), at=NOW, registration=entry, seats=2).seats == 2
    assert anew(held).seats_taken == 2


def test_more_seats_than_are_free_are_refused_and_nothing_is_lost() -> None:
    held = occurrence(2)
    entry, _other = fill(held)
    with pytest.raises(Refused) as refusal:
        actions.change_seats(by=who(entry), at=NOW, registration=entry, seats=2)
    assert code_of(refusal) == "full"
    assert (state(entry), anew(held).seats_taken) == (State.CONFIRMED, 2)


def test_a_smaller_party_in_line_may_fit_at_once_and_keeps_its_place() -> None:
    held = occurrence(2)
    one, _other = fill(held)
    pair, _later = wait(held, seats=2), wait(held, seats=2)
    leave(one)
    assert state(pair) == State.WAITING
    changed = actions.change_seats(by=who(pair), at=NOW, registration=pair, seats=1)
    assert (changed.state, changed.line) == (State.OFFERED, pair.line)


def test_whoever_has_an_offer_answers_before_changing_seats() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    leave(seated)
    with pytest.raises(Refused) as refusal:
        actions.change_seats(by=who(first), at=NOW, registration=first, seats=1)
    assert code_of(refusal) == "answer-first"


def test_my_page_lists_what_is_ahead_the_next_first() -> None:
    person = resident()
    later = actions.register(by=person, at=NOW, occurrence=occurrence(1, start=START + timedelta(days=7)))
    sooner = actions.register(by=person, at=NOW, occurrence=occurrence(1))
    gone = actions.register(by=person, at=NOW, occurrence=occurrence(1, start=NOW + HOUR))
    leave(actions.register(by=person, at=NOW, occurrence=occurrence(1)))
    assert list(my_registrations(person, NOW + timedelta(days=1))) == [sooner, later]
    assert gone in my_registrations(person, NOW)


def test_one_sees_ones_own_registrations_and_the_desk_those_of_its_centre() -> None:
    held = occurrence(5)
    mine, other = actions.register(by=resident(), at=NOW, occurrence=held), fill(held)[0]
    assert list(Registration.objects.visible_to(who(mine), at=NOW)) == [mine]
    assert {mine, other} <= set(Registration.objects.visible_to(guide(held), at=NOW))
    assert not Registration.objects.visible_to(guide(occurrence(1)), at=NOW).exists()
    assert not Registration.objects.visible_to(None, at=NOW).exists()
