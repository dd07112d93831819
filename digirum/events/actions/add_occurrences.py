"""Setting times for an event: one, or a series."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base import clock
from digirum.base.audience import Audience
from digirum.base.refusal import Refused
from digirum.events.actions.hold import show_anew
from digirum.events.models import LONGEST, Event, Occurrence
from digirum.events.rules import demand, may_edit
from digirum.journal.record import record
from digirum.people.models import Person
from digirum.place.models import Centre

MOST_AT_ONCE = 104


class Seats(Enum):
    """How many seats, when no number is said."""

    AS_EVENT = "as the event says"


AS_EVENT: Literal[Seats.AS_EVENT] = Seats.AS_EVENT
type Capacity = int | Literal[Seats.AS_EVENT] | None


def add_occurrence(
    *,
    by: Person | None,
    at: datetime,
    event: Event,
    starts_at: datetime,
    ends_at: datetime,
    capacity: Capacity = AS_EVENT,
    centre: Centre | None = None,
    place_name: str = "",
    address: str = "",
) -> Occurrence:
    """Adds one time. ``capacity`` None means room for all; ``centre`` or ``place_name`` where it differs from the event."""
    period = (starts_at, ends_at)
    place = {"centre": centre, "place_name": place_name, "address": address}
    return _add(by=by, at=at, event=event, periods=[period], capacity=capacity, place=place)[0]


def add_series(
    *,
    by: Person | None,
    at: datetime,
    event: Event,
    first_day: date,
    starts: time,
    ends: time,
    times: int,
    every_weeks: int = 1,
    skip: Collection[date] = frozenset(),
    capacity: Capacity = AS_EVENT,
    centre: Centre | None = None,
    place_name: str = "",
    address: str = "",
) -> list[Occurrence]:
    """Adds ``times`` weeks (those on a day in ``skip`` left out), at the same time by the clock on the wall all year.

    An end that is not after the start is on the next day.
    """
    if not 1 <= times <= MOST_AT_ONCE or every_weeks < 1:
        raise Refused(
            _("Choose between 1 and %(most)d times.") % {"most": MOST_AT_ONCE}, code="too-many-times", field="times"
        )
    days = (first_day + timedelta(weeks=every_weeks * number) for number in range(times))
    over_midnight = timedelta(days=0 if ends > starts else 1)
    periods = [
        (clock.at_local(day, starts), clock.at_local(day + over_midnight, ends)) for day in days if day not in skip
    ]
    place = {"centre": centre, "place_name": place_name, "address": address}
    return _add(by=by, at=at, event=event, periods=periods, capacity=capacity, place=place)


def window(event: Event, starts_at: datetime) -> tuple[datetime | None, datetime]:
    """When sign-up opens (None: it is open) and closes for something that starts then, by the event's rule.

    Days are counted on the calendar: sign-up opens at the same time by the clock on the wall.
    """
    opens = None
    if event.opens_days_before is not None:
        local = clock.local(starts_at)
        opens = clock.at_local(local.date() - timedelta(days=event.opens_days_before), local.time())
    closes = starts_at - timedelta(hours=event.closes_hours_before)
    return (min(opens, closes) if opens else None), closes


def check_period(starts_at: datetime, ends_at: datetime) -> None:
    """That it ends after it starts, and within what the calendar holds."""
    if ends_at <= starts_at:
        raise Refused(_("Choose an end that is after the start."), code="ends-before-start", field="ends_at")
    if ends_at - starts_at >= LONGEST:
        raise Refused(
            _("This would last two weeks or more. Add several times instead."), code="too-long", field="ends_at"
        )


def same_start() -> Refused:
    """The refusal when the event has a time with that start."""
    return Refused(
        _("The event has a time with this start already. Choose another start."), code="same-start", field="starts_at"
    )


def _add(
    *,
    by: Person | None,
    at: datetime,
    event: Event,
    periods: list[tuple[datetime, datetime]],
    capacity: Capacity,
    place: dict[str, Any],
) -> list[Occurrence]:
    with transaction.atomic():
        # The event is held, so that its rule cannot change while times are set by it.
        event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
        if by is not None:
            demand(may_edit(by, event, at=at))
        for starts_at, ends_at in periods:
            check_period(starts_at, ends_at)
        if Occurrence.objects.filter(event=event, starts_at__in=[start for start, _end in periods]).exists():
            raise same_start()
        seats = event.default_capacity if isinstance(capacity, Seats) else capacity
        added = [_planned(event, period, seats, at, place) for period in periods]
        Occurrence.objects.bulk_create(added)
        for occurrence in added:
            audience = Audience.PUBLIC if event.is_public else Audience.ORGANISATION
            record(by=by, verb="events.occurrence_added", noun=occurrence, at=at, audience=audience)
        show_anew(event)
        return added


def _planned(
    event: Event, period: tuple[datetime, datetime], seats: int | None, at: datetime, place: dict[str, Any]
) -> Occurrence:
    starts_at, ends_at = period
    opens, closes = window(event, starts_at)
    return Occurrence(
        event=event,
        starts_at=starts_at,
        ends_at=ends_at,
        capacity=seats,
        seat_ceiling=seats,
        registration_opens_at=opens,
        registration_closes_at=closes,
        shown_to=event.shown_to,
        changed_at=at,
        **place,
    )
