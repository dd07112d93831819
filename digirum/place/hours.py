"""When a centre is open: pure functions from a schedule and a moment to what a visitor wants to know.

Clock times are those of the wall. Where the clocks change, a time that the spring night skips is the moment of the jump,
and of a time that the autumn night shows twice an opening is the first and a closing the second: nobody who reads the
sign stands before a locked door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from digirum.base import clock
from digirum.base.languages import DEFAULT, Said

LOOK_AHEAD_DAYS = 120
NAMELESS = Said("", DEFAULT)


@dataclass(frozen=True, order=True)
class Opening:
    """One opening on a day of the week (Monday is 0), as the sign on the door says it."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Period:
    """Days with another week than the ordinary one, first and last counted. No openings means closed."""

    first_day: date
    last_day: date
    openings: tuple[Opening, ...] = ()
    name: Said = NAMELESS

    def covers(self, day: date) -> bool:
        """Whether the day is one of the period's."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Schedule:
    """All that decides when one centre is open: a closed day is stronger than a period, a period than the week."""

    week: tuple[Opening, ...] = ()
    periods: tuple[Period, ...] = ()
    closed: Mapping[date, Said] = field(default_factory=dict)

    def period_of(self, day: date) -> Period | None:
        """The period that the day belongs to; there is at most one."""
        return next((period for period in self.periods if period.covers(day)), None)

    def openings(self, day: date) -> tuple[Opening, ...]:
        """The openings of a day in order, by the wall clock. Empty when it is closed."""
        if day in self.closed:
            return ()
        period = self.period_of(day)
        week = period.openings if period else self.week
        return tuple(sorted(opening for opening in week if opening.weekday == day.weekday()))

    def coming_periods(self, today: date, within: timedelta) -> list[Period]:
        """Periods that go on or begin within the time, earliest first."""
        near = [period for period in self.periods if period.last_day >= today and period.first_day <= today + within]
        return sorted(near, key=lambda period: period.first_day)

    def coming_closed_days(self, today: date, within: timedelta) -> list[tuple[date, Said]]:
        """Closed days from today on, earliest first."""
        return sorted(
            ((day, reason) for day, reason in self.closed.items() if today <= day <= today + within), key=_day
        )


@dataclass(frozen=True)
class Interval:
    """A time during which the door is open (UTC). The end is outside."""

    start: datetime
    end: datetime


class Door(Enum):
    """What a visitor finds."""

    OPEN = "open"
    OPENS_TODAY = "opens-today"
    OPENS_TOMORROW = "opens-tomorrow"
    OPENS_LATER = "opens-later"
    CLOSED = "closed"


@dataclass(frozen=True)
class State:
    """The door at a moment. ``moment`` is when it closes (open) or opens next (closed, None if not for long).

    ``changes_at`` is the first moment at which something else must be said: a door that opens or closes, or midnight,
    when "tomorrow" becomes "today".
    """

    door: Door
    moment: datetime | None
    changes_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether one can walk in now."""
        return self.door is Door.OPEN


def intervals(schedule: Schedule, day: date) -> list[Interval]:
    """The times of a local day during which the door is open; openings that touch are one."""
    found: list[Interval] = []
    for opening in schedule.openings(day):
        start, end = wall_moment(day, opening.opens), wall_moment(day, opening.closes, last=True)
        if start >= end:
            continue  # the whole opening lies in the hour that the spring night skips
        if found and found[-1].end >= start:
            found[-1] = Interval(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Interval(start, end))
    return found


def state_at(schedule: Schedule, moment: datetime) -> State:
    """What a visitor finds at ``moment``."""
    today = clock.local_day(moment)
    midnight = clock.day_start(today + timedelta(days=1))
    for interval in intervals(schedule, today):
        if interval.start <= moment < interval.end:
            return State(Door.OPEN, interval.end, min(interval.end, midnight))
    opens = next_opening(schedule, moment)
    if opens is None:
        return State(Door.CLOSED, None, midnight)
    days = (clock.local_day(opens) - today).days
    door = {0: Door.OPENS_TODAY, 1: Door.OPENS_TOMORROW}.get(days, Door.OPENS_LATER)
    return State(door, opens, min(opens, midnight))


def next_opening(schedule: Schedule, moment: datetime) -> datetime | None:
    """When the door opens next after ``moment``; None if it does not within 120 days."""
    today = clock.local_day(moment)
    for ahead in range(LOOK_AHEAD_DAYS):
        for interval in intervals(schedule, today + timedelta(days=ahead)):
            if interval.start > moment:
                return interval.start
    return None


def first_change(schedules: Iterable[Schedule], moment: datetime) -> datetime:
    """Until when a page holds that says of several centres whether they are open."""
    midnight = clock.day_start(clock.local_day(moment) + timedelta(days=1))
    return min((state_at(schedule, moment).changes_at for schedule in schedules), default=midnight)


def wall_moment(day: date, clock_time: time, *, last: bool = False) -> datetime:
    """The moment (UTC) at which the wall clock shows a time; ``last`` picks the second where it is shown twice.

    A time that is never shown, in the spring night, is the moment of the jump.
    """
    wall = datetime.combine(day, clock_time, tzinfo=clock.zone())
    first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if first > second:
        return _jump(second, first)
    return second if last else first


def _jump(before: datetime, after: datetime) -> datetime:
    """The moment between the two at which the clocks change, to the second."""
    offset = clock.local(before).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if clock.local(middle).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _day(entry: tuple[date, Said]) -> date:
    return entry[0]
