"""Writing events and setting times for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from digirum.base import clock
from digirum.base.audience import Audience
from digirum.base.refusal import NotAllowed, Refused, RevisionConflict
from digirum.events import actions
from digirum.events.facts import EventFacts
from digirum.events.models import AccessFact, Event, Occurrence, OccurrenceCancellation, SpokenLanguage
from digirum.events.tests.scene import (
    HOUR,
    NOW,
    START,
    centre,
    code_of,
    coordinator,
    event,
    facts,
    fill,
    guide,
    leave,
    occurrence,
    organisation,
    resident,
    staff,
    wait,
)
from digirum.journal.models import JournalEntry
from digirum.people.models import Person, Role
from digirum.topics.models import Competence

pytestmark = pytest.mark.django_db


def test_a_coordinator_writes_an_event_that_nobody_else_sees_yet() -> None:
    place = centre()
    planner = staff(Role.COORDINATOR, place.organisation)
    made = actions.create_event(by=planner, at=NOW, facts=facts(centre=place))
    assert (made.slug, made.is_published) == ("prova-vr", False)
    assert made in Event.objects.visible_to(planner, at=NOW)
    for other in (None, resident(), coordinator(event())):
        assert made not in Event.objects.visible_to(other, at=NOW)


def test_all_that_was_written_is_kept() -> None:
    competence = Competence.objects.order_by("number").first()
    written = facts(
        texts={"name_sv": "Prova VR", "summary_en": "Try it", "description_ar": "جرّب"},
        languages=(SpokenLanguage.SWEDISH, SpokenLanguage.ARABIC),
        access_facts=(AccessFact.LIFT,),
        organisers=(organisation(),),
        competences=(competence,) if competence else (),
        default_capacity=12,
        age_from=13,
        age_to=19,
        closes_hours_before=2,
    )
    made = actions.create_event(by=None, at=NOW, facts=written)
    assert not EventFacts.of(Event.objects.get(pk=made.pk)).differences(written)


def test_the_second_event_of_a_name_gets_an_address_of_its_own() -> None:
    assert [event().slug for _event in range(3)] == ["prova-vr", "prova-vr-2", "prova-vr-3"]


def test_an_address_that_is_taken_is_refused() -> None:
    actions.create_event(by=None, at=NOW, facts=facts(), slug="vr")
    with pytest.raises(Refused) as refusal:
        actions.create_event(by=None, at=NOW, facts=facts(), slug="vr")
    assert (code_of(refusal), refusal.value.field) == ("slug-taken", "slug")


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"texts": {"name_en": "Only English"}}, "name-needed", "name_sv"),
        ({"place_name": " "}, "place-needed", "centre"),
        ({"audience": Audience.ORGANISATION}, "organisation-needed", "organisation"),
        ({"age_from": 19, "age_to": 13}, "ages-in-order", "age_to"),
        ({"seats_per_person": 0}, "seats-needed", "seats_per_person"),
    ],
)
def test_what_is_missing_is_said_at_its_field(wrong: dict[str, object], code: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.create_event(by=None, at=NOW, facts=facts(**wrong))
    assert (code_of(refusal), refusal.value.field) == (code, field)


def test_nobody_plans_for_another_centre() -> None:
    planner = staff(Role.COORDINATOR, centre().organisation)
    with pytest.raises(NotAllowed):
        actions.create_event(by=planner, at=NOW, facts=facts())
    with pytest.raises(NotAllowed):
        actions.publish_event(by=planner, at=NOW, event=event(published=False))


def test_nobody_moves_an_event_to_a_centre_that_is_not_theirs() -> None:
    made = event()
    assert made.centre is not None
    with pytest.raises(NotAllowed):
        actions.revise_event(by=coordinator(made), at=NOW, event=made, facts=facts(), revision=1)


def test_who_plans_for_the_whole_administration_plans_for_its_centres() -> None:
    administration = organisation()
    place = centre(parent=administration)
    actions.create_event(by=staff(Role.COORDINATOR, administration), at=NOW, facts=facts(centre=place))


@pytest.mark.parametrize("role", [Role.GUIDE, Role.EMPLOYEE, Role.AUDITOR, Role.PARTNER])
def test_other_roles_do_not_plan(role: Role) -> None:
    place = centre()
    with pytest.raises(NotAllowed):
        actions.create_event(by=staff(role, place.organisation), at=NOW, facts=facts(centre=place))


def test_a_revision_is_numbered_and_noted() -> None:
    made = event()
    planner = coordinator(made)
    changed = replace(EventFacts.of(made), contact="vr@example.org")
    revised = actions.revise_event(by=planner, at=NOW, event=made, facts=changed, revision=1)
    assert (revised.revision, revised.contact) == (2, "vr@example.org")
    assert JournalEntry.objects.about(made).newest_first()[0].verb == "events.event_revised"


def test_saving_without_a_change_is_no_revision() -> None:
    made = event()
    assert actions.revise_event(by=None, at=NOW, event=made, facts=EventFacts.of(made), revision=1).revision == 1


def test_the_later_of_two_editors_sees_both_texts_and_loses_nothing() -> None:
    made = event()
    present = EventFacts.of(made)
    theirs = replace(present, texts={**present.texts, "summary_sv": "Deras"})
    yours = replace(present, texts={**present.texts, "summary_sv": "Din"})
    actions.revise_event(by=None, at=NOW, event=made, facts=theirs, revision=1)
    with pytest.raises(actions.EventConflict) as conflict:
        actions.revise_event(by=None, at=NOW, event=made, facts=yours, revision=1)
    assert conflict.value.differences == [("summary_sv", "Deras", "Din")]
    assert conflict.value.yours is yours
    assert isinstance(conflict.value, RevisionConflict), "as for every noun that two may write at once"
    assert (conflict.value.code, conflict.value.theirs) == ("revision-conflict", EventFacts.of(Event.objects.get()))
    saved = actions.revise_event(by=None, at=NOW, event=made, facts=yours, revision=conflict.value.revision)
    assert EventFacts.of(saved).text("summary_sv") == "Din"


def test_times_ahead_follow_a_changed_rule_for_sign_up() -> None:
    made = event()
    held = occurrence(5, of=made)
    changed = replace(EventFacts.of(made), opens_days_before=1, closes_hours_before=4)
    actions.revise_event(by=None, at=NOW, event=made, facts=changed, revision=1)
    held.refresh_from_db()
    assert held.registration_opens_at == START - timedelta(days=1)
    assert held.registration_closes_at == START - 4 * HOUR


def test_an_event_with_people_signed_up_is_not_taken_back_unseen() -> None:
    held = occurrence(1)
    [entry] = fill(held)
    with pytest.raises(Refused) as refusal:
        actions.unpublish_event(by=None, at=NOW, event=held.event)
    assert code_of(refusal) == "has-registrations"
    leave(entry)
    assert not actions.unpublish_event(by=None, at=NOW, event=held.event).is_published


def test_a_time_takes_the_seats_that_the_event_says() -> None:
    made = event(default_capacity=12)
    added = actions.add_occurrence(by=None, at=NOW, event=made, starts_at=START, ends_at=START + HOUR)
    assert (added.capacity, added.seat_ceiling) == (12, 12)


@pytest.mark.parametrize(
    ("hours", "code"), [(0, "ends-before-start"), (-1, "ends-before-start"), (24 * 14, "too-long")]
)
def test_a_time_ends_after_it_starts_and_within_two_weeks(hours: int, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.add_occurrence(by=None, at=NOW, event=event(), starts_at=START, ends_at=START + hours * HOUR)
    assert code_of(refusal) == code


def test_an_event_has_one_time_with_the_same_start() -> None:
    held = occurrence(1)
    with pytest.raises(Refused) as refusal:
        actions.add_occurrence(by=None, at=NOW, event=held.event, starts_at=START, ends_at=START + HOUR)
    assert code_of(refusal) == "same-start"
    with pytest.raises(IntegrityError), transaction.atomic():
        Occurrence.objects.create(
            event=held.event,
            starts_at=START,
            ends_at=START + HOUR,
            registration_closes_at=START,
            changed_at=NOW,
        )


def _series(first: date, starts: time, ends: time, times: int, **more: Any) -> list[Occurrence]:
    return actions.add_series(
        by=None, at=NOW, event=event(), first_day=first, starts=starts, ends=ends, times=times, **more
    )


@pytest.mark.parametrize("first", [date(2026, 10, 13), date(2027, 3, 16)])
def test_a_series_keeps_the_clock_on_the_wall_across_both_daylight_saving_nights(first: date) -> None:
    series = _series(first, time(13, 0), time(15, 0), 4)
    local = [clock.local(held.starts_at) for held in series]
    assert {start.time() for start in local} == {time(13, 0)}
    assert [start.date() for start in local] == [first + timedelta(weeks=week) for week in range(4)]
    assert len({held.starts_at.time() for held in series}) == 2, "in UTC the time shifts by the hour"
    assert {held.ends_at - held.starts_at for held in series} == {2 * HOUR}


def test_what_spans_the_autumn_night_lasts_the_extra_hour() -> None:
    [night] = _series(date(2026, 10, 24), time(22, 0), time(6, 0), 1)
    assert night.ends_at - night.starts_at == 9 * HOUR


def test_what_spans_the_spring_night_lasts_an_hour_less() -> None:
    [night] = _series(date(2027, 3, 27), time(22, 0), time(6, 0), 1)
    assert night.ends_at - night.starts_at == 7 * HOUR


def test_a_start_that_the_spring_night_skips_is_after_the_gap() -> None:
    [night] = _series(date(2027, 3, 28), time(2, 30), time(4, 0), 1)
    assert clock.local(night.starts_at).time() == time(3, 30)


def test_sign_up_opens_by_the_clock_on_the_wall_too() -> None:
    made = event(opens_days_before=7)
    [held] = actions.add_series(
        by=None, at=NOW, event=made, first_day=date(2027, 3, 30), starts=time(13), ends=time(15), times=1
    )
    assert held.registration_opens_at is not None
    assert clock.local(held.registration_opens_at) == datetime(2027, 3, 23, 13, tzinfo=clock.zone())


def test_a_series_leaves_days_out_and_may_skip_weeks() -> None:
    holiday = date(2026, 12, 24)
    series = _series(date(2026, 12, 10), time(13), time(15), 3, every_weeks=2, skip={holiday})
    assert [clock.local_day(held.starts_at) for held in series] == [date(2026, 12, 10), date(2027, 1, 7)]


def test_a_series_has_an_end() -> None:
    with pytest.raises(Refused) as refusal:
        _series(date(2026, 12, 10), time(13), time(15), 1000)
    assert code_of(refusal) == "too-many-times"


def test_calling_off_asks_for_a_reason() -> None:
    held = occurrence(1)
    with pytest.raises(Refused) as refusal:
        actions.cancel_occurrence(by=coordinator(held.event), at=NOW, occurrence=held, reason="  ")
    assert (code_of(refusal), refusal.value.field) == ("reason-needed", "reason")
    with pytest.raises(IntegrityError), transaction.atomic():
        OccurrenceCancellation.objects.create(occurrence=held, reason="", at=NOW)


def test_calling_off_is_done_once_and_by_who_plans_there() -> None:
    held = occurrence(1)
    with pytest.raises(NotAllowed):
        actions.cancel_occurrence(by=guide(held), at=NOW, occurrence=held, reason="Sjuk.")
    planner = coordinator(held.event)
    cancellation = actions.cancel_occurrence(by=planner, at=NOW, occurrence=held, reason="Sjuk.")
    assert (cancellation.by, cancellation.at, cancellation.reason) == (planner, NOW, "Sjuk.")
    with pytest.raises(Refused) as refusal:
        actions.cancel_occurrence(by=planner, at=NOW, occurrence=held, reason="Sjuk.")
    assert code_of(refusal) == "already-cancelled"


def test_calling_off_withdraws_offers_and_keeps_the_list_of_who_had_signed_up() -> None:
    held = occurrence(2)
    one, two = fill(held)
    first = wait(held)
    leave(one)
    actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Sjuk.")
    assert [entry.state for entry in held.registrations.order_by("line")] == ["cancelled", "confirmed", "waiting"]
    assert not first.offers.open().exists()
    leave(two)
    assert held.registrations.filter(state="offered").count() == 0


def test_moving_keeps_seats_and_line_and_the_old_address() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    moved = actions.move_occurrence(
        by=coordinator(held.event), at=NOW, occurrence=held, starts_at=START + 24 * HOUR,
        ends_at=START + 26 * HOUR, revision=1,
    )  # fmt: skip
    assert (moved.key, moved.revision, moved.sequence) == ("2026-11-27-1400", 2, 1)
    assert list(moved.registrations.active().order_by("line")) == [seated, first]
    assert not Occurrence.objects.at_address(held.event.slug, "2026-11-26-1400").exists()
    assert Occurrence.objects.moved_from(held.event.slug, "2026-11-26-1400").get() == moved
    assert moved.registration_closes_at == moved.starts_at


def test_moving_what_somebody_else_has_just_changed_is_refused() -> None:
    held = occurrence(1)
    later = {"starts_at": START + 24 * HOUR, "ends_at": START + 26 * HOUR}
    actions.move_occurrence(by=None, at=NOW, occurrence=held, revision=1, **later)
    with pytest.raises(Refused) as refusal:
        actions.move_occurrence(by=None, at=NOW, occurrence=held, revision=1, **later)
    assert code_of(refusal) == "revision-conflict"


def test_a_move_out_of_the_last_hour_lets_the_line_in() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    at = START - HOUR / 2
    leave(seated, at=at)
    actions.move_occurrence(
        by=None, at=at, occurrence=held, starts_at=START + 24 * HOUR, ends_at=START + 26 * HOUR, revision=1
    )
    first.refresh_from_db()
    assert first.state == "offered"


def test_a_nearer_start_shortens_open_offers() -> None:
    held = occurrence(1, start=START + timedelta(days=30))
    [seated] = fill(held)
    first = wait(held)
    leave(seated)
    actions.move_occurrence(
        by=None, at=NOW, occurrence=held, starts_at=NOW + 8 * HOUR, ends_at=NOW + 9 * HOUR, revision=1
    )
    assert first.offers.get().expires_at == NOW + 2 * HOUR


def test_an_address_that_is_no_time_leads_nowhere() -> None:
    held = occurrence(1)
    assert Occurrence.objects.at_address(held.event.slug, held.key).get() == held
    for nonsense in ("", "2026-13-01-0000", "i-dag", "2026-11-26"):
        assert not Occurrence.objects.at_address(held.event.slug, nonsense).exists()
        assert not Occurrence.objects.moved_from(held.event.slug, nonsense).exists()


def test_a_time_may_be_held_elsewhere() -> None:
    made = event()
    branch = centre()
    there = actions.add_occurrence(by=None, at=NOW, event=made, starts_at=START, ends_at=START + HOUR, centre=branch)
    outside = actions.add_occurrence(
        by=None, at=NOW, event=made, starts_at=START + HOUR, ends_at=START + 2 * HOUR, place_name="Torget",
        address="Stortorget 1",
    )  # fmt: skip
    assert (there.place, outside.place, outside.where, outside.street) == (branch, None, "Torget", "Stortorget 1")
    assert there in Occurrence.objects.served_by(staff(Role.GUIDE, branch.organisation), at=NOW)


def test_a_time_is_seen_by_whom_the_event_is_for_and_only_while_it_is_published() -> None:
    made = event(published=False)
    held = occurrence(1, of=made)
    employee = staff(Role.EMPLOYEE, organisation())

    def seen_by(*people: Person | None) -> list[bool]:
        return [Occurrence.objects.visible_to(person, at=NOW).filter(pk=held.pk).exists() for person in people]

    everyone = (None, resident(), employee, coordinator(made))
    assert seen_by(*everyone) == [False, False, False, True]
    made = actions.publish_event(by=None, at=NOW, event=made)
    assert seen_by(*everyone) == [True, True, True, True]
    inside = replace(EventFacts.of(made), audience=Audience.CITY)
    made = actions.revise_event(by=None, at=NOW, event=made, facts=inside, revision=made.revision)
    assert seen_by(*everyone) == [False, False, True, True]
    actions.unpublish_event(by=None, at=NOW, event=made)
    assert seen_by(*everyone) == [False, False, False, True]


def test_a_time_for_the_staff_of_one_part_is_seen_by_them_alone() -> None:
    unit = organisation()
    held = occurrence(1, of=event(audience=Audience.ORGANISATION, organisation=unit))
    inside, outside = staff(Role.EMPLOYEE, organisation(parent=unit)), staff(Role.EMPLOYEE, organisation())
    assert held in Occurrence.objects.visible_to(inside, at=NOW)
    assert held not in Occurrence.objects.visible_to(outside, at=NOW)
    assert held.event in Event.objects.visible_to(inside, at=NOW)
    assert held.event not in Event.objects.visible_to(outside, at=NOW)


def test_an_address_of_another_page_is_not_an_events() -> None:
    with pytest.raises(Refused) as refused:
        actions.create_event(by=None, at=NOW, facts=facts(), slug="manad")
    assert refused.value.code == "slug-taken"
    named = actions.create_event(by=None, at=NOW, facts=facts(texts={"name_sv": "Månad"}))
    assert named.slug == "manad-2"
