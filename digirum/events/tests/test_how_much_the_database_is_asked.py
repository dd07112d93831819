"""How much the database is asked: by each step of a sign-up, and by each list however many rows there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from digirum.base.audience import Audience
from digirum.events import actions
from digirum.events.models import Event, Kind, Occurrence, Offer, Registration, State
from digirum.events.queries import my_registrations
from digirum.events.tests.scene import HOUR, NOW, START, fill, guide, leave, occurrence, resident, wait
from digirum.people.models import Person

pytestmark = pytest.mark.django_db


def _statements(queries: CaptureQueriesContext) -> list[str]:
    """The verbs, and what they are about, without what opens and closes transactions."""
    verbs = [query["sql"].split()[0] for query in queries]
    return [verb for verb in verbs if verb in {"SELECT", "INSERT", "UPDATE", "DELETE"}]


def test_signing_up_reads_once_and_writes_three_rows() -> None:
    held, person = occurrence(20), resident()
    with CaptureQueriesContext(connection) as queries:
        actions.register(by=person, at=NOW, occurrence=held)
    assert _statements(queries) == ["SELECT", "UPDATE", "INSERT", "INSERT"]


def test_standing_in_line_costs_as_little() -> None:
    held, person = occurrence(1), resident()
    fill(held)
    with CaptureQueriesContext(connection) as queries:
        actions.join_waiting_list(by=person, at=NOW, occurrence=held)
    assert _statements(queries) == ["SELECT", "UPDATE", "UPDATE", "INSERT", "INSERT"], (
        "one try for a seat, then the line"
    )


def test_a_cancellation_costs_the_same_however_long_the_line_is() -> None:
    held = occurrence(2)
    one, two = fill(held)
    costs = []
    for entry, more in ((one, 3), (two, 30)):
        for _party in range(more):
            wait(held)
        with CaptureQueriesContext(connection) as queries:
            leave(entry)
        costs.append(len(_statements(queries)))
    assert costs[0] == costs[1] <= 16


def test_my_page_asks_the_same_for_one_and_for_many() -> None:
    person, costs = resident(), []
    for number in range(4):
        held = occurrence(5, start=START + timedelta(days=number))
        actions.register(by=person, at=NOW, occurrence=held)
        with CaptureQueriesContext(connection) as queries:
            rows = [(str(entry), str(entry.occurrence.event), entry.occurrence.is_cancelled, entry.occurrence.place)
                    for entry in my_registrations(person, NOW)]  # fmt: skip
        assert len(rows) == number + 1
        costs.append(len(queries))
    assert costs == [2] * 4


@pytest.fixture
def many() -> Iterator[Person]:
    """A programme of many times, and somebody who signed up for a few."""
    held = occurrence(20)
    event = held.event
    events = Event.objects.bulk_create(
        Event(slug=f"e{number}", name_sv="E", kind=Kind.TALK, made_at=NOW, changed_at=NOW, published_at=NOW)
        for number in range(300)
    )
    Occurrence.objects.bulk_create(
        Occurrence(
            event=events[number % 300] if number else event,
            starts_at=NOW + number * HOUR,
            ends_at=NOW + (number + 1) * HOUR,
            registration_closes_at=NOW + number * HOUR,
            shown_to=Audience.PUBLIC,
            changed_at=NOW,
        )
        for number in range(-1500, 1500)
    )
    people = Person.objects.bulk_create(Person(pseudonym=f"P{number}", joined_at=NOW) for number in range(300))
    times = list(Occurrence.objects.order_by("pk")[:30])
    rows = Registration.objects.bulk_create(
        Registration(occurrence=time, person=person, line=number, state=State.CONFIRMED, made_at=NOW, changed_at=NOW)
        for time in times
        for number, person in enumerate(people)
    )
    Offer.objects.bulk_create(
        Offer(registration=row, seats=1, made_at=NOW, expires_at=NOW + HOUR, answered_at=NOW, answer="accepted")
        for row in rows[:1000]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield people[7]
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA optimize")


def _plan(rows: QuerySet[Registration] | QuerySet[Occurrence] | QuerySet[Offer] | QuerySet[Event]) -> str:
    return rows.explain()


def _sorts(plan: str) -> bool:
    """Whether all rows have to be sorted before the first can be shown. (Within one start is no matter.)"""
    return any(mark in plan for mark in ("USE TEMP B-TREE FOR ORDER BY", "->  Sort"))


def test_the_programme_is_read_from_the_index_on_time(many: Person) -> None:
    plan = _plan(Occurrence.objects.public().upcoming(NOW).with_event()[:21])
    assert "occurrence_by_time" in plan
    assert not _sorts(plan)


def test_the_next_page_goes_on_in_the_same_index(many: Person) -> None:
    last = Occurrence.objects.upcoming(NOW)[100]
    plan = _plan(Occurrence.objects.public().upcoming(NOW).after(last.starts_at, last.pk)[:21])
    assert "occurrence_by_time" in plan
    assert not _sorts(plan)


def test_whoever_has_signed_in_reads_the_same_index(many: Person) -> None:
    plan = _plan(Occurrence.objects.visible_to(many, at=NOW).upcoming(NOW).with_event()[:21])
    assert "occurrence_by_time" in plan
    assert not _sorts(plan)


def test_one_address_is_found_by_an_index(many: Person) -> None:
    held = Occurrence.objects.select_related("event").latest("starts_at")
    plan = _plan(Occurrence.objects.at_address(held.event.slug, held.key))
    assert "Seq Scan" not in plan
    assert "SCAN" not in plan


def test_the_first_in_line_is_found_by_the_lines_index(many: Person) -> None:
    held = Occurrence.objects.earliest("pk")
    plan = _plan(Registration.objects.filter(occurrence=held).in_line().fitting(1)[:1])
    assert "registration_in_line" in plan or "registration_line_once" in plan
    assert not _sorts(plan)


def test_what_a_person_signed_up_for_is_found_by_the_persons_index(many: Person) -> None:
    assert "registration_of_person" in _plan(Registration.objects.of(many).order_by("-made_at")[:20])


def test_offers_that_have_run_out_are_found_by_their_index(many: Person) -> None:
    assert "offer_open_by_expiry" in _plan(Offer.objects.run_out(NOW).order_by("expires_at"))


def test_what_a_guide_serves_is_asked_in_two_queries(many: Person) -> None:
    held = occurrence(3)
    helper = guide(held)
    with CaptureQueriesContext(connection) as queries:
        assert list(Occurrence.objects.served_by(helper, at=NOW)) == [held]
    assert len(queries) == 2
