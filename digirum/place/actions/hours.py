"""Setting when a centre is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.people.models import Person
from digirum.place.actions.steps import differs, done, locked, needs_swedish, overtaken, write
from digirum.place.hours import Opening
from digirum.place.models import Centre, ClosedDay, HoursPeriod, Weekday, WeeklyHours
from digirum.place.queries import opening_of


@transaction.atomic
def set_weekly_hours(
    *, by: Person | None, at: datetime, centre: Centre, openings: Iterable[Opening], revision: int
) -> Centre:
    """Sets the ordinary week. ``revision`` is the centre's ``hours_revision`` that the writer saw."""
    now = locked(by, at, centre)
    wanted = _checked(openings)
    if wanted == _present(now, None):
        return now
    if now.hours_revision != revision:
        raise overtaken(_present(now, None), now.hours_revision)
    _replace(now, None, wanted)
    write(now, {"hours_revision": revision + 1})
    done(by, at, now, "place.hours_set", now)
    return now


@transaction.atomic
def set_opening(
    *,
    by: Person | None,
    at: datetime,
    centre: Centre,
    opening: Opening,
    period: HoursPeriod | None = None,
    row: WeeklyHours | None = None,
) -> WeeklyHours:
    """Adds one opening to the ordinary week or a period's, or (``row``) changes one that is there."""
    now = locked(by, at, centre)
    if period is not None and period.centre_id != now.pk:
        raise Refused(
            _("This period belongs to another centre. Choose one of this centre's."), code="foreign", field="period"
        )
    others = WeeklyHours.objects.filter(centre=now, period=period)
    _checked([opening, *(opening_of(other) for other in others if row is None or other.pk != row.pk)])
    one = row or WeeklyHours(centre=now)
    write(one, {"period": period, "weekday": opening.weekday, "opens": opening.opens, "closes": opening.closes})
    _count_revision(now, period)
    done(by, at, now, "place.opening_set", one)
    return one


@transaction.atomic
def remove_opening(*, by: Person | None, at: datetime, row: WeeklyHours) -> None:
    """Takes one opening away."""
    now = locked(by, at, row.centre)
    _count_revision(now, row.period)
    done(by, at, now, "place.opening_removed", row)
    row.delete()


@transaction.atomic
def add_period(
    *,
    by: Person | None,
    at: datetime,
    centre: Centre,
    first_day: date,
    last_day: date,
    openings: Iterable[Opening],
    names: Mapping[str, Any],
) -> HoursPeriod:
    """Adds days with another week: both days counted, no openings for closed. ``names`` are ``name_sv`` and so on."""
    now = locked(by, at, centre)
    wanted = _checked(openings)
    _check_period(now, None, first_day, last_day, names)
    period = HoursPeriod(centre=now, first_day=first_day, last_day=last_day)
    write(period, names)
    _replace(now, period, wanted)
    done(by, at, now, "place.period_added", period)
    return period


@transaction.atomic
def change_period(
    *,
    by: Person | None,
    at: datetime,
    period: HoursPeriod,
    first_day: date,
    last_day: date,
    openings: Iterable[Opening],
    names: Mapping[str, Any],
    revision: int,
) -> HoursPeriod:
    """Changes a period. ``revision`` is the one that the writer saw."""
    centre = locked(by, at, period.centre)
    now = HoursPeriod.objects.get(pk=period.pk)
    wanted = _checked(openings)
    values = {"first_day": first_day, "last_day": last_day, **names}
    if not differs(now, values) and wanted == _present(centre, now):
        return now
    if now.revision != revision:
        raise overtaken((now, _present(centre, now)), now.revision)
    _check_period(centre, now, first_day, last_day, names)
    write(now, {**values, "revision": revision + 1})
    _replace(centre, now, wanted)
    done(by, at, centre, "place.period_changed", now)
    return now


@transaction.atomic
def remove_period(*, by: Person | None, at: datetime, period: HoursPeriod) -> None:
    """Takes a period away; the ordinary week holds on its days."""
    centre = locked(by, at, period.centre)
    done(by, at, centre, "place.period_removed", period)
    period.delete()


@transaction.atomic
def close_day(*, by: Person | None, at: datetime, centre: Centre, day: date, reasons: Mapping[str, Any]) -> ClosedDay:
    """Closes one day, whatever the week says. ``reasons`` are ``reason_sv`` and so on. Twice is the same as once."""
    now = locked(by, at, centre)
    needs_swedish(reasons, "reason", _("Say in Swedish why it is closed, such as “Julafton”."))
    closed = ClosedDay.objects.filter(centre=now, day=day).first() or ClosedDay(centre=now, day=day)
    if closed.pk and not differs(closed, reasons):
        return closed
    write(closed, reasons)
    done(by, at, now, "place.day_closed", closed)
    return closed


@transaction.atomic
def reopen_day(*, by: Person | None, at: datetime, closed: ClosedDay) -> None:
    """Takes a closed day away."""
    centre = locked(by, at, closed.centre)
    done(by, at, centre, "place.day_reopened", closed)
    closed.delete()


def _checked(openings: Iterable[Opening]) -> list[Opening]:
    """The openings in order; ``Refused`` where one ends before it begins or two overlap."""
    wanted = sorted(openings)
    for opening in wanted:
        if opening.closes <= opening.opens:
            raise Refused(
                _("%(day)s: closing time must come after opening time, on the same day.")
                % {"day": Weekday(opening.weekday).label},
                code="closes-before-it-opens",
                field=f"day_{opening.weekday}",
            )
    for first, second in pairwise(wanted):
        if first.weekday == second.weekday and second.opens < first.closes:
            raise Refused(
                _("%(day)s: two times overlap. Write them as one, or leave a gap.")
                % {"day": Weekday(first.weekday).label},
                code="hours-overlap",
                field=f"day_{first.weekday}",
            )
    return wanted


def _check_period(
    centre: Centre, period: HoursPeriod | None, first_day: date, last_day: date, names: Mapping[str, Any]
) -> None:
    needs_swedish(names, "name", _("Write a name in Swedish, such as “Sommar”."))
    if last_day < first_day:
        raise Refused(
            _("The last day comes before the first. Change one of them."), code="ends-before-start", field="last_day"
        )
    others = (
        HoursPeriod.objects.overlapping(first_day, last_day)
        .filter(centre=centre)
        .exclude(pk=period.pk if period else None)
    )
    if other := others.first():
        raise Refused(
            _("%(name)s has hours of its own for some of these days. Choose other days, or change that period.")
            % {"name": other.name},
            code="periods-overlap",
            field="first_day",
        )


def _count_revision(centre: Centre, period: HoursPeriod | None) -> None:
    if period is None:
        write(centre, {"hours_revision": centre.hours_revision + 1})
    else:
        write(period, {"revision": period.revision + 1})


def _present(centre: Centre, period: HoursPeriod | None) -> list[Opening]:
    rows = WeeklyHours.objects.filter(centre=centre, period=period)
    return sorted(opening_of(row) for row in rows)


def _replace(centre: Centre, period: HoursPeriod | None, openings: list[Opening]) -> None:
    WeeklyHours.objects.filter(centre=centre, period=period).delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(centre=centre, period=period, weekday=opening.weekday, opens=opening.opens, closes=opening.closes)
        for opening in openings
    )
