"""Whether the door is open, and what is said when it is not: on ordinary days and in both nights when clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digirum.base import clock
from digirum.base.languages import DEFAULT, Said
from digirum.place.hours import (
    Door,
    Interval,
    Opening,
    Period,
    Schedule,
    first_change,
    intervals,
    state_at,
    wall_moment,
)

MONDAY = date(2026, 11, 23)
WEEK = Schedule(
    week=(
        Opening(0, time(10), time(12)),
        Opening(0, time(13), time(18)),
        Opening(1, time(10), time(18)),
        Opening(3, time(12), time(20)),
    )
)
SPRING = date(2026, 3, 29)  # a Sunday: 02:00 becomes 03:00, at 01:00 UTC
AUTUMN = date(2026, 10, 25)  # a Sunday: 03:00 becomes 02:00, at 01:00 UTC


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return clock.at_local(day, time(hour, minute))


def test_a_door_is_open_from_its_first_minute_and_closed_from_its_last() -> None:
    assert not state_at(WEEK, at(MONDAY, 9, 59)).is_open
    assert state_at(WEEK, at(MONDAY, 10)).is_open
    assert state_at(WEEK, at(MONDAY, 11, 59)).is_open
    assert not state_at(WEEK, at(MONDAY, 12)).is_open


def test_an_open_door_says_when_it_closes() -> None:
    state = state_at(WEEK, at(MONDAY, 13, 30))
    assert (state.door, state.moment) == (Door.OPEN, at(MONDAY, 18))
    assert state.changes_at == at(MONDAY, 18)


@pytest.mark.parametrize(
    ("moment", "door", "opens"),
    [
        (at(MONDAY, 8), Door.OPENS_TODAY, at(MONDAY, 10)),
        (at(MONDAY, 12, 30), Door.OPENS_TODAY, at(MONDAY, 13)),
        (at(MONDAY, 20), Door.OPENS_TOMORROW, at(MONDAY + timedelta(1), 10)),
        (at(MONDAY + timedelta(1), 19), Door.OPENS_LATER, at(MONDAY + timedelta(3), 12)),
        (at(MONDAY + timedelta(3), 21), Door.OPENS_LATER, at(MONDAY + timedelta(7), 10)),
    ],
)
def test_a_closed_door_says_when_it_opens_next(moment: datetime, door: Door, opens: datetime) -> None:
    state = state_at(WEEK, moment)
    assert (state.door, state.moment) == (door, opens)


def test_what_is_said_of_a_closed_door_changes_at_midnight_at_the_latest() -> None:
    assert state_at(WEEK, at(MONDAY, 20)).changes_at == clock.day_start(MONDAY + timedelta(1))
    assert state_at(WEEK, at(MONDAY, 8)).changes_at == at(MONDAY, 10)


def test_openings_that_touch_are_one() -> None:
    schedule = Schedule(week=(Opening(0, time(10), time(12)), Opening(0, time(12), time(15))))
    assert intervals(schedule, MONDAY) == [Interval(at(MONDAY, 10), at(MONDAY, 15))]
    assert state_at(schedule, at(MONDAY, 11)).moment == at(MONDAY, 15)


def test_a_period_takes_the_place_of_the_ordinary_week_on_its_first_and_last_day() -> None:
    summer = Period(MONDAY, MONDAY + timedelta(1), (Opening(1, time(11), time(15)),))
    schedule = Schedule(week=WEEK.week, periods=(summer,))
    assert intervals(schedule, MONDAY) == []
    assert intervals(schedule, MONDAY + timedelta(1)) == [
        Interval(at(MONDAY + timedelta(1), 11), at(MONDAY + timedelta(1), 15))
    ]
    assert intervals(schedule, MONDAY - timedelta(7)) == intervals(WEEK, MONDAY - timedelta(7))


def test_a_closed_day_is_stronger_than_a_period() -> None:
    period = Period(MONDAY, MONDAY, (Opening(0, time(11), time(15)),))
    schedule = Schedule(week=WEEK.week, periods=(period,), closed={MONDAY: Said("Stängt", DEFAULT)})
    assert state_at(schedule, at(MONDAY, 12)).door is Door.OPENS_TOMORROW


def test_a_centre_without_hours_is_closed_and_says_no_day() -> None:
    state = state_at(Schedule(), at(MONDAY, 12))
    assert (state.door, state.moment) == (Door.CLOSED, None)
    assert state.changes_at == clock.day_start(MONDAY + timedelta(1))


def test_a_page_with_several_centres_holds_until_the_first_of_them_changes() -> None:
    late = Schedule(week=(Opening(0, time(9), time(21)),))
    assert first_change([WEEK, late], at(MONDAY, 13, 30)) == at(MONDAY, 18)
    assert first_change([], at(MONDAY, 13)) == clock.day_start(MONDAY + timedelta(1))


def test_ordinary_hours_are_the_same_on_the_wall_on_both_days_when_clocks_change() -> None:
    schedule = Schedule(week=(Opening(6, time(11), time(16)),))
    assert intervals(schedule, SPRING) == [
        Interval(datetime(2026, 3, 29, 9, tzinfo=UTC), datetime(2026, 3, 29, 14, tzinfo=UTC))
    ]
    assert intervals(schedule, AUTUMN) == [
        Interval(datetime(2026, 10, 25, 10, tzinfo=UTC), datetime(2026, 10, 25, 15, tzinfo=UTC))
    ]


def test_an_opening_across_the_spring_jump_is_an_hour_shorter() -> None:
    [night] = intervals(Schedule(week=(Opening(6, time(1), time(4)),)), SPRING)
    assert night.end - night.start == timedelta(hours=2)


def test_an_opening_across_the_autumn_hour_is_an_hour_longer() -> None:
    [night] = intervals(Schedule(week=(Opening(6, time(1), time(4)),)), AUTUMN)
    assert night.end - night.start == timedelta(hours=4)


def test_times_that_the_spring_night_skips_are_the_moment_of_the_jump() -> None:
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert wall_moment(SPRING, time(2)) == jump
    assert wall_moment(SPRING, time(2, 30)) == jump
    assert wall_moment(SPRING, time(2, 59, 59), last=True) == jump
    assert wall_moment(SPRING, time(3)) == jump
    assert intervals(Schedule(week=(Opening(6, time(2, 15), time(2, 45)),)), SPRING) == []
    [late] = intervals(Schedule(week=(Opening(6, time(2, 30), time(3, 10)),)), SPRING)
    assert late == Interval(jump, jump + timedelta(minutes=10))


def test_of_a_time_that_the_autumn_night_shows_twice_the_door_opens_at_the_first_and_closes_at_the_second() -> None:
    [night] = intervals(Schedule(week=(Opening(6, time(2, 15), time(2, 45)),)), AUTUMN)
    assert night == Interval(datetime(2026, 10, 25, 0, 15, tzinfo=UTC), datetime(2026, 10, 25, 1, 45, tzinfo=UTC))


@pytest.mark.parametrize(("day", "before"), [(SPRING, timedelta(hours=23)), (AUTUMN, timedelta(hours=25))])
def test_the_evening_before_a_change_of_clocks_says_tomorrow_at_the_right_moment(day: date, before: timedelta) -> None:
    schedule = Schedule(week=(Opening(6, time(10), time(16)),))
    state = state_at(schedule, at(day - timedelta(1), 22))
    assert state.door is Door.OPENS_TOMORROW
    assert state.moment is not None
    assert clock.local(state.moment).time() == time(10)
    assert clock.day_start(day + timedelta(1)) - clock.day_start(day) == before


@given(
    moment=st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is given beside
    hours=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 22), st.integers(1, 8)), max_size=8),
)
def test_nothing_changes_before_the_moment_at_which_it_is_said_to_change(
    moment: datetime, hours: list[tuple[int, int, int]]
) -> None:
    week = tuple(Opening(day, time(start), time(min(start + length, 23))) for day, start, length in hours)
    schedule = Schedule(week=week)
    state = state_at(schedule, moment)
    assert moment < state.changes_at
    just_before = state.changes_at - timedelta(seconds=1)
    if just_before > moment:
        later = state_at(schedule, just_before)
        assert (later.door, later.moment) == (state.door, state.moment)
