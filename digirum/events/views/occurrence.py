"""One occurrence: when, where, whether there are seats, and the way to sign up."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from digirum.base import pagecache
from digirum.base.pagecache import public_page
from digirum.events import about, calendars, listing, structured, wording
from digirum.events.models import Event, Occurrence, Registration
from digirum.events.queries import position_in_line
from digirum.events.views.event import common
from digirum.events.views.finding import address_of, at_occurrence, event_keys
from digirum.people.guards import person_of
from digirum.people.models import Person

OTHERS = 5


@require_safe
@public_page(depends=event_keys)
@at_occurrence
def occurrence_detail(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
    """The page of one occurrence; who has signed in sees their own seat on it too, and how long the line is."""
    event, person = _whole(occurrence), person_of(request)
    others = Occurrence.objects.upcoming(at).filter(event=event).exclude(pk=occurrence.pk)
    rows = listing.rows_of(listing.light(others)[:OTHERS], at)
    _hold(request, rows, occurrence, at)
    shown = common(event, at)
    context = shown | {
        "crumbs": [*shown["crumbs"], (shown["name"], shown["event_url"])],
        "occurrence": occurrence,
        "when": wording.when(occurrence, at),
        "status": wording.status(occurrence, at),
        "ended": occurrence.has_ended(at),
        "open": occurrence.takes_registrations(at),
        "moved": occurrence.moves.first(),
        "others": rows,
        "facts": about.facts(event, occurrence, at),
        "structured": structured.script(structured.event(event, [occurrence], at)),
        "mine": _mine(person, occurrence),
        "in_line": occurrence.waiting if person is not None else None,
    }
    return render(request, "events/occurrence_detail.html", context)


@require_safe
@public_page(depends=event_keys)
@at_occurrence
def calendar_file(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
    """The occurrence for the visitor's own calendar; fetched again it tells of a move or that it was called off."""
    content = calendars.calendar(occurrence)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = f"{occurrence.event.slug}-{occurrence.key}.ics"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@public_page(depends=event_keys)
@at_occurrence
def occurrence_print(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
    """A sheet to take home."""
    event = _whole(occurrence)
    context = common(event, at) | {
        "occurrence": occurrence,
        "when": wording.when(occurrence, None),
        "facts": about.facts(event, occurrence, None),
        "back_url": address_of(occurrence),
    }
    return render(request, "events/occurrence_print.html", context)


def _whole(occurrence: Occurrence) -> Event:
    """The occurrence's event with all that a page shows."""
    event: Event = Event.objects.for_pages().get(pk=occurrence.event_id)
    occurrence.event = event
    return event


def _mine(person: Person | None, occurrence: Occurrence) -> dict[str, object] | None:
    if person is None:
        return None
    registration = Registration.objects.of(person).active().filter(occurrence=occurrence).first()
    if registration is None:
        return None
    return {
        "registration": registration,
        "position": position_in_line(registration),
        "offer": registration.open_offer,
        "url": address_of(occurrence, "registration"),
    }


def _hold(request: HttpRequest, rows: list[listing.Row], occurrence: Occurrence, at: datetime) -> None:
    for moment in (listing.first_change(rows), wording.next_change(occurrence, at)):
        if moment is not None:
            pagecache.holds_until(request, moment)
