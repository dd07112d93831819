"""How hours, days and languages are said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from digirum.base import clock
from digirum.base.languages import BY_CODE, DEFAULT, Language, Said, current
from digirum.base.templatetags.words import say_day, say_time
from digirum.base.text import render
from digirum.place.hours import Door, Opening, Period, Schedule, State
from digirum.place.models import SpokenLanguage, Weekday

DAYS_OF_A_WEEK = 7

# What the speakers call their language, for who looks for it on a page in another one.
OWN_NAMES = {
    "en": "English",
    "ar": "العربية",
    "so": "Soomaali",
    "fa": "فارسی / دری",
    "uk": "Українська",
    "fi": "Suomi",
    "ti": "ትግርኛ",
    "pl": "Polski",
    "bs": "Bosanski, hrvatski, srpski",
    "es": "Español",
}


def say_state(state: State, now: datetime) -> str:
    """Whether the door is open, in a sentence without a full stop: "Open now, closes at 18:00"."""
    if state.moment is None:
        return _("Closed until further notice")
    at = say_time(state.moment)
    if state.door is Door.OPEN:
        return _("Open now, closes %(time)s") % {"time": at}
    if state.door is Door.OPENS_TODAY:
        return _("Closed now, opens today %(time)s") % {"time": at}
    if state.door is Door.OPENS_TOMORROW:
        return _("Closed now, opens tomorrow %(time)s") % {"time": at}
    day = say_day(clock.local_day(state.moment), clock.local_day(now))
    return _("Closed now, opens on %(day)s %(time)s") % {"day": day, "time": at}


def say_clock(clock_time: time) -> str:
    """A time of the day as on a sign: "10.00" in Swedish."""
    return _("%(hour)02d:%(minute)02d") % {"hour": clock_time.hour, "minute": clock_time.minute}


def say_openings(openings: Iterable[Opening]) -> str:
    """The openings of one day as on a sign: "10.00–12.00, 13.00–18.00", or "Closed"."""
    times = [f"{say_clock(opening.opens)}–{say_clock(opening.closes)}" for opening in openings]
    return ", ".join(times) or _("Closed")


def say_days(first: date, last: date, today: date) -> str:
    """Some days in a row: "monday 22 June – sunday 16 August"."""
    if first == last:
        return say_day(first, today)
    return _("%(first)s – %(last)s") % {"first": say_day(first, today), "last": say_day(last, today)}


def coming_days(schedule: Schedule, today: date, days: int = 7) -> list[dict[str, Any]]:
    """Rows for the kit's table of hours: today and the days after it, with what differs from the ordinary week said."""
    rows = []
    for day in (today + timedelta(days=ahead) for ahead in range(days)):
        period = schedule.period_of(day)
        note = schedule.closed.get(day) or (period.name if period else None)
        rows.append(
            {
                "day": _capital(say_day(day, today)),
                "hours": say_openings(schedule.openings(day)),
                "today": day == today,
                "note": marked(note) if note else "",
            }
        )
    return rows


def week_rows(openings: Iterable[Opening]) -> list[dict[str, Any]]:
    """Rows for the kit's table of hours: the seven days of a week."""
    every = sorted(openings)
    return [
        {
            "day": _capital(str(weekday.label)),
            "hours": say_openings(opening for opening in every if opening.weekday == weekday),
        }
        for weekday in Weekday
    ]


def period_rows(schedule: Schedule, periods: Iterable[Period], today: date) -> list[dict[str, Any]]:
    """What is said of each period with other hours: its name, its days and its week."""
    return [
        {
            "name": marked(period.name),
            "days": say_days(period.first_day, period.last_day, today),
            "goes_on": period.covers(today),
            "rows": _period_hours(schedule, period, today),
            "is_closed": not period.openings,
        }
        for period in periods
    ]


def _period_hours(schedule: Schedule, period: Period, today: date) -> list[dict[str, Any]]:
    """The week of a period; a period of less than a week day by day."""
    length = (period.last_day - period.first_day).days + 1
    if length >= DAYS_OF_A_WEEK:
        return week_rows(period.openings)
    days = [period.first_day + timedelta(days=ahead) for ahead in range(length)]
    return [{"day": _capital(say_day(day, today)), "hours": say_openings(schedule.openings(day))} for day in days]


def tongue(code: str) -> dict[str, Any]:
    """A spoken language: what it is called here, and what its speakers call it with that language's direction."""
    known = BY_CODE.get(code, DEFAULT)
    direction = "rtl" if code in {"ar", "fa"} else known.direction if code in BY_CODE else "ltr"
    own = OWN_NAMES.get(code, "")
    label = str(SpokenLanguage.Tongue(code).label)
    return {"label": label, "own": "" if own.casefold() == label.casefold() else own, "lang": code, "dir": direction}


def languages_by_day(spoken: Iterable[SpokenLanguage]) -> list[dict[str, Any]]:
    """The spoken languages: first those of every day, then each weekday that has some of its own."""
    days: dict[int | None, list[dict[str, Any]]] = {}
    for row in spoken:
        days.setdefault(row.weekday, []).append(tongue(row.language))
    every = [{"day": _("Every day"), "languages": days[None]}] if None in days else []
    return every + [
        {"day": _capital(str(weekday.label)), "languages": days[weekday]} for weekday in Weekday if weekday in days
    ]


def foreign(text: Said) -> Language | None:
    """The language of a text that is not in the one asked for. (Plain Swedish is at home on an easy Swedish page.)"""
    at_home = text.language == DEFAULT and current().code == "sv-simple"
    return text.language if text.text and text.fell_back and not at_home else None


def marked(text: Said) -> SafeString | str:
    """The text, marked with its language where that is another than the page's."""
    other = foreign(text)
    if other is None:
        return text.text
    return format_html('<span lang="{}" dir="{}">{}</span>', other.html, other.direction, text.text)


def written(text: Said) -> SafeString:
    """A text in Markdown as HTML, marked with its language where that is another than the page's."""
    other, html = foreign(text), render(text.text)
    return html if other is None else format_html('<div lang="{}" dir="{}">{}</div>', other.html, other.direction, html)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
