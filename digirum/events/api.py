"""The programme in the open API: read only, public events alone, and never an exact number of seats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import BeforeValidator, Field

from digirum.base import clock
from digirum.base.languages import said
from digirum.base.paging import LANGUAGE_NOTE, MOST, LanguageCode, Speaking, Text, page, text
from digirum.events import listing, structured
from digirum.events.models import Event, EventLanguage, Kind, Occurrence, OccurrenceMove, SpokenLanguage
from digirum.events.models.occurrence import OccurrenceQuerySet
from digirum.events.queries import held_at
from digirum.place.models import Centre
from digirum.topics.models import Level

router = Router(tags=["Programme"])
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def _written_whole(day: object) -> object:
    """Refuses numbers, which would otherwise count as seconds since 1970."""
    if isinstance(day, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise ValueError("Write the day as 2026-11-24.")
    return day


Day = Annotated[date, BeforeValidator(_written_whole)]
_SLUG = r"^[-a-z0-9_]{1,80}$"


class EventOut(Schema):
    """Something that the room invites to. Texts are plain (``summary``) or Markdown (``description``)."""

    id: UUID
    slug: str
    url: str
    name: Text | None
    summary: Text | None
    description: Text | None
    price: Text | None = Field(description="What it costs, in words; null means free.")
    kind: Kind
    level: Level | None
    competences: list[str] = Field(description="Numbers in DigComp 3.0.")
    themes: list[str]
    help_topics: list[str]
    languages: list[str] = Field(description="Languages spoken there (BCP 47).")
    accessibility: list[str]
    organisers: list[Text]
    attendance: str
    centre: str | None
    place_name: str
    address: str
    needs_registration: bool
    seats_per_person: int
    age_from: int | None
    age_to: int | None
    images: list[str]
    contact: str
    changed_at: datetime


class OccurrenceOut(Schema):
    """One time that an event happens. ``availability`` is coarse: unlimited, free, few or full."""

    id: UUID
    event: str
    url: str
    calendar_url: str
    name: Text | None
    starts_at: datetime
    ends_at: datetime
    centre: str | None
    place_name: str
    address: str
    availability: str
    takes_registrations: bool
    registration_opens_at: datetime | None
    registration_closes_at: datetime
    cancelled: bool
    cancellation_reason: str | None
    moved_from: datetime | None
    changed_at: datetime


class Events(Schema):
    """A page of events."""

    items: list[EventOut]
    next: str | None


class Occurrences(Schema):
    """A page of occurrences."""

    items: list[OccurrenceOut]
    next: str | None


class EventsAsked(Schema):
    """What the list of events can be asked."""

    limit: int = Field(50, ge=1, le=MOST, description="How many items a page has at most.")
    after: UUID | None = Field(None, description="The id of the last item of the page before.")
    language: LanguageCode = Field("sv", description=LANGUAGE_NOTE)
    kind: Kind | None = None
    level: Level | None = None
    spoken: SpokenLanguage | None = Field(None, description="A language that is spoken there.")
    centre: str | None = Field(None, pattern=_SLUG, description="The address of a centre.")
    theme: str | None = Field(None, pattern=_SLUG, description="The address of a theme.")
    competence: str | None = Field(None, pattern=r"^[1-5]\.[1-6]$", description="A number in DigComp 3.0.")


class OccurrencesAsked(Schema):
    """What the list of occurrences can be asked."""

    limit: int = Field(50, ge=1, le=MOST, description="How many items a page has at most.")
    after: str | None = Field(None, pattern=listing.CURSOR_PATTERN, description="From the address of the next page.")
    language: LanguageCode = Field("sv", description=LANGUAGE_NOTE)
    first_day: Day | None = Field(None, description="Those that begin on this day or later; today where left out.")
    last_day: Day | None = Field(None, description="Those that begin on this day or earlier.")
    event: str | None = Field(None, pattern=_SLUG, description="The address of an event.")
    centre: str | None = Field(None, pattern=_SLUG, description="The address of a centre.")
    kind: Kind | None = None
    level: Level | None = None
    spoken: SpokenLanguage | None = Field(None, description="A language that is spoken there.")


@router.get("/events", response=Events, summary="Events")
def events(request: HttpRequest, asked: Annotated[EventsAsked, Query()]) -> Events:
    """A page of public events, the oldest first."""
    wanted = _whole_events().filter(**_choices(asked, ""))
    if asked.spoken is not None:
        wanted = wanted.filter(pk__in=EventLanguage.objects.filter(language=asked.spoken).values("event"))
    if asked.centre is not None:
        wanted = wanted.filter(centre__slug=asked.centre)
    if asked.theme is not None:
        wanted = wanted.filter(themes__slug=asked.theme)
    if asked.competence is not None:
        wanted = wanted.filter(competences=asked.competence)
    rows, following = page(request, wanted, "id", asked)  # type: ignore[arg-type]  # the same questions, with a UUID as key
    return Events(items=[_event(row) for row in rows], next=following)


@router.get("/events/{slug}", response=EventOut, summary="One event")
def event(request: HttpRequest, slug: str, asked: Speaking) -> EventOut:
    """One public event by its address."""
    return _event(get_object_or_404(_whole_events(), slug=slug.replace("\x00", "�")))


@router.get("/occurrences", response=Occurrences, summary="Occurrences")
def occurrences(request: HttpRequest, asked: Annotated[OccurrencesAsked, Query()]) -> Occurrences:
    """A page of occurrences of public events by time, from today on where no first day is asked for."""
    now = clock.now()
    first = clock.day_start(_within(asked.first_day or clock.local_day(now)))
    wanted = _whole_occurrences().filter(starts_at__gte=first, **_choices(asked, "event__"))
    if asked.last_day is not None:
        wanted = wanted.filter(starts_at__lt=clock.day_start(_within(asked.last_day) + timedelta(days=1)))
    if asked.event is not None:
        wanted = wanted.filter(event__slug=asked.event)
    if asked.spoken is not None:
        wanted = wanted.filter(event__in=EventLanguage.objects.filter(language=asked.spoken).values("event"))
    if asked.centre is not None:
        wanted = wanted.filter(held_at(Centre.objects.filter(slug=asked.centre).values_list("pk", flat=True).first()))
    if asked.after is not None and (cursor := listing.read_cursor(asked.after)) is not None:
        wanted = wanted.after(*cursor)
    found = list(wanted.in_order()[: asked.limit + 1])
    rows = found[: asked.limit]
    return Occurrences(
        items=[_occurrence(row, now) for row in rows],
        next=_next(request, rows[-1]) if len(found) > asked.limit else None,
    )


@router.get("/occurrences/{pk}", response=OccurrenceOut, summary="One occurrence")
def occurrence(request: HttpRequest, pk: UUID, asked: Speaking) -> OccurrenceOut:
    """One occurrence of a public event by its id, which it keeps when it is moved."""
    return _occurrence(get_object_or_404(_whole_occurrences(), pk=pk), clock.now())


def _whole_events() -> Any:
    return Event.objects.public().for_pages()


def _whole_occurrences() -> OccurrenceQuerySet:
    moves = OccurrenceMove.objects.order_by("-at", "-pk")
    return Occurrence.objects.public().with_event().prefetch_related(Prefetch("moves", moves))


def _choices(asked: EventsAsked | OccurrencesAsked, path: str) -> dict[str, str]:
    chosen = {f"{path}kind": asked.kind, f"{path}level": asked.level}
    return {name: value.value for name, value in chosen.items() if value is not None}


def _within(day: date) -> date:
    return min(max(day, FIRST_DAY), LAST_DAY)


def _next(request: HttpRequest, last: Occurrence) -> str:
    query = request.GET.copy()
    query["after"] = listing.cursor_of(last)
    return f"{settings.ORIGIN}{request.path}?{query.urlencode()}"


def _texts(noun: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: text(said(noun, name)) for name in names}


def _event(row: Event) -> EventOut:
    plain = (
        "id", "slug", "kind", "attendance", "place_name", "address", "needs_registration", "seats_per_person",
        "age_from", "age_to", "contact", "changed_at",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(row, name) for name in plain}
    return EventOut(
        **values,
        **_texts(row, ("name", "summary", "description")),
        url=settings.ORIGIN + reverse("events:event", args=[row.slug]),
        price=text(said(row, "price_text")),
        level=Level(row.level) if row.level else None,
        competences=[one.number for one in row.competences.all()],
        themes=[one.slug for one in row.themes.all()],
        help_topics=[one.slug for one in row.help_topics.all()],
        languages=[one.language for one in row.languages.all()],
        accessibility=[one.fact for one in row.access_facts.all()],
        organisers=[named for one in row.organisers.all() if (named := text(said(one, "name")))],
        centre=row.centre.slug if row.centre else None,
        images=structured.images(row),
    )


def _occurrence(row: Occurrence, now: datetime) -> OccurrenceOut:
    centre = row.place
    moves = list(row.moves.all())
    address = [row.event.slug, row.key]
    return OccurrenceOut(
        id=row.pk,
        event=row.event.slug,
        url=settings.ORIGIN + reverse("events:occurrence", args=address),
        calendar_url=settings.ORIGIN + reverse("events:calendar_file", args=address),
        name=text(said(row.event, "name")),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        centre=centre.slug if centre else None,
        place_name="" if centre else row.where,
        address="" if centre else row.street,
        availability=row.availability.value,
        takes_registrations=row.takes_registrations(now),
        registration_opens_at=row.registration_opens_at,
        registration_closes_at=row.registration_closes_at,
        cancelled=row.is_cancelled,
        cancellation_reason=row.cancellation.reason if row.is_cancelled else None,
        moved_from=moves[0].from_starts_at if moves else None,
        changed_at=row.changed_at,
    )
