"""What the programme shows on other rooms' pages: my page, the first page, a centre's page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse

from digirum.base import clock, pagecache
from digirum.events import listing, wording
from digirum.events.models import Occurrence, Registration, State
from digirum.events.models.occurrence import OccurrenceQuerySet
from digirum.events.queries import held_at, my_registrations
from digirum.events.views.finding import address_of
from digirum.events.views.sign_up import until_words
from digirum.people.guards import person_of
from digirum.place.models import Centre
from digirum.topics.models import Level

MOST_TODAY = 6
MOST_AT_A_CENTRE = 5
FOR_BEGINNERS = 3


def mine(request: HttpRequest, at: datetime) -> dict[str, object] | None:
    """My page: what I signed up for, the next first."""
    person = person_of(request)
    if person is None:
        return None
    registrations = list(my_registrations(person, at))
    ahead = _ahead_of(registrations)
    return {"entries": [_entry(registration, ahead, at) for registration in registrations]}


def _ahead_of(registrations: list[Registration]) -> dict[object, int]:
    """How many stand before each of those that wait: one query for all."""
    waiting = [registration.pk for registration in registrations if registration.state == State.WAITING]
    before = (
        Registration.objects.filter(occurrence=OuterRef("occurrence"), state=State.WAITING, line__lt=OuterRef("line"))
        .order_by()
        .values("occurrence")
        .annotate(count=Count("pk"))
        .values("count")
    )
    counted = Registration.objects.filter(pk__in=waiting).annotate(ahead=Coalesce(Subquery(before), 0))
    return dict(counted.values_list("pk", "ahead")) if waiting else {}


def today(request: HttpRequest, at: datetime) -> dict[str, object]:
    """The first page: what is on today, or what comes next when nothing is."""
    tomorrow = clock.day_start(clock.local_day(at) + timedelta(days=1))
    seen = Occurrence.objects.visible_to(person_of(request), at=at).upcoming(at)
    rows = _rows(request, seen.filter(starts_at__lt=tomorrow), at, MOST_TODAY)
    is_today = bool(rows)
    if not rows:
        rows = _rows(request, seen, at, FOR_BEGINNERS)
    day = f"?dag={clock.local_day(at).isoformat()}" if is_today else ""
    return {
        "days": listing.by_day(rows, at),
        "is_today": is_today,
        "all_url": reverse("events:programme") + day,
        "programme_url": reverse("events:programme"),
    }


def for_beginners(request: HttpRequest, at: datetime) -> dict[str, object] | None:
    """The first page: what comes next for who is new."""
    seen = Occurrence.objects.visible_to(person_of(request), at=at).upcoming(at)
    wanted = seen.filter(event__level=Level.BASIC, cancellation__isnull=True)
    rows = _different(_rows(request, wanted, at, 8 * FOR_BEGINNERS))
    if not rows:
        return None
    return {"rows": rows[:FOR_BEGINNERS], "all_url": f"{reverse('events:programme')}?niva={Level.BASIC}"}


def at_centre(request: HttpRequest, centre: Centre, at: datetime) -> dict[str, object]:
    """A centre's page: what comes up there."""
    seen = Occurrence.objects.visible_to(person_of(request), at=at).upcoming(at)
    rows = _rows(request, seen.filter(held_at(centre.pk)), at, MOST_AT_A_CENTRE)
    return {"days": listing.by_day(rows, at), "all_url": f"{reverse('events:programme')}?center={centre.slug}"}


def _different(rows: list[listing.Row]) -> list[listing.Row]:
    """The first row of each event."""
    first: dict[object, listing.Row] = {}
    for row in rows:
        first.setdefault(row.event, row)
    return list(first.values())


def _rows(request: HttpRequest, wanted: OccurrenceQuerySet, at: datetime, most: int) -> list[listing.Row]:
    rows = listing.rows_of(listing.light(wanted)[:most], at)
    if (change := listing.first_change(rows)) is not None:
        pagecache.holds_until(request, change)
    return rows


def _entry(registration: Registration, ahead: dict[object, int], at: datetime) -> dict[str, object]:
    occurrence = registration.occurrence
    offers = [offer for offer in registration.offers.all() if offer.answered_at is None]
    offered = registration.state == State.OFFERED and bool(offers)
    return {
        "registration": registration,
        "occurrence": occurrence,
        "event": occurrence.event,
        "when": wording.when(occurrence, at),
        "place": listing.place_of(occurrence),
        "url": address_of(occurrence, "registration"),
        "answer_url": address_of(occurrence, "answer_offer"),
        "until": until_words(offers[0].expires_at, at) if offered else "",
        "position": ahead[registration.pk] + 1 if registration.pk in ahead else None,
    }
