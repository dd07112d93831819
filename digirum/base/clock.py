"""The only place that asks what time it is. Everything else takes the time as an argument."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def zone() -> ZoneInfo:
    """The time zone of the city's walls clocks (``DIGIRUM_TIME_ZONE``)."""
    return ZoneInfo(settings.TIME_ZONE)


def local(moment: datetime) -> datetime:
    """The same moment as the clock on the wall shows it."""
    return moment.astimezone(zone())


def local_day(moment: datetime) -> date:
    """The calendar day on which the moment falls in the city."""
    return local(moment).date()


def at_local(day: date, clock_time: time) -> datetime:
    """The moment (UTC) at which the wall clock shows ``clock_time`` on ``day``.

    A time that the spring night skips becomes the moment after the gap; one that the autumn night
    shows twice is the first of the two (PEP 495, ``fold=0``).
    """
    return datetime.combine(day, clock_time, tzinfo=zone()).astimezone(UTC)


def day_start(day: date) -> datetime:
    """The first moment (UTC) of a local day."""
    return at_local(day, time.min)
