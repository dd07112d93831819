"""Dates and times as people say them, and texts that know their language."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import formats, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from digirum.base import clock, languages, text

register = template.Library()


def say_day(day: date, today: date | None) -> str:
    """A day as people say it: "i dag", "i morgon", "tisdag 13 februari", with the year where it is another one.

    On paper nobody knows which day it is read: without ``today`` it is said in full, with the year.
    """
    if day == today:
        return gettext("today")
    if today is not None and day == today + timedelta(days=1):
        return gettext("tomorrow")
    weekday = formats.date_format(day, "l")
    pattern = (
        gettext("%(weekday)s %(day)s %(month)s %(year)s")
        if today is None or day.year != today.year
        else gettext("%(weekday)s %(day)s %(month)s")
    )
    return pattern % {
        "weekday": weekday.lower() if translation.get_language() != "en" else weekday,
        "day": day.day,
        "month": formats.date_format(day, "F"),
        "year": day.year,
    }


def say_time(moment: datetime) -> str:
    """The wall clock's time as people say it: "kl. 13.00" in Swedish."""
    at = clock.local(moment)
    return gettext("at %(hour)02d:%(minute)02d") % {"hour": at.hour, "minute": at.minute}


def say_period(start: datetime, end: datetime, today: date | None) -> str:
    """A period: "tisdag 13 februari kl. 13.00–15.00"; both days where it crosses midnight. ``today`` as for a day."""
    first, last = clock.local(start), clock.local(end)
    if first.date() == last.date():
        return gettext("%(day)s, %(start)s–%(end)s") % {
            "day": say_day(first.date(), today),
            "start": say_time(start),
            "end": gettext("%(hour)02d:%(minute)02d") % {"hour": last.hour, "minute": last.minute},
        }
    return gettext("%(start_day)s %(start)s – %(end_day)s %(end)s") % {
        "start_day": say_day(first.date(), today),
        "start": say_time(start),
        "end_day": say_day(last.date(), today),
        "end": say_time(end),
    }


@register.filter
def day(moment: datetime | date) -> str:
    """``{{ moment|day }}``: the local day as people say it."""
    local_day = clock.local_day(moment) if isinstance(moment, datetime) else moment
    return say_day(local_day, clock.local_day(clock.now()))


@register.filter
def full_day(moment: datetime | date) -> str:
    """``{{ moment|full_day }}``: the local day with its year, never "today"; for paper."""
    return say_day(clock.local_day(moment) if isinstance(moment, datetime) else moment, None)


@register.filter
def clock_time(moment: datetime) -> str:
    """``{{ moment|clock_time }}``: the local time as people say it."""
    return say_time(moment)


@register.simple_tag
def period(start: datetime, end: datetime) -> str:
    """``{% period start end %}``: a period as people say it."""
    return say_period(start, end, clock.local_day(clock.now()))


@register.simple_tag
def said(noun: object, field: str) -> SafeString | str:
    """``{% said event "name" %}``: a translated field, marked with its language where it fell back."""
    words = languages.said(noun, field)
    if not words.text:
        return ""  # so that what stands instead of an empty text can be chosen with "or"
    if not words.fell_back or (words.language.code == "sv" and languages.current().code == "sv-simple"):
        return words.text
    return format_html('<span lang="{}" dir="{}">{}</span>', words.language.html, words.language.direction, words.text)


@register.filter
def markdown(written: str, heading: int = 3) -> SafeString:
    """``{{ guide.text|markdown }}``: what somebody wrote in Markdown, as safe HTML; see ``base.text``."""
    return text.render(written, heading=heading)
