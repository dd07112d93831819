"""What pages read of centres, in a fixed number of questions to the database however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from digirum.base.languages import Said, said
from digirum.place.hours import Opening, Period, Schedule
from digirum.place.models import Centre, ClosedDay, HoursPeriod, WeeklyHours


def schedules_of(centres: Iterable[Centre]) -> dict[int, Schedule]:
    """The schedule of each centre by its id: three questions to the database."""
    wanted = [centre.pk for centre in centres]
    weeks: dict[tuple[int, int | None], list[Opening]] = defaultdict(list)
    for row in WeeklyHours.objects.filter(centre__in=wanted).order_by("weekday", "opens"):
        weeks[row.centre_id, row.period_id].append(opening_of(row))
    periods: dict[int, list[Period]] = defaultdict(list)
    for period in HoursPeriod.objects.filter(centre__in=wanted).order_by("first_day"):
        openings = tuple(weeks[period.centre_id, period.pk])
        periods[period.centre_id].append(Period(period.first_day, period.last_day, openings, said(period, "name")))
    closed: dict[int, dict[date, Said]] = defaultdict(dict)
    for day in ClosedDay.objects.filter(centre__in=wanted).order_by("day"):
        closed[day.centre_id][day.day] = said(day, "reason")
    return {pk: Schedule(week=tuple(weeks[pk, None]), periods=tuple(periods[pk]), closed=closed[pk]) for pk in wanted}


def schedule_of(centre: Centre) -> Schedule:
    """The schedule of one centre."""
    return schedules_of([centre])[centre.pk]


def opening_of(row: WeeklyHours) -> Opening:
    """A row of opening hours as the plain value that ``hours`` reckons with."""
    return Opening(row.weekday, row.opens, row.closes)
