"""An occurrence for people's own calendars (RFC 5545)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, vGeo
from icalendar import Event as CalendarEvent

from digirum.base import clock, languages, text
from digirum.base.languages import said
from digirum.events.models import Occurrence
from digirum.place.models import Centre


def calendar(occurrence: Occurrence) -> bytes:
    """The file. Its UID stays and its SEQUENCE grows when the occurrence is moved or called off, so that a calendar
    that gets it again takes the change over instead of adding a second entry."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//Digirum//{settings.SITE_NAME}//{languages.current().html.upper()}")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add_component(_entry(occurrence))
    start, end = occurrence.starts_at.date(), occurrence.ends_at.date()
    made.add_missing_timezones(start - timedelta(days=366), end + timedelta(days=366))
    return bytes(made.to_ical())


def _entry(occurrence: Occurrence) -> CalendarEvent:
    event = occurrence.event
    address = settings.ORIGIN + reverse("events:occurrence", args=[event.slug, occurrence.key])
    entry = CalendarEvent()
    entry.add("uid", f"{occurrence.pk}@{settings.ORIGIN.split('//', 1)[-1]}")
    entry.add("dtstamp", max(occurrence.changed_at, event.changed_at))
    entry.add("last-modified", max(occurrence.changed_at, event.changed_at))
    entry.add("sequence", occurrence.sequence)
    entry.add("status", "CANCELLED" if occurrence.is_cancelled else "CONFIRMED")
    entry.add("dtstart", clock.local(occurrence.starts_at))
    entry.add("dtend", clock.local(occurrence.ends_at))
    entry.add("summary", said(event, "name").text)
    entry.add("description", _description(occurrence, address))
    entry.add("url", address)
    if place := _location(occurrence):
        entry.add("location", place)
    centre = occurrence.place
    if centre is not None and centre.latitude is not None and centre.longitude is not None:
        entry.add("geo", vGeo((float(centre.latitude), float(centre.longitude))))
    return entry


def _description(occurrence: Occurrence, address: str) -> str:
    event = occurrence.event
    words = said(event, "summary").text or text.plain(said(event, "description").text)
    reason = occurrence.cancellation.reason if occurrence.is_cancelled else ""
    return "\n\n".join(part for part in (reason, words, address) if part)


def _location(occurrence: Occurrence) -> str:
    centre = occurrence.place
    parts = _of_centre(centre) if centre is not None else (occurrence.where, occurrence.street)
    return ", ".join(part for part in parts if part)


def _of_centre(centre: Centre) -> tuple[str, ...]:
    return said(centre, "name").text, centre.street, f"{centre.postcode} {centre.city}".strip()
