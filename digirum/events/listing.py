"""Lists of occurrences: plain rows, with days and times said and addresses built once, and paging by key."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from digirum.base import clock, languages
from digirum.base.templatetags.words import say_day
from digirum.events import wording
from digirum.events.models import EventLanguage, Occurrence, SpokenLanguage
from digirum.events.models.occurrence import OccurrenceQuerySet

_CURSOR = re.compile(r"(\d{1,10})-([0-9a-f]{32})")
CURSOR_PATTERN = r"^\d{1,10}-[0-9a-f]{32}$"
_TEXTS = ("name_sv", "name_sv_simple", "name_en", "name_ar")
_SUMMARIES = ("summary_sv", "summary_sv_simple", "summary_en", "summary_ar")
_EVENT = (
    "slug",
    "kind",
    "level",
    "needs_registration",
    "published_at",
    "place_name",
    "centre_id",
    *_TEXTS,
    *_SUMMARIES,
)
_CENTRE = ("slug", "street", "postcode", "city", "latitude", "longitude", *_TEXTS)
_OWN = (
    "event_id", "starts_at", "ends_at", "capacity", "seats_taken", "registration_opens_at", "registration_closes_at",
    "centre_id", "place_name",
)  # fmt: skip
_FIELDS = (
    *_OWN,
    *(f"event__{name}" for name in _EVENT),
    *(f"{path}__{name}" for path in ("centre", "event__centre") for name in _CENTRE),
    "cancellation__reason",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One occurrence in a list. ``title_lang`` and ``summary_lang`` are set where the text fell back to Swedish."""

    pk: UUID
    event: UUID
    starts_at: datetime
    day: date
    url: str
    title: str
    title_lang: str
    summary: str
    summary_lang: str
    hours: str
    place: str
    kind: str
    icon: str
    accent: str
    level: str
    status: wording.Status
    cancelled: bool
    ended: bool
    changes_at: datetime | None
    languages: list[str] = field(default_factory=list)

    @property
    def spoken(self) -> str:
        """The languages in one line."""
        return _(", ").join(self.languages)


@dataclass(frozen=True, slots=True)
class Day:
    """The rows of one local day, under its name."""

    day: date
    label: str
    rows: list[Row]


def light(occurrences: OccurrenceQuerySet) -> OccurrenceQuerySet:
    """The queryset with no more columns than a row needs, event and places in the same query."""
    return occurrences.select_related("event", "event__centre", "centre", "cancellation").only(*_FIELDS)


def rows_of(occurrences: Iterable[Occurrence], at: datetime) -> list[Row]:
    """Rows to show, with the languages of their events: one further query however many there are."""
    rows = [_row(occurrence, at) for occurrence in occurrences]
    spoken: dict[UUID, list[str]] = defaultdict(list)
    known = dict(SpokenLanguage.choices)
    of_these = EventLanguage.objects.filter(event__in={row.event for row in rows}) if rows else ()
    for entry in of_these:
        spoken[entry.event_id].append(str(known.get(entry.language, entry.language)))
    for row in rows:
        row.languages.extend(spoken[row.event])
    return rows


def by_day(rows: Sequence[Row], at: datetime) -> list[Day]:
    """The rows under the names of their days, in the order in which they came."""
    today = clock.local_day(at)
    days: dict[date, list[Row]] = {}
    for row in rows:
        days.setdefault(row.day, []).append(row)
    return [Day(day, _capital(say_day(day, today)), of_day) for day, of_day in days.items()]


def cursor_of(row: Row | Occurrence) -> str:
    """Where a list goes on after this one. Occurrences begin on whole seconds."""
    return f"{int(row.starts_at.timestamp())}-{row.pk.hex}"


def read_cursor(text: str) -> tuple[datetime, UUID] | None:
    """The key that a cursor stands for; None where it stands for none."""
    match = _CURSOR.fullmatch(text)
    if match is None:
        return None
    return datetime.fromtimestamp(int(match[1]), UTC), UUID(match[2])


def before(occurrences: OccurrenceQuerySet, starts_at: datetime, pk: UUID) -> OccurrenceQuerySet:
    """The next page of a list that runs backwards in time."""
    earlier = Q(starts_at__lt=starts_at) | Q(starts_at=starts_at, pk__lt=pk)
    return occurrences.filter(earlier, starts_at__lte=starts_at)


def first_change(rows: Iterable[Row]) -> datetime | None:
    """When the first of the rows changes by the clock alone."""
    return min((row.changes_at for row in rows if row.changes_at is not None), default=None)


def place_of(occurrence: Occurrence) -> str:
    """The name of the place in the reader's language."""
    centre = occurrence.place
    return occurrence.where if centre is None else languages.said(centre, "name").text


def _row(occurrence: Occurrence, at: datetime) -> Row:
    event = occurrence.event
    title, summary = languages.said(event, "name"), languages.said(event, "summary")
    icon, accent = wording.ICONS[event.kind]
    return Row(
        pk=occurrence.pk,
        event=event.pk,
        starts_at=occurrence.starts_at,
        day=clock.local_day(occurrence.starts_at),
        url=reverse("events:occurrence", args=[event.slug, occurrence.key]),
        title=title.text,
        title_lang=foreign(title),
        summary=summary.text,
        summary_lang=foreign(summary),
        hours=wording.hours(occurrence),
        place=place_of(occurrence),
        kind=event.get_kind_display(),
        icon=icon,
        accent=accent,
        level=event.get_level_display(),
        status=wording.status(occurrence, at),
        cancelled=occurrence.is_cancelled,
        ended=occurrence.has_ended(at),
        changes_at=wording.next_change(occurrence, at),
    )


def foreign(said: languages.Said) -> str:
    """The language mark that a text needs on the page: none where it is in the page's own language."""
    return said.language.html if said.fell_back and languages.current().code != "sv-simple" else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
