"""The world in which the permission tables are tried: the demo room, a browser for each role, objects to ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from digirum.base import clock
from digirum.events import actions
from digirum.events.models import Occurrence, Registration
from digirum.front import demo
from digirum.notices.models import Notice
from digirum.people.models import Person, Session
from digirum.people.tests.residents import person_called, sign_in_client
from digirum.place.models import Centre, ClosedDay, HoursPeriod
from tests.architecture.permissions import INTERNAL, OURS, ROLES, THEIRS, Outcome, Row


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


def make_world() -> World:
    """Made by the room's own acts."""
    at = clock.now()
    demo.load(at)

    def person(pseudonym: str) -> Person:
        return Person.objects.get(pseudonym=pseudonym)

    def coming(slug: str) -> Occurrence:
        free = Occurrence.objects.with_event().filter(event__slug=slug, starts_at__gt=at).order_by("starts_at")
        return next(one for one in free if one.takes_registrations(at) and one.seats_free)

    resident = person("Granntant 42")
    people = {"resident": resident, "neighbour": person_called("Granntant 99", at=at)}  # who has done nothing yet
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


def tried(client: Client, row: Row, address: str, outcome: Callable[[HttpResponse], Outcome] = outcome_of) -> Outcome:
    """One cell: asked, noted, and undone."""
    cookie = client.cookies["nyckel"].value if "nyckel" in client.cookies else ""
    for cache in caches.all():
        cache.clear()
    with transaction.atomic():
        found = outcome(getattr(client, row.method)(address))
        transaction.set_rollback(True)
    client.cookies.clear()
    if cookie:
        client.cookies["nyckel"] = cookie
    return found
