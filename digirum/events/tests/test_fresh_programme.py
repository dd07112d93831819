"""What visitors read is never older than the last act, though the pages are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digirum.events import actions
from digirum.events.facts import EventFacts
from digirum.events.models import Occurrence
from digirum.events.tests.scene import HOUR, NOW, START, anew, event, leave, occurrence, resident
from digirum.events.tests.visitors import html, path_of, words
from digirum.people.actions.organisations import rename_organisation

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands on Monday morning until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _pages(held: Occurrence) -> list[str]:
    event_path = f"/program/{held.event.slug}"
    return ["/program", event_path, path_of(held), f"{event_path}/tillfallen", "/", f"/center/{_centre(held)}"]


def _centre(held: Occurrence) -> str:
    assert held.event.centre is not None
    return held.event.centre.slug


@pytest.mark.parametrize("number", range(6))
def test_the_sign_up_that_takes_the_last_seat_shows_at_once_on_every_page(client: Client, number: int) -> None:
    held = occurrence(1)
    path = _pages(held)[number]
    assert "Få platser kvar" in html(client, path)
    mine = actions.register(by=resident(), at=NOW, occurrence=held)
    assert "Fullt, reservlista" in html(client, path)
    leave(mine)
    assert "Få platser kvar" in html(client, path)


def _publish(held: Occurrence) -> None:
    actions.unpublish_event(by=None, at=NOW, event=held.event)


def _move(held: Occurrence) -> None:
    start = START + DAY
    actions.move_occurrence(
        by=None, at=NOW, occurrence=held, starts_at=start, ends_at=start + HOUR, revision=anew(held).revision
    )


def _cancel(held: Occurrence) -> None:
    actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Halka.")


def _revise(held: Occurrence) -> None:
    known = EventFacts.of(held.event)
    texts = {**known.texts, "name_sv": "Nytt namn"}
    values = {name: getattr(known, name) for name in known.__dataclass_fields__}
    actions.revise_event(
        by=None, at=NOW, event=held.event, facts=EventFacts(**{**values, "texts": texts}), revision=held.event.revision
    )


def _more_seats(held: Occurrence) -> None:
    actions.change_capacity(by=None, at=NOW, occurrence=held, capacity=20)


def _add(held: Occurrence) -> None:
    actions.add_occurrence(
        by=None, at=NOW, event=held.event, starts_at=START - DAY, ends_at=START - DAY + HOUR, capacity=1
    )


@pytest.mark.parametrize("act", [_publish, _move, _cancel, _revise, _more_seats, _add])
def test_each_act_that_changes_what_is_seen_shows_at_once(client: Client, act: Callable[[Occurrence], None]) -> None:
    held = occurrence(1)
    before = [html(client, path) for path in ("/program", "/program/manad/2026-11", "/")]
    act(held)
    after = [html(client, path) for path in ("/program", "/program/manad/2026-11", "/")]
    assert before[0] != after[0]
    assert before[2] != after[2]
    assert act is _more_seats or before[1] != after[1], "a month names no seats"


def test_a_page_that_nothing_changed_costs_one_read(client: Client) -> None:
    held = occurrence(1)
    for path in _pages(held):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= 1, (path, len(queries))


def test_a_sign_up_that_leaves_seats_enough_throws_no_page_away(client: Client) -> None:
    held = occurrence(20)
    client.get("/program")
    actions.register(by=resident(), at=NOW, occurrence=held)
    with CaptureQueriesContext(connection) as queries:
        client.get("/program")
    assert len(queries) <= 1


def test_the_clock_alone_changes_the_page_when_it_should(client: Client, clock: time_machine.Traveller) -> None:
    held = occurrence(9, of=event(closes_hours_before=1), hours=1)
    for moment, said in (
        (NOW, "Platser kvar"),
        (START - HOUR - timedelta(seconds=1), "Platser kvar"),
        (START - HOUR, "Anmälan har stängt"),
        (START, "Pågår nu"),
    ):
        clock.move_to(moment)
        assert said in words(client, "/program"), said
        assert said in words(client, path_of(held)), said
    clock.move_to(START + HOUR)
    assert "Prova VR" not in words(client, "/program")


def test_the_day_alone_changes_what_it_is_called(client: Client, clock: time_machine.Traveller) -> None:
    occurrence()
    for days, said in ((0, "Torsdag 26 november"), (2, "I morgon"), (3, "I dag")):
        clock.move_to(NOW + days * DAY)
        assert said in words(client, "/program")


def test_parameters_that_nobody_knows_share_one_page(client: Client) -> None:
    occurrence()
    client.get("/program")
    with CaptureQueriesContext(connection) as queries:
        client.get("/program?utm_source=brev&fbclid=1")
    assert len(queries) <= 1


def test_an_organiser_s_new_name_shows_at_once(client: Client) -> None:
    held = occurrence()
    assert held.event.centre is not None
    unit = held.event.centre.organisation
    held.event.organisers.add(unit)
    assert "Enheten" in words(client, path_of(held))
    rename_organisation(by=None, at=NOW, organisation=unit, names={"name_sv": "Biblioteket"})
    assert "Biblioteket" in words(client, path_of(held))
