"""Opening hours as a coordinator writes them for one day: "10–18", or "10-12, 13.30-18", or nothing for closed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.place.hours import Opening

_TIME = r"(\d{1,2})(?:[.:](\d{2}))?"
_SPAN = re.compile(rf"(?:kl\.?\s*)?{_TIME}\s*(?:[-–—]|till|to)\s*{_TIME}", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;]|\boch\b|\band\b|\n)\s*", re.IGNORECASE)


def read_openings(weekday: int, text: str) -> list[Opening]:
    """The openings that a text means; ``Refused`` with what to write instead where it means none."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    return [_read(weekday, part) for part in parts]


def write_openings(openings: Iterable[Opening]) -> str:
    """The text that ``read_openings`` reads back: "10–12, 13.30–18"."""
    return ", ".join(f"{_short(opening.opens)}–{_short(opening.closes)}" for opening in sorted(openings))


def _read(weekday: int, part: str) -> Opening:
    match = _SPAN.fullmatch(part)
    if match is None:
        raise _not_understood(weekday, part)
    hours, minutes = (int(match[1]), int(match[3])), (int(match[2] or 0), int(match[4] or 0))
    try:
        return Opening(weekday, time(hours[0], minutes[0]), time(hours[1], minutes[1]))
    except ValueError:
        raise _not_understood(weekday, part) from None


def _not_understood(weekday: int, part: str) -> Refused:
    return Refused(
        _("“%(text)s” is not a time that we understand. Write for example 10–18, or 10–12, 13–18.") % {"text": part},
        code="hours-not-understood",
        field=f"day_{weekday}",
    )


def _short(clock_time: time) -> str:
    return f"{clock_time.hour}.{clock_time.minute:02d}" if clock_time.minute else str(clock_time.hour)
