"""What the table of the back office is tried with: for each noun one of ours and one of another centre's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.db import models
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django_tasks_db.models import DBTaskResult
from PIL import Image

from digirum.base import clock
from digirum.base.models import ChoreRun, Heartbeat, Picture
from digirum.base.tasks import enqueue_on_commit
from digirum.base.tests.test_tasks import note
from digirum.events.models import (
    CallAttempt,
    CheckIn,
    Occurrence,
    OccurrenceCancellation,
    OccurrenceMove,
    Offer,
)
from digirum.front.actions import make_remark
from digirum.front.models import Remark
from digirum.notices.models import Delivery, Notice
from digirum.people.actions.roles import give_role
from digirum.people.models import Person, Role, Subject
from digirum.place.models import (
    AccessibilityFact,
    CentreHelp,
    ClosedDay,
    HoursPeriod,
    SpokenLanguage,
    WeeklyHours,
)
from digirum.topics.models import Area, Competence, HelpTopic, Theme
from tests.architecture.permission_world import World, outcome_of
from tests.architecture.permissions import OURS, THEIRS, Outcome, Row

BACK_OFFICE = "redaktion/"
KINDS = (OURS, THEIRS)
SOME = {"int": "1", "uuid": "01890a5d-ac96-774b-bcce-b302099a8057", "str": "base", "slug": "tag"}
"""What an address is filled with where nothing fits better: closed doors, and forms without a noun."""


@dataclass(frozen=True)
class Door:
    """One address: its name (its pattern where it has none), and its pattern."""

    name: str
    pattern: str

    def address(self, **given: object) -> str:
        """An address that fits the pattern."""

        def part(found: re.Match[str]) -> str:
            return str(given.get(found[2], SOME[found[1] or "str"]))

        if self.pattern == f"{BACK_OFFICE}^":  # all that nothing else fits
            return f"/{BACK_OFFICE}nothing"
        filled = re.sub(r"\(\?P<\w+>[^)]*\)", "1", self.pattern)
        filled = re.sub(r"<(?:(\w+):)?(\w+)>", part, filled)
        return "/" + re.sub(r"[\\^$]", "", filled)


def doors() -> list[Door]:
    """Every address below ``/redaktion/``."""
    return [Door(name or pattern, pattern) for name, pattern in _doors(get_resolver().url_patterns)]


def _doors(patterns: list[URLPattern | URLResolver], space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _doors(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space, here)
        elif here.startswith(BACK_OFFICE):
            yield (f"{space}{one.name}" if one.name else ""), here


@dataclass
class BackOffice:
    """The world with the nouns of the back office: by space (the first word of an address's name), then by kind."""

    world: World
    nouns: dict[str, dict[str, Any]]

    def address(self, door: Door, row: Row) -> str:
        """Where a row is asked for."""
        space, _colon, view = door.name.partition(":")
        key = {"people_let_in_ask": "persons", "people_let_in": "persons", "person_chooser": "persons",
               "notices_again": "deliveries", "base_task_again": "tasks", "events_publish": "events_programme",
               "events_unpublish": "events_programme", "wagtailimages_chooser": "wagtailimages"}.get(space, space)  # fmt: skip
        if row.kind:
            pk = self.nouns[key][row.kind]
            asked = f"?id={pk}" if view == "chosen_multiple" else ""
            return door.address(pk=pk, person_id=pk) + asked
        pk = self.nouns["wagtailimages"][OURS]
        given = {"app_name": "taggit", "model_name": "tag", "image_id": pk, "filter_spec": "max-165x165", "pk": pk}
        return door.address(**given) + (f"?id={pk}" if view == "chosen_multiple" else "")


def make_back_office(world: World) -> BackOffice:
    """One noun of each sort of ours, and one of theirs."""
    at = clock.now()
    nouns = {**_of_the_programme(world, at), **_of_centres(world), **_of_topics(), **_of_people(world, at)}
    nouns |= _of_the_house(at)
    nouns["wagtailimages"] = {OURS: _picture()}
    return BackOffice(world, {space: {kind: one.pk for kind, one in of.items()} for space, of in nouns.items()})


def _each(make: Callable[[str], models.Model]) -> dict[str, models.Model]:
    return {kind: make(kind) for kind in KINDS}


def _of_the_programme(world: World, at: datetime) -> dict[str, dict[str, models.Model]]:
    """Sign-ups and what has become of them are written as rows: the acts would need days to go by."""
    times, entries, hour = world.times, world.sign_ups, timedelta(hours=1)

    def other_time(kind: str) -> Occurrence:
        one = times[kind]
        start = one.starts_at + 400 * 24 * hour
        return Occurrence.objects.create(
            event=one.event, starts_at=start, ends_at=start + hour, registration_closes_at=start, changed_at=at
        )

    def offer(kind: str) -> Offer:
        return Offer.objects.create(
            registration=entries[kind], seats=1, made_at=at, expires_at=at + hour, answered_at=at, answer="accepted"
        )

    def move(kind: str) -> OccurrenceMove:
        return OccurrenceMove.objects.create(occurrence=times[kind], from_starts_at=at, from_ends_at=at + hour, at=at)

    def cancellation(kind: str) -> OccurrenceCancellation:
        return OccurrenceCancellation.objects.create(occurrence=other_time(kind), reason="Sjukdom", at=at)

    offers = {kind: offer(kind) for kind in KINDS}
    return {
        "events_programme": {kind: one.event for kind, one in times.items()},
        "events_times": dict(times),
        "events_sign_ups": dict(entries),
        "events_offers": dict(offers),
        "events_check_ins": _each(lambda kind: CheckIn.objects.create(registration=entries[kind], arrived=1, at=at)),
        "events_calls": _each(lambda kind: CallAttempt.objects.create(offer=offers[kind], outcome="reached", at=at)),
        "events_cancellations": _each(cancellation),
        "events_moves": _each(move),
    }


OF_CENTRES: dict[str, type[models.Model]] = {
    "weekly-hours": WeeklyHours,
    "hours-periods": HoursPeriod,
    "closed-days": ClosedDay,
    "accessibility-facts": AccessibilityFact,
    "spoken-languages": SpokenLanguage,
    "centre-help": CentreHelp,
}


def _of_centres(world: World) -> dict[str, dict[str, models.Model]]:
    def first_of(model: type[models.Model]) -> dict[str, models.Model]:
        return _each(lambda kind: model._default_manager.filter(centre=world.centres[kind]).order_by("pk")[0])

    return {"centres": dict(world.centres), **{space: first_of(model) for space, model in OF_CENTRES.items()}}


def _of_topics() -> dict[str, dict[str, models.Model]]:
    terms: dict[str, type[models.Model]] = {
        "themes": Theme, "help-topics": HelpTopic, "competences": Competence, "areas": Area,
    }  # fmt: skip
    return {
        space: dict(zip(KINDS, model._default_manager.order_by("pk")[:2], strict=True))
        for space, model in terms.items()
    }


def _of_people(world: World, at: datetime) -> dict[str, dict[str, models.Model]]:
    """A resident and somebody whose identity is protected; a guide's role at each centre."""
    hidden = Person.objects.create(pseudonym="Skyddad Svan 44", joined_at=at, is_protected=True)
    Subject.of(hidden, at)
    units = {kind: world.centres[kind].organisation for kind in KINDS}

    def role(kind: str) -> models.Model:
        helper = Person.objects.create(pseudonym=f"Handledare {kind}", joined_at=at)
        return give_role(by=None, at=at, person=helper, role=Role.GUIDE, organisation=units[kind])

    return {"persons": {OURS: world.resident, THEIRS: hidden}, "organisations": dict(units), "roles": _each(role)}


def _of_the_house(at: datetime) -> dict[str, dict[str, models.Model]]:
    def remark(kind: str) -> models.Model:
        return make_remark(
            about=Remark.About.FAULT, text=kind, page="/program", answer_to="kim@example.se", language="sv", at=at
        )

    def delivery(kind: str) -> models.Model:
        failed = Delivery.State.FAILED
        return Delivery.objects.create(
            notice=Notice.objects.latest("pk"), channel=kind, state=failed, next_try_at=at, ended_at=at
        )

    def task(kind: str) -> models.Model:
        enqueue_on_commit(note, kind)
        result: DBTaskResult[..., None] = DBTaskResult.objects.latest("enqueued_at")
        result.claim("w1")
        result.set_failed(ConnectionError())
        return result

    return {
        "remarks": _each(remark),
        "deliveries": _each(delivery),
        "tasks": _each(task),
        "recurring": _each(lambda kind: ChoreRun.objects.create(name=f"architecture.{kind}", due_at=at)),
        "workers": _each(lambda kind: Heartbeat.objects.create(worker=kind, started_at=at, beat_at=at)),
    }


def _picture() -> models.Model:
    file = BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    picture: Picture = Picture.objects.create(title="Röd", file=ImageFile(file, "rod.png"), alt="En röd ruta")
    return picture


def met(response: HttpResponse) -> Outcome:
    """What somebody met in the back office."""
    if response.status_code == 302 and response.headers["Location"] == f"/{BACK_OFFICE}":
        return "turned-back"
    assert response.status_code != 403
    return outcome_of(response)
