"""The desk's way into the programme: what is on today and soon, and whom to call."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from digirum.base import clock
from digirum.events import wording
from digirum.events.models import Occurrence, Registration
from digirum.events.models.occurrence import OccurrenceQuerySet
from digirum.events.queries import not_reached
from digirum.events.views.sign_up import until_words
from digirum.people.guards import for_roles, me
from digirum.people.models import Person
from digirum.people.rules import CENTRE_STAFF

PAGE = 30
AHEAD = timedelta(days=14)


@require_safe
@for_roles(*CENTRE_STAFF)
def programme(request: HttpRequest) -> HttpResponse:
    """Today and the coming two weeks at the desks where I work, paged by key."""
    at = clock.now()
    served = Occurrence.objects.served_by(me(request), at=at).between(clock.day_start(clock.local_day(at)), at + AHEAD)
    page = _after(served, request.GET.get("efter", ""))
    rows = list(page.with_event().in_order()[: PAGE + 1])
    more = f"?efter={rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    context = {"rows": [row(occurrence, at) for occurrence in rows[:PAGE]], "more": more}
    return render(request, "events/desk/programme.html", context)


@require_safe
@for_roles(*CENTRE_STAFF)
def calls(request: HttpRequest) -> HttpResponse:
    """Those who have a seat offered and cannot be reached but by us: the most urgent first; then who may not know of
    a change."""
    at = clock.now()
    changed = not_reached(Occurrence.objects.served_by(me(request), at=at), at)[:PAGE]
    context = {
        "calls": to_call(me(request), at),
        "changed": [row(one, at) | {"unreached": wording.unreached(number)} for one, number in changed],
    }
    return render(request, "events/desk/calls.html", context)


def to_call(person: Person, at: datetime) -> list[dict[str, object]]:
    """The call list of the desks where a person works, as rows for the page."""
    served = Occurrence.objects.served_by(person, at=at)
    waiting = (
        Registration.objects.to_call(at)
        .filter(occurrence__in=served)
        .select_related("person", "occurrence__event")
        .prefetch_related("offers__calls")
    )
    return [_call(registration, at) for registration in waiting[:PAGE]]


def row(occurrence: Occurrence, at: datetime) -> dict[str, object]:
    """One occurrence in the desk's lists; here, unlike in public, with the numbers."""
    return {
        "occurrence": occurrence,
        "when": wording.when(occurrence, at),
        "url": reverse("events:desk_door", args=[occurrence.event.slug, occurrence.key]),
        "today": clock.local_day(occurrence.starts_at) == clock.local_day(at),
    }


def _call(registration: Registration, at: datetime) -> dict[str, object]:
    offers = [offer for offer in registration.offers.all() if offer.answered_at is None]
    return {
        "registration": registration,
        "row": row(registration.occurrence, at),
        "until": until_words(offers[0].expires_at, at) if offers else "",
        "attempts": list(offers[0].calls.all()) if offers else [],
    }


def _after(served: OccurrenceQuerySet, identifier: str) -> OccurrenceQuerySet:
    """What comes after the last row of the page before; from the beginning where the address names no such row."""
    try:
        last = served.filter(pk=UUID(identifier)).first() if identifier else None
    except ValueError:
        last = None
    return served.after(last.starts_at, last.pk) if last else served


def panel(request: HttpRequest, at: datetime) -> dict[str, object] | None:
    """Today's programme on the desk's first page."""
    if not isinstance(request.user, Person):
        return None
    day = clock.day_start(clock.local_day(at))
    served = Occurrence.objects.served_by(request.user, at=at).between(day, day + timedelta(days=1))
    rows = [row(occurrence, at) for occurrence in served.with_event().in_order()[:PAGE]]
    return {"rows": rows, "calls": len(to_call(request.user, at))}
