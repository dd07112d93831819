"""The programme by month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.views.decorators.http import require_safe

from digirum.base import clock, languages
from digirum.base.pagecache import public_page
from digirum.base.templatetags.words import say_day, say_time
from digirum.events.listing import foreign
from digirum.events.models import Occurrence
from digirum.people.guards import person_of

MOST = 600
"""More than this in one month is not drawn: its later days lead to the list of the day."""
SHOWN_A_DAY = 4
FIRST_YEAR, LAST_YEAR = 2000, 2100
_FIELDS = (
    "starts_at", "event__slug", "event__name_sv", "event__name_sv_simple", "event__name_en", "event__name_ar",
    "cancellation__id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One occurrence in the calendar."""

    url: str
    time: str
    title: str
    lang: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar. ``cut``: there is or may be more than is shown."""

    day: date
    label: str
    url: str
    inside: bool
    today: bool
    past: bool
    entries: list[Entry]
    more: int
    cut: bool


@require_safe
def this_month(request: HttpRequest) -> HttpResponse:
    """Leads to the month that it is."""
    today = clock.local_day(clock.now())
    return HttpResponseRedirect(reverse("events:month", args=[f"{today:%Y-%m}"]))


@require_safe
@public_page(depends=("events",))
def month(request: HttpRequest, month: str) -> HttpResponse:
    """One month as a calendar; on a phone, a list of its days."""
    now = clock.now()
    first = _first_day(month)
    following = (first + timedelta(days=31)).replace(day=1)
    seen = Occurrence.objects.visible_to(person_of(request), at=now)
    wanted = seen.between(clock.day_start(first), clock.day_start(following))
    found = list(wanted.select_related("event", "cancellation").only(*_FIELDS)[: MOST + 1])
    today = clock.local_day(now)
    weeks = _weeks(first, found, today)
    context = {
        "first": first,
        "name": f"{formats.date_format(first, 'F')} {first.year}",
        "weeks": weeks,
        "weekdays": [formats.date_format(cell.day, "l") for cell in weeks[0]],
        "count": len(found) if len(found) <= MOST else None,
        "most": MOST,
        "previous_url": _address(first - timedelta(days=1)),
        "next_url": _address(following),
        "this_url": "" if first == today.replace(day=1) else _address(today),
    }
    return render(request, "events/month.html", context)


def _first_day(month: str) -> date:
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Http404 from None
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise Http404
    return first


def _address(day: date) -> str:
    return reverse("events:month", args=[f"{day:%Y-%m}"]) if FIRST_YEAR <= day.year <= LAST_YEAR else ""


def _weeks(first: date, found: list[Occurrence], today: date) -> list[list[Cell]]:
    """The weeks that the month touches, from Monday to Sunday."""
    of_day: dict[date, list[Occurrence]] = {}
    for occurrence in found[:MOST]:
        of_day.setdefault(clock.local_day(occurrence.starts_at), []).append(occurrence)
    cut_from = clock.local_day(found[MOST].starts_at) if len(found) > MOST else date.max
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    return [[_cell(day, of_day.get(day, []), first, today, cut=day >= cut_from) for day in week] for week in weeks]


def _cell(day: date, occurrences: list[Occurrence], first: date, today: date, *, cut: bool) -> Cell:
    return Cell(
        day=day,
        label=say_day(day, today),
        url=f"{reverse('events:programme')}?dag={day.isoformat()}",
        inside=day.month == first.month,
        today=day == today,
        past=day < today,
        entries=[_entry(occurrence) for occurrence in occurrences[:SHOWN_A_DAY]],
        more=max(0, len(occurrences) - SHOWN_A_DAY),
        cut=cut and day.month == first.month,
    )


def _entry(occurrence: Occurrence) -> Entry:
    name = languages.said(occurrence.event, "name")
    return Entry(
        url=reverse("events:occurrence", args=[occurrence.event.slug, occurrence.key]),
        time=say_time(occurrence.starts_at),
        title=name.text,
        lang=foreign(name),
        cancelled=occurrence.is_cancelled,
    )
