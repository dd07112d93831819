"""How the programme speaks of its nouns to people: icons, levels in plain words, and how it stands with the seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from digirum.base import clock
from digirum.base.templatetags.words import say_day, say_period, say_time
from digirum.events.models import LAST_HOUR, Availability, Kind, Occurrence
from digirum.topics.models import Level

ICONS: dict[str, tuple[str, str]] = {
    Kind.DROP_IN: ("door-open", "visit"),
    Kind.GUIDANCE: ("hand-helping", "learn"),
    Kind.THEME_EVENING: ("lightbulb", "learn"),
    Kind.COURSE: ("book-open", "learn"),
    Kind.STUDY_CIRCLE: ("users", "meet"),
    Kind.FAIR: ("laptop", "share"),
    Kind.YOUTH_TUTORS: ("smartphone", "meet"),
    Kind.OUTREACH: ("bus", "visit"),
    Kind.WORKSHOP: ("sparkles", "share"),
    Kind.LANGUAGES: ("languages", "learn"),
    Kind.TRAINING: ("building-2", "figures"),
    Kind.TALK: ("message-circle", "influence"),
    Kind.CELEBRATION: ("sparkles", "programme"),
}
"""The icon and the accent colour of each kind."""

FOR_WHOM: dict[str, Promise] = {
    Level.BASIC: gettext_lazy("For you who are new. You need not know anything beforehand."),
    Level.INTERMEDIATE: gettext_lazy(
        "For you who use phone or computer now and then, and want to do more by yourself."
    ),
    Level.ADVANCED: gettext_lazy("For you who manage most things, and want to learn something new."),
    Level.HIGHLY_ADVANCED: gettext_lazy("For you who are used to this, and want to go deep or help others."),
}
"""What a level means for somebody who wonders whether to come."""


@dataclass(frozen=True, slots=True)
class Status:
    """How it stands: a few words, with the tone and the icon that go with them."""

    label: str
    tone: str = ""
    icon: str = ""


def status(occurrence: Occurrence, at: datetime) -> Status:
    """What the public is told of one occurrence in a list; never an exact number of seats."""
    if occurrence.is_cancelled:
        return Status(_("Called off"), "danger", "ban")
    if occurrence.has_ended(at):
        return Status(_("Over"), "", "clock")
    if occurrence.starts_at <= at:
        return Status(_("Going on now"), "success", "clock")
    if not occurrence.event.needs_registration:
        return Status(_("Just come"), "success", "door-open")
    opens = occurrence.registration_opens_at
    if opens is not None and at < opens:
        day = say_day(clock.local_day(opens), clock.local_day(at))
        return Status(_("Sign-up opens %(day)s") % {"day": day}, "info", "calendar-days")
    if at >= occurrence.registration_closes_at:
        return Status(_("Sign-up has closed"), "", "lock")
    return _seats(occurrence.availability)


def _seats(availability: Availability) -> Status:
    tone, icon = {
        Availability.UNLIMITED: ("success", "users"),
        Availability.FREE: ("success", "circle-check"),
        Availability.FEW: ("warning", "hourglass"),
        Availability.FULL: ("warning", "list-ordered"),
    }[availability]
    return Status(str(availability.label), tone, icon)


def next_change(occurrence: Occurrence, at: datetime) -> datetime | None:
    """When what the public is told changes by the clock alone; None when it never does any more."""
    moments = (
        occurrence.registration_opens_at,
        occurrence.registration_closes_at,
        occurrence.starts_at - LAST_HOUR,
        occurrence.starts_at,
        occurrence.ends_at,
    )
    return min((moment for moment in moments if moment is not None and moment > at), default=None)


def hours(occurrence: Occurrence) -> str:
    """The time of day: "kl. 13.00–15.00"; with both days where it goes on past midnight."""
    start, end = clock.local(occurrence.starts_at), clock.local(occurrence.ends_at)
    if start.date() != end.date():
        return say_period(occurrence.starts_at, occurrence.ends_at, start.date())
    return _("%(start)s–%(end)s") % {
        "start": say_time(start),
        "end": _("%(hour)02d:%(minute)02d") % {"hour": end.hour, "minute": end.minute},
    }


def when(occurrence: Occurrence, at: datetime | None) -> str:
    """Day and time as people say them, seen from ``at``, with a capital at the start; in full for paper (None)."""
    said = say_period(occurrence.starts_at, occurrence.ends_at, clock.local_day(at) if at else None)
    return said[:1].upper() + said[1:]


def ages(lowest: int | None, highest: int | None) -> str:
    """For which ages; empty when for all."""
    if lowest is None and highest is None:
        return ""
    if highest is None:
        return _("From %(age)d years") % {"age": lowest}
    if lowest is None:
        return _("Up to %(age)d years") % {"age": highest}
    return _("%(from)d–%(to)d years") % {"from": lowest, "to": highest}


def unreached(number: int) -> str:
    """What those who run it must know after a change: for how many people nobody has told of it."""
    return ngettext(
        "%(number)d person left no contact data and may not know. Put up a note at the door, and tell whoever asks.",
        "%(number)d people left no contact data and may not know. Put up a note at the door, and tell whoever asks.",
        number,
    ) % {"number": number}
