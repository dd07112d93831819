"""However the programme is narrowed, both databases find the times by an index: never by reading all that ever was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import travel

from digirum.base import search
from digirum.base.audience import Audience
from digirum.events.listing import cursor_of
from digirum.events.models import Event, EventLanguage, Kind, Occurrence, Registration, SpokenLanguage, State
from digirum.events.search import docs_of
from digirum.events.tests import scene
from digirum.events.tests.scene import HOUR, NOW
from digirum.people.models import Person, Role
from digirum.people.strength import Method
from digirum.people.tests.residents import sign_in_client
from digirum.place.models import Centre
from digirum.topics.models import Level

pytestmark = pytest.mark.django_db
EVENTS, TIMES, PEOPLE = 1_000, 5_000, 40
DAYS = range(-3 * 365, 365)
WORDS = ("mobilen", "e-legitimation", "bilder", "lösenord", "kartor")
INDEXED = re.compile(
    r"SEARCH events_occurrence USING (COVERING )?INDEX"  # SQLite
    r"|Index (Only )?Scan (Backward )?using \S+ on events_occurrence\b"  # PostgreSQL
    r"|Bitmap Heap Scan on events_occurrence\b"
)
WHOLE = re.compile(r"SCAN events_(occurrence|registration)\b|Seq Scan on events_(occurrence|registration)\b")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def centres() -> list[Centre]:
    return [scene.centre(f"center-{number}") for number in range(4)]


@pytest.fixture
def programme(centres: list[Centre]) -> Iterator[None]:
    """Four years of it, three of them past, written in bulk; sign-ups for some; the databases know their statistics."""
    dice = Random(1)
    events = Event.objects.bulk_create(_event(number, dice, centres) for number in range(EVENTS))
    spoken = [(event, {"sv", dice.choice(SpokenLanguage.values)}) for event in events]
    EventLanguage.objects.bulk_create(
        EventLanguage(event=event, language=language) for event, languages in spoken for language in languages
    )
    times = Occurrence.objects.bulk_create(_time(number, events[number % EVENTS], dice) for number in range(TIMES))
    people = Person.objects.bulk_create(Person(pseudonym=f"P{number}", joined_at=NOW) for number in range(PEOPLE))
    Registration.objects.bulk_create(
        Registration(occurrence=time, person=person, line=line, state=State.CONFIRMED, made_at=NOW, changed_at=NOW)
        for time in times[:100]
        for line, person in enumerate(people, 1)
    )
    search.index_many((event, list(docs_of(event))) for event in Event.objects.select_related("centre"))
    connection.cursor().execute("ANALYZE")
    if connection.vendor == "postgresql":
        # A table of this size is read as a whole nearly as quickly, and how much room it takes depends on the tests before:
        # whether an index serves is asked, not what is cheapest for so few.
        connection.cursor().execute("SET LOCAL enable_seqscan = off")
    yield
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA optimize")


def _event(number: int, dice: Random, centres: list[Centre]) -> Event:
    return Event(
        slug=f"e{number}",
        name_sv=f"Lär dig {dice.choice(WORDS)} {number}",
        kind=dice.choice(Kind.values),
        level=dice.choice(Level.values),
        centre=dice.choice(centres),
        made_at=NOW,
        changed_at=NOW,
        published_at=NOW,
    )


def _time(number: int, event: Event, dice: Random) -> Occurrence:
    starts = NOW + timedelta(days=dice.choice(DAYS)) + number % EVENTS * timedelta(seconds=1) + number // EVENTS * HOUR
    return Occurrence(
        event=event,
        starts_at=starts,
        ends_at=starts + HOUR,
        registration_closes_at=starts,
        shown_to=Audience.PUBLIC,
        changed_at=NOW,
    )


def plans(client: Client, address: str, asked: dict[str, str]) -> list[str]:
    """How the database finds the times for one page: the plan of each question that is about them."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, asked).status_code == 200
    wanted = [query["sql"] for query in queries if re.search(r'FROM\s+"events_occurrence"', query["sql"])]
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        return ["\n".join(str(row[-1]) for row in cursor.execute(f"{explain} {sql}") or cursor) for sql in wanted]


def wrong_with(plan: str) -> str:
    """What is wrong with a plan, in a word; empty where it is as it should be."""
    if WHOLE.search(plan):
        return "all is read"
    return "" if INDEXED.search(plan) else "no index"


def filters(centre: Centre) -> dict[str, tuple[str, dict[str, str]]]:
    """Every way to narrow the programme, one by one and together."""
    later = Occurrence.objects.upcoming(NOW)[700]
    each = {
        "nothing": {},
        "day": {"dag": "2026-12-01"},
        "kind": {"typ": Kind.WORKSHOP.value},
        "level": {"niva": Level.values[0]},
        "language": {"sprak": "ar"},
        "language of nearly all": {"sprak": "sv"},
        "centre": {"center": centre.slug},
        "search": {"q": "mobilen"},
        "search for one": {"q": "mobilen 77"},
        "a page further on": {"efter": cursor_of(later)},
        "all together": {"typ": Kind.WORKSHOP.value, "niva": Level.values[0], "sprak": "sv", "center": centre.slug},
        "all on one day": {"dag": "2026-12-01", "typ": Kind.WORKSHOP.value, "center": centre.slug, "q": "mobilen"},
    }
    programme = reverse("events:programme")
    return {name: (programme, asked) for name, asked in each.items()} | {
        "month": (reverse("events:month", args=["2026-12"]), {})
    }


@pytest.mark.usefixtures("programme")
def test_every_filter_finds_the_times_by_an_index(centres: list[Centre]) -> None:
    asking = {"a visitor": Client()}
    signed_in = {
        "a resident": scene.resident(),
        "a coordinator": scene.staff(Role.COORDINATOR, centres[1].organisation),
    }
    for who, person in signed_in.items():
        asking[who] = Client()
        sign_in_client(asking[who], person, method=Method.PASSKEY, at=NOW)
    wrong = []
    for who, client in asking.items():
        for name, (address, asked) in filters(centres[0]).items():
            found = plans(client, address, asked)
            assert found, f"nothing was asked for: {name}"
            wrong += [f"{name}, {who}: {word}\n{plan}" for plan in found if (word := wrong_with(plan))]
    assert not wrong, "\n\n".join(wrong)


def test_a_question_without_an_index_would_be_noticed() -> None:
    assert wrong_with(Occurrence.objects.filter(seats_taken=7).explain()) == "all is read"
    assert wrong_with(Registration.objects.filter(seats=7).explain()) == "all is read"
    assert wrong_with(Event.objects.all().explain()) == "no index"
