"""The programme in the open API: what everyone sees, and not a head counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digirum.base.audience import Audience
from digirum.events import actions
from digirum.events.models import Kind
from digirum.events.tests.scene import HOUR, NOW, START, centre, event, fill, occurrence, resident
from digirum.topics.models import Level, Theme

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
API = "/api/v1"


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Nobody's clock goes while an answer is made."""
    with time_machine.travel(NOW, tick=False):
        yield


def read(client: Client, path: str) -> Any:
    response = client.get(API + path)
    assert response.status_code == 200, response.content
    return response.json()


def slugs(client: Client, query: str = "") -> list[str]:
    return [item["slug"] for item in read(client, f"/events?{query}")["items"]]


def test_one_event_is_told_whole(client: Client) -> None:
    made = event(texts={"name_sv": "Prova VR", "name_en": "Try VR"}, languages=("sv",), access_facts=("lift",))
    found = read(client, "/events/prova-vr?language=en")
    assert found["id"] == str(made.pk)
    assert found["name"] == {"text": "Try VR", "language": "en"}
    assert found["languages"] == ["sv"]
    assert found["accessibility"] == ["lift"]
    assert found["url"].endswith("/en/program/prova-vr")


def test_what_is_not_public_is_not_there(client: Client) -> None:
    hidden = [event(texts={"name_sv": "Staden"}, audience=Audience.CITY), event(published=False)]
    for made in hidden:
        held = occurrence(of=made)
        assert client.get(f"{API}/events/{made.slug}").status_code == 404
        assert client.get(f"{API}/occurrences/{held.pk}").status_code == 404
    assert slugs(client) == []
    assert read(client, "/occurrences")["items"] == []


def test_events_are_narrowed(client: Client) -> None:
    theme, _made = Theme.objects.get_or_create(slug="arbete", defaults={"name": "Arbete"})
    here = centre("bibblan")
    event(texts={"name_sv": "Ett"}, kind=Kind.COURSE, level=Level.BASIC, centre=here, languages=("ar",))
    event(texts={"name_sv": "Två"}, themes=(theme,))
    assert slugs(client, "kind=course&level=basic&centre=bibblan&spoken=ar") == ["ett"]
    assert slugs(client, "theme=arbete") == ["tva"]
    assert slugs(client, "centre=finns-inte") == []


def test_both_lists_are_paged_by_keys_that_never_go_stale(client: Client) -> None:
    for number in range(5):
        occurrence(of=event(texts={"name_sv": f"Nr {number}"}), start=START + (number // 2) * DAY)
    for name in ("events", "occurrences"):
        seen: list[str] = []
        following: str | None = f"{API}/{name}?limit=2"
        while following:
            page = client.get(following).json()
            seen += [item["id"] for item in page["items"]]
            following = page["next"]
        assert len(seen) == 5 == len(set(seen))


def test_an_occurrence_says_how_it_stands_but_never_how_many_seats(client: Client) -> None:
    held = occurrence(1)
    fill(held)
    found = read(client, f"/occurrences/{held.pk}")
    assert found["availability"] == "full"
    assert found["calendar_url"].endswith("/kalender.ics")
    assert not {"capacity", "seats_taken", "waiting", "seats_free", "last_line"} & set(found)


def test_a_move_and_a_cancellation_are_told_and_the_id_stays(client: Client) -> None:
    held = occurrence()
    moved = actions.move_occurrence(
        by=None, at=NOW, occurrence=held, starts_at=START + DAY, ends_at=START + DAY + HOUR, revision=held.revision
    )
    actions.cancel_occurrence(by=None, at=NOW, occurrence=moved, reason="Halka.")
    found = read(client, f"/occurrences/{held.pk}")
    assert found["moved_from"].startswith("2026-11-26T13:00")
    assert found["cancelled"] is True
    assert found["cancellation_reason"] == "Halka."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("first_day=2026-11-01", 3),
        ("last_day=2026-11-26", 1),
        ("first_day=0001-01-01&last_day=9999-12-31", 3),
        ("event=idag", 1),
        ("centre=finns-inte", 0),
    ],
)
def test_occurrences_are_those_of_the_days_asked_for(client: Client, query: str, found: int) -> None:
    for name, start in (("Förr", NOW - 9 * DAY), ("Idag", START), ("Senare", START + DAY)):
        occurrence(of=event(texts={"name_sv": name}), start=start)
    assert len(read(client, f"/occurrences?{query}")["items"]) == found


@pytest.mark.parametrize(
    "path", ["/events?limit=0", "/events?kind=x", "/occurrences?after=x", "/occurrences?first_day=x"]
)
def test_a_question_that_cannot_be_understood_is_told_what_is_wrong(client: Client, path: str) -> None:
    response = client.get(API + path)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/events/finns-inte", "/occurrences/01939e5e-0000-7000-8000-000000000000"])
def test_what_is_not_there_is_a_404(client: Client, path: str) -> None:
    assert client.get(API + path).status_code == 404


def test_an_answer_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    held = occurrence(1)
    first = client.get(f"{API}/occurrences")
    again = client.get(f"{API}/occurrences", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    actions.register(by=resident(), at=NOW, occurrence=held)
    assert client.get(f"{API}/occurrences", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", ["/events", "/occurrences"])
def test_it_asks_the_database_the_same_for_few_and_for_many(client: Client, path: str) -> None:
    costs = []
    for number in range(1, 9):
        occurrence(of=event(texts={"name_sv": f"Nr {number}"}, languages=("sv",), access_facts=("lift",)))
        if number in {1, 3, 8}:
            with CaptureQueriesContext(connection) as queries:
                client.get(API + path)
            costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2] <= 10, costs
