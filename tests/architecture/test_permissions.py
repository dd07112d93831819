"""Who may reach what: every address, with every role, with one's own and others' objects, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from digirum.base import clock
from digirum.events import actions
from digirum.events.models import Occurrence, Registration
from digirum.front import demo
from digirum.notices.models import Notice
from digirum.people.models import Person, Role, Session
from digirum.people.strength import Method
from digirum.people.tests.residents import sign_in_client
from digirum.place.models import Centre, ClosedDay, HoursPeriod
from tests.architecture.permissions import INTERNAL, OURS, ROLES, TABLE, THEIRS, Outcome, Row

UNNAMED = {"security.txt"}
BACK_OFFICE = "redaktion/"


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, str]]:
    """Every address that is not the back office's: its name and its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or ''}", str(pattern.pattern)
        elif str(pattern.pattern) != BACK_OFFICE:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)


@dataclass
class World:
    """The demo room, a browser for each role, and the objects that the table is tried with."""

    clients: dict[str, Client]
    times: dict[str, Occurrence]
    centres: dict[str, Centre]
    sign_ups: dict[str, Registration]
    others_session: Session
    resident: Person
    notice: Notice

    def arguments(self, row: Row) -> dict[str, object]:
        """What the address of a row is filled with."""
        name, kind = row.name, row.kind
        alone: dict[str, dict[str, object]] = {
            "sitemap_part": {"number": 1},
            "picture": {"name": "none.webp"},
            "api:competence": {"number": "1.1"},
            "api:help_topic": {"slug": "1177"},
            "place:help_topic": {"slug": "1177"},
            "people:end_sign_in": {"session_id": self.others_session.pk},
            "people:desk_key_person": {"person_id": self.resident.pk},
            "people:remove_passkey": {"number": 1},
            "notices:notice_detail": {"identifier": self.notice.pk},
            "notices:read": {"identifier": self.notice.pk},
            "events:month": {"month": "2026-12"},
        }
        if not kind or name in alone:
            return alone.get(name, {})
        if name == "api:occurrence":
            return {"pk": self.times[kind].pk}
        if name == "events:desk_act":
            return {"identifier": self.sign_ups[kind].pk, "act": "avboka"}
        if name.startswith(("place:", "api:centre")):
            return self._of_centre(name, self.centres[kind])
        occurrence = self.times[kind]
        slug: dict[str, object] = {"slug": occurrence.event.slug}
        of_event = {"event", "event_occurrences", "event_print", "run_event", "edit_event", "publish_event"}
        short = name.partition(":")[2]
        return slug if short in of_event | {"unpublish_event", "add_times"} else slug | {"key": occurrence.key}

    @staticmethod
    def _of_centre(name: str, centre: Centre) -> dict[str, object]:
        given: dict[str, object] = {"slug": centre.slug}
        if name.endswith(("edit_period", "remove_period")):
            given["pk"] = HoursPeriod.objects.filter(centre=centre).values_list("pk", flat=True)[0]
        elif name.endswith("reopen_day"):
            given["pk"] = ClosedDay.objects.filter(centre=centre).values_list("pk", flat=True)[0]
        elif name.endswith("edit_stance"):
            given["topic"] = "1177"
        return given


@pytest.fixture
def world(db: None) -> World:
    """Made by the room's own acts."""
    at = clock.now()
    demo.load(at)

    def person(pseudonym: str) -> Person:
        return Person.objects.get(pseudonym=pseudonym)

    def coming(slug: str) -> Occurrence:
        free = Occurrence.objects.with_event().filter(event__slug=slug, starts_at__gt=at).order_by("starts_at")
        return next(one for one in free if one.takes_registrations(at) and one.seats_free)

    resident = person("Granntant 42")
    people = {"resident": resident, "neighbour": person("Granntant 43")}
    people |= {str(role): person(name) for role, name in demo.STAFF.items()}
    clients = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, who in people.items():
        sign_in_client(clients[role], who, at=at)
    times = {
        OURS: coming("prova-vr-och-3d"),
        THEIRS: coming("studiecirkel-fota-och-spara"),
        INTERNAL: coming("utbildning-for-kollegor"),
    }
    sign_ups = {kind: actions.register(by=resident, at=at, occurrence=times[kind]) for kind in (OURS, THEIRS)}
    notice = Notice.objects.filter(person=people["coordinator"])[0]
    centres = {OURS: Centre.objects.get(slug="stadsbiblioteket"), THEIRS: Centre.objects.get(slug="dalhem")}
    return World(clients, times, centres, sign_ups, sign_in_client(Client(), resident, at=at), resident, notice)


def outcome_of(response: HttpResponse) -> Outcome:
    """What somebody met."""
    if response.status_code == 404:
        return "none"
    if response.status_code == 401 or response.headers.get("Location", "").partition("?")[0] == "/logga-in":
        return "sign-in"
    assert response.status_code < 500 or response.status_code == 503
    return "open"


def tried(client: Client, row: Row, address: str) -> Outcome:
    """One cell: asked, noted, and undone."""
    cookie = client.cookies["nyckel"].value if "nyckel" in client.cookies else ""
    for cache in caches.all():
        cache.clear()
    with transaction.atomic():
        found = outcome_of(getattr(client, row.method)(address))
        transaction.set_rollback(True)
    client.cookies.clear()
    if cookie:
        client.cookies["nyckel"] = cookie
    return found


def test_every_address_is_in_the_table() -> None:
    there = {(name, pattern) for name, pattern in addresses(get_resolver().url_patterns)}
    assert {pattern for name, pattern in there if not name} == UNNAMED
    assert {name for name, _pattern in there if name} == {row.name for row in TABLE}


def test_no_cell_stands_twice() -> None:
    cells = [(row.name, row.kind, row.method) for row in TABLE]
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize("half", [0, 1])
def test_everyone_reaches_what_the_table_says_and_nothing_else(
    world: World, half: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whether one gets in is decided before the page is drawn; three thousand pages need not be.
    monkeypatch.setattr(Template, "render", lambda *_given, **_named: "")
    wrong = []
    for row in TABLE[half::2]:
        with translation.override("sv"):
            address = reverse(row.name, kwargs=world.arguments(row))
        for role in ROLES:
            found, said = tried(world.clients[role], row, address), row.who.outcome(role)
            if found != said:
                wrong.append(f"{row.method} {address} ({row.name} {row.kind}) as {role}: {found}, not {said}")
    assert wrong == []


def test_a_role_sleeps_as_long_as_its_holder_has_signed_in_weakly(world: World) -> None:
    client = Client()
    sign_in_client(client, Person.objects.get(pseudonym=demo.STAFF[Role.GUIDE]), method=Method.WORDS)
    for name in ("front:desk", "events:desk_programme", "people:desk_key", "notices:desk"):
        with translation.override("sv"):
            assert client.get(reverse(name)).headers["Location"].startswith("/logga-in/starkare"), name


def test_the_back_office_is_for_those_whose_role_opens_it(world: World) -> None:
    opens = {role for role in ROLES if world.clients[role].get("/redaktion/").status_code == 200}
    assert opens == {"coordinator", "editor", "auditor", "administrator"}
    assert world.clients["visitor"].get("/redaktion/", follow=True).request["PATH_INFO"] == "/logga-in"
