"""What there is to know of an event, as rows for its page: when, where, for whom, in which languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from digirum.base.audience import Audience
from digirum.base.templatetags.words import said
from digirum.events import wording
from digirum.events.models import Attendance, Event, Occurrence
from digirum.people.models import Organisation
from digirum.place.models import Centre


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with its addresses in two widths; ``alt`` is empty for a drawing, which is decoration."""

    src: str
    alt: str
    width: int
    height: int
    srcset: str = ""
    credit: str = ""


def facts(event: Event, occurrence: Occurrence | None, at: datetime | None) -> list[dict[str, Any]]:
    """The facts of an event, or of one occurrence of it, for ``ui/facts.html``."""
    rows = [
        (_("When"), occurrence and wording.when(occurrence, at), "calendar-days"),
        (_("Where"), where(event, occurrence), "map-pin"),
        (_("For whom"), for_whom(event), "users"),
        (_("Languages"), _(", ").join(str(row) for row in event.languages.all()), "languages"),
        (_("Price"), price(event), "ticket"),
        (_("Seats"), _seats(event), "user-round"),
        (_("Accessibility"), _list(str(row) for row in event.access_facts.all()), "accessibility"),
        (_("Organiser"), _organisers(event.organisers.all()), "building-2"),
        (_("Questions"), event.contact, "message-circle"),
    ]
    return [{"label": label, "value": value, "icon": icon} for label, value, icon in rows if value]


def where(event: Event, occurrence: Occurrence | None) -> SafeString | str:
    """The place, with its street address; a centre leads to its page."""
    centre = occurrence.place if occurrence else event.centre
    if centre is not None:
        place = _centre(centre)
    elif occurrence is not None:
        place = _text_place(occurrence.where, occurrence.street)
    else:
        place = _text_place(event.place_name, event.address)
    if event.attendance == Attendance.ONLINE:
        return str(Attendance.ONLINE.label)
    if event.attendance == Attendance.MIXED:
        return format_html("{}<br>{}", place, _("You can also take part online."))
    return place


def for_whom(event: Event) -> SafeString | str:
    """Who is meant: audience, ages, and the level in plain words."""
    lines = []
    if event.audience != Audience.PUBLIC:
        lines.append(str(event.get_audience_display()))
    if words := wording.FOR_WHOM.get(event.level):
        lines.append(str(words))
    if years := wording.ages(event.age_from, event.age_to):
        lines.append(years)
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines or [_("For everyone.")]))


def price(event: Event) -> SafeString | str:
    """What it costs, for display only; without a word it is free."""
    return said(event, "price_text") or _("Free")


def picture(event: Event) -> Shown | None:
    """The event's picture, else its drawing, else none."""
    if event.picture is not None:
        try:
            small, large = (event.picture.get_rendition(f"fill-{size}|format-webp") for size in ("640x360", "1280x720"))
        except (SourceImageIOError, OSError):
            return None
        srcset = f"{small.url} 640w, {large.url} 1280w"
        return Shown(small.url, event.picture.alt, 640, 360, srcset, event.picture.credit)
    drawing = drawing_of(event)
    return Shown(drawing, "", 640, 360) if drawing else None


def drawing_of(event: Event) -> str:
    """The address of the event's drawing; empty where it has none, or its file is not there any more."""
    return staticfiles_storage.url(event.drawn_picture) if _is_there(event.drawn_picture) else ""


@cache
def _is_there(name: str) -> bool:
    return bool(name) and finders.find(name) is not None


def themes_of(event: Event) -> list[SafeString | str]:
    """What it is about, in a visitor's words."""
    return [said(theme, "name") for theme in (*event.themes.all(), *event.help_topics.all())]


def competences_of(event: Event) -> list[tuple[str, SafeString | str]]:
    """The competences that one practises: number and name."""
    return [(competence.number, said(competence, "name")) for competence in event.competences.all()]


def _centre(centre: Centre) -> SafeString:
    name = said(centre, "name")
    try:
        url = reverse("place:centre", args=[centre.slug])
    except NoReverseMatch:
        url = ""
    linked = format_html('<a href="{}">{}</a>', url, name) if url else name
    street = ", ".join(part for part in (centre.street, f"{centre.postcode} {centre.city}".strip()) if part)
    return format_html("{}<br>{}", linked, street) if street else format_html("{}", linked)


def _text_place(name: str, street: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((part,) for part in (name, street) if part))


def _seats(event: Event) -> str:
    if not event.needs_registration:
        return ""
    if event.seats_per_person > 1:
        return _("You can bring others: up to %(seats)d seats for each who signs up.") % {
            "seats": event.seats_per_person
        }
    return _("One seat for each who signs up.")


def _organisers(organisers: Iterable[Organisation]) -> SafeString | str:
    return format_html_join(_(", "), "{}", ((said(organiser, "name"),) for organiser in organisers))


def _list(lines: Iterable[str]) -> SafeString | str:
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html('<ul class="fact-list">{}</ul>', items) if items else ""
