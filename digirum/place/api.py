"""Centres in the open API: read only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema

from digirum.base import clock
from digirum.base.languages import said
from digirum.base.paging import Paging, Speaking, Text, page, text
from digirum.place.hours import Opening, Schedule, state_at
from digirum.place.models import Centre
from digirum.place.queries import schedules_of

router = Router(tags=["Centres"])


class OpeningOut(Schema):
    """An opening of a weekday (1 is Monday), by the wall clock."""

    weekday: int
    opens: str
    closes: str


class PeriodOut(Schema):
    """Days with another week than the ordinary one; no openings means closed."""

    name: Text | None
    first_day: date
    last_day: date
    openings: list[OpeningOut]


class ClosedDayOut(Schema):
    """A single closed day."""

    day: date
    reason: Text | None


class FactOut(Schema):
    """One accessibility fact: yes, partly or no."""

    kind: str
    answer: str
    note: Text | None


class LanguageOut(Schema):
    """A language that is spoken (ISO 639), every day or on one weekday (1 is Monday)."""

    language: str
    weekday: int | None


class HelpOut(Schema):
    """A centre's stance on a help topic. A "no-help" names who does."""

    topic: str
    stance: str
    note: Text | None
    who_does: Text | None
    link: str | None


class CentreOut(Schema):
    """A centre with its hours."""

    slug: str
    url: str
    name: Text | None
    summary: Text | None
    how_to_find: Text | None
    what_is_there: Text | None
    street: str
    postcode: str
    city: str
    latitude: float | None
    longitude: float | None
    phone: str
    email: str
    is_open: bool
    closes_at: datetime | None
    opens_at: datetime | None
    week: list[OpeningOut]
    periods: list[PeriodOut]
    closed_days: list[ClosedDayOut]
    accessibility: list[FactOut]
    languages: list[LanguageOut]
    help: list[HelpOut]


class Centres(Schema):
    """A page of centres."""

    items: list[CentreOut]
    next: str | None


@router.get("", response=Centres, summary="Centres")
def centres(request: HttpRequest, asked: Paging) -> Centres:
    """A page of centres with hours, accessibility, languages and what they help with, in order of their addresses."""
    rows, following = page(request, _whole(), "slug", asked)
    return Centres(items=_out(rows, clock.now()), next=following)


@router.get("/{slug}", response=CentreOut, summary="One centre")
def centre(request: HttpRequest, slug: str, asked: Speaking) -> CentreOut:
    """One centre by its address."""
    found = get_object_or_404(_whole(), slug=slug.replace("\x00", "�"))
    return _out([found], clock.now())[0]


def _whole() -> Any:
    return Centre.objects.prefetch_related("accessibility_facts", "spoken_languages", "help_given__topic")


def _out(rows: Iterable[Centre], now: datetime) -> list[CentreOut]:
    every = list(rows)
    schedules = schedules_of(every)
    return [_centre(row, schedules[row.pk], now) for row in every]


def _centre(row: Centre, schedule: Schedule, now: datetime) -> CentreOut:
    state = state_at(schedule, now)
    texts: dict[str, Any] = {
        name: text(said(row, name)) for name in ("name", "summary", "how_to_find", "what_is_there")
    }
    plain = {name: getattr(row, name) for name in ("slug", "street", "postcode", "city", "phone", "email")}
    return CentreOut(
        **texts,
        **plain,
        url=settings.ORIGIN + reverse("place:centre", args=[row.slug]),
        latitude=None if row.latitude is None else float(row.latitude),
        longitude=None if row.longitude is None else float(row.longitude),
        is_open=state.is_open,
        closes_at=state.moment if state.is_open else None,
        opens_at=None if state.is_open else state.moment,
        week=[_opening(opening) for opening in schedule.week],
        periods=[
            PeriodOut(
                name=text(period.name),
                first_day=period.first_day,
                last_day=period.last_day,
                openings=[_opening(opening) for opening in period.openings],
            )
            for period in schedule.periods
        ],
        closed_days=[ClosedDayOut(day=day, reason=text(reason)) for day, reason in sorted(schedule.closed.items())],
        accessibility=[
            FactOut(kind=fact.kind, answer=fact.answer, note=text(said(fact, "note")))
            for fact in row.accessibility_facts.all()
        ],
        languages=[
            LanguageOut(language=spoken.language, weekday=None if spoken.weekday is None else spoken.weekday + 1)
            for spoken in row.spoken_languages.all()
        ],
        help=[
            HelpOut(
                topic=given.topic.slug,
                stance=given.stance,
                note=text(said(given, "note")),
                who_does=text(said(given, "who_does")),
                link=given.link or None,
            )
            for given in row.help_given.all()
        ],
    )


def _opening(opening: Opening) -> OpeningOut:
    return OpeningOut(weekday=opening.weekday + 1, opens=f"{opening.opens:%H:%M}", closes=f"{opening.closes:%H:%M}")
