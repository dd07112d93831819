"""The programme: what is on, narrowed as one likes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from digirum.base import clock, pagecache
from digirum.base.pagecache import public_page
from digirum.base.templatetags.words import say_day
from digirum.events import listing
from digirum.events.forms import ProgrammeForm
from digirum.events.listing import Row
from digirum.events.models import EventLanguage, Occurrence
from digirum.events.models.occurrence import OccurrenceQuerySet
from digirum.events.queries import held_at
from digirum.events.search import Answered, find_events
from digirum.people.guards import person_of
from digirum.place.models import Centre

PARAMS = ("q", "dag", "typ", "niva", "sprak", "center", "efter")
PAGE = 20
COUNTED = 200
"""Up to so many are counted; beyond that the page says "more than": counting all would grow with the programme. They are
counted in order, so that the index on time is used: PostgreSQL would else begin with the oldest that ever was."""


@require_safe
@public_page(depends=("events", "place"), params=PARAMS)
def programme(request: HttpRequest) -> HttpResponse:
    """The list, day by day, the next first."""
    now = clock.now()
    form = ProgrammeForm(request.GET, centres=list(Centre.objects.in_order()))
    form.is_valid()
    query = form.cleaned_data.get("q", "").strip()
    answered = find_events(query) if query else None
    wanted = chosen_occurrences(request, form, answered, now)
    cursor = listing.read_cursor(request.GET.get("efter", ""))
    rows, more = page_of(wanted, cursor, now)
    if (change := listing.first_change(rows)) is not None:
        pagecache.holds_until(request, change)
    context = {
        "form": form,
        "days": listing.by_day(rows, now),
        "count": None if cursor else wanted.in_order()[: COUNTED + 1].count(),
        "counted": COUNTED,
        "corrected": answered.corrected if answered else "",
        "chosen": taken_away(form, request.GET),
        "today_url": _with(request.GET, dag=clock.local_day(now).isoformat()),
        "first_url": _with(request.GET, efter="") if cursor else "",
        "next_url": _with(request.GET, efter=listing.cursor_of(rows[-1])) if more else "",
    }
    return render(request, "events/programme.html", context)


def page_of(wanted: OccurrenceQuerySet, cursor: tuple[datetime, object] | None, at: datetime) -> tuple[list[Row], bool]:
    """One page of rows, and whether there are more."""
    if cursor is not None:
        wanted = wanted.after(*cursor)
    found = list(listing.light(wanted).in_order()[: PAGE + 1])
    return listing.rows_of(found[:PAGE], at), len(found) > PAGE


def chosen_occurrences(
    request: HttpRequest, form: ProgrammeForm, answered: Answered | None, at: datetime
) -> OccurrenceQuerySet:
    """What the visitor may see of what was chosen. A day shows all that is on then; otherwise what is not over."""
    seen = Occurrence.objects.visible_to(person_of(request), at=at)
    chosen = form.cleaned_data
    day = chosen.get("dag")
    wanted = seen.between(*_bounds(day)) if day else seen.upcoming(at)
    if kind := chosen.get("typ"):
        wanted = wanted.filter(event__kind=kind)
    if level := chosen.get("niva"):
        wanted = wanted.filter(event__level=level)
    if language := chosen.get("sprak"):
        wanted = wanted.filter(event__in=EventLanguage.objects.filter(language=language).values("event"))
    if slug := chosen.get("center"):
        wanted = wanted.filter(held_at(Centre.objects.filter(slug=slug).values_list("pk", flat=True).first()))
    if answered is not None:
        wanted = wanted.filter(event__in=answered.events)
    return wanted


def _bounds(day: date) -> tuple[datetime, datetime]:
    return clock.day_start(day), clock.day_start(day + timedelta(days=1))


def taken_away(form: ProgrammeForm, query: QueryDict) -> list[dict[str, str]]:
    """Each choice that was made, with the address of the list without it."""
    today = clock.local_day(clock.now())
    chosen = []
    for name in ("q", "dag", "typ", "niva", "sprak", "center"):
        value = form.cleaned_data.get(name)
        if value:
            said = say_day(value, today) if name == "dag" else form.words_of(name)
            label = _("Search: %(words)s") % {"words": said} if name == "q" else said
            chosen.append({"label": label[:1].upper() + label[1:], "url": _with(query, **{name: "", "efter": ""})})
    return chosen


def _with(query: QueryDict, **changes: str) -> str:
    """The list's address with some parameters changed, empty ones left out."""
    merged = {name: query.get(name, "") for name in PARAMS} | {"efter": ""} | changes
    changed = QueryDict(mutable=True)
    for name, value in merged.items():
        if value:
            changed[name] = value
    return reverse("events:programme") + (f"?{changed.urlencode()}" if changed else "")
