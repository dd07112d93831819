"""One event: what it is, for whom, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from digirum.base import clock, languages, pagecache
from digirum.base.pagecache import public_page
from digirum.events import about, listing, structured, wording
from digirum.events.models import Event, Occurrence
from digirum.events.models.occurrence import OccurrenceQuerySet
from digirum.events.rules import may_edit
from digirum.events.views.finding import event_keys, find_event
from digirum.people.guards import person_of

SHOWN = 10
REMEMBERED = 3
A_PAGE = 50


@require_safe
@public_page(depends=event_keys)
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The event with its next occurrences and the latest past ones."""
    now = clock.now()
    event = find_event(request, slug, now)
    upcoming = _of(event, Occurrence.objects.upcoming(now))[: SHOWN + 1]
    rows = listing.rows_of(upcoming, now)
    past = listing.rows_of(_of(event, Occurrence.objects.past(now))[:REMEMBERED], now)
    _hold(request, rows)
    context = common(event, now) | {
        "rows": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "past": past,
        "facts": about.facts(event, None, now),
        "structured": structured.script(structured.event(event, list(upcoming[:SHOWN]), now)),
        "may_edit": person_of(request) is not None and may_edit(person_of(request), event, at=now),
    }
    return render(request, "events/event_detail.html", context)


@require_safe
@public_page(depends=event_keys, params=("visa", "efter"))
def occurrence_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All occurrences of an event: those to come, or (``visa=tidigare``) those that were."""
    now = clock.now()
    event = find_event(request, slug, now)
    past = request.GET.get("visa") == "tidigare"
    wanted = Occurrence.objects.past(now) if past else Occurrence.objects.upcoming(now)
    cursor = listing.read_cursor(request.GET.get("efter", ""))
    if cursor is not None:
        wanted = listing.before(wanted, *cursor) if past else wanted.after(*cursor)
    rows = listing.rows_of(_of(event, wanted)[: A_PAGE + 1], now)
    _hold(request, rows)
    here = reverse("events:event_occurrences", args=[slug])
    more = (
        f"{'visa=tidigare&' if past else ''}efter={listing.cursor_of(rows[A_PAGE - 1])}" if len(rows) > A_PAGE else ""
    )
    context = common(event, now) | {
        "crumbs": [
            (_("Programme"), reverse("events:programme")),
            (languages.said(event, "name"), reverse("events:event", args=[slug])),
        ],
        "rows": rows[:A_PAGE],
        "past": past,
        "next_url": f"{here}?{more}" if more else "",
        "tabs_url": here,
    }
    return render(request, "events/event_occurrences.html", context)


@require_safe
@public_page(depends=event_keys)
def event_print(request: HttpRequest, slug: str) -> HttpResponse:
    """A sheet to put on a wall or to take home."""
    now = clock.now()
    event = find_event(request, slug, now)
    rows = listing.rows_of(_of(event, Occurrence.objects.upcoming(now))[:SHOWN], now)
    _hold(request, rows)
    context = common(event, now) | {
        "rows": rows,
        "facts": about.facts(event, None, None),
        "back_url": reverse("events:event", args=[slug]),
    }
    return render(request, "events/event_print.html", context)


def common(event: Event, at: datetime) -> dict[str, Any]:
    """What every page of an event shows at its top."""
    icon, accent = wording.ICONS[event.kind]
    address = reverse("events:event", args=[event.slug])
    return {
        "event": event,
        "icon": icon,
        "accent": accent,
        "name": languages.said(event, "name"),
        "summary": languages.said(event, "summary"),
        "description": languages.said(event, "description"),
        "fallback_notice": listing.foreign(languages.said(event, "name")),
        "picture": about.picture(event),
        "themes": about.themes_of(event),
        "competences": about.competences_of(event),
        "title_lang": listing.foreign(languages.said(event, "name")),
        "event_url": address,
        "crumbs": [(_("Programme"), reverse("events:programme"))],
    }


def _of(event: Event, occurrences: OccurrenceQuerySet) -> OccurrenceQuerySet:
    return listing.light(occurrences.filter(event=event))


def _hold(request: HttpRequest, rows: list[listing.Row]) -> None:
    if (change := listing.first_change(rows)) is not None:
        pagecache.holds_until(request, change)
