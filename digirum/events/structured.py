"""Events as schema.org data (JSON-LD), with the fields that the city's own import and search engines read."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from digirum.base import clock, text
from digirum.base.languages import current, said
from digirum.events.about import picture
from digirum.events.models import AccessFact, Attendance, Availability, Event, Occurrence
from digirum.place.models import Centre
from digirum.topics.models import Level

type Data = dict[str, Any]

CONTEXT = "https://schema.org"
DIGCOMP = "https://joint-research-centre.ec.europa.eu/digcomp_en"
_MODES = {
    Attendance.ONSITE: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.MIXED: "MixedEventAttendanceMode",
}
_STOCK = {
    Availability.UNLIMITED: "InStock",
    Availability.FREE: "InStock",
    Availability.FEW: "LimitedAvailability",
    Availability.FULL: "SoldOut",
}
# What the event itself promises of the place; the rest of the facts are not about the building.
_PHYSICAL = {
    AccessFact.STEP_FREE: "stepFreeAccess",
    AccessFact.LIFT: "elevator",
    AccessFact.ACCESSIBLE_TOILET: "accessibleToilet",
    AccessFact.HEARING_LOOP: "hearingLoop",
    AccessFact.SIGN_LANGUAGE: "signLanguageInterpretation",
    AccessFact.WRITTEN_SPEECH: "captioning",
    AccessFact.LARGE_TEXT: "largePrint",
    AccessFact.QUIET_PLACE: "quietSpace",
    AccessFact.GUIDE_DOGS: "guideDogsAllowed",
}
_UNSAFE = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def script(data: Data) -> SafeString:
    """The data as a block that no browser runs; nothing in it can end the block."""
    written = json.dumps(data, ensure_ascii=False).translate(_UNSAFE)
    safe = mark_safe(written)  # noqa: S308 - what could end the element has been escaped above
    return format_html('<script type="application/ld+json">{}</script>', safe)


def event(noun: Event, occurrences: list[Occurrence], at: datetime) -> Data:
    """The event with the occurrences given: one for the page of an occurrence, the next ones for the event's own page."""
    first = occurrences[0] if occurrences else None
    data: Data = {
        "@context": CONTEXT,
        "@type": "Event",
        "identifier": str(first.pk if first and len(occurrences) == 1 else noun.pk),
        "name": said(noun, "name").text,
        "description": text.plain(said(noun, "description").text) or said(noun, "summary").text,
        "inLanguage": current().html,
        "url": _address(noun, first if len(occurrences) == 1 else None),
        "keywords": _keywords(noun),
        "organizer": [{"@type": "Organization", "name": said(one, "name").text} for one in noun.organisers.all()],
        "isAccessibleForFree": not said(noun, "price_text").text,
        "eventAttendanceMode": f"{CONTEXT}/{_MODES[Attendance(noun.attendance)]}",
        "physicalAccessibilityFeatures": _access(noun),
        "image": images(noun),
    }
    if first is not None:
        data |= _times(occurrences) | {"location": _location(noun, first), "offers": _offer(noun, first)}
    if noun.age_from is not None or noun.age_to is not None:
        data["typicalAgeRange"] = f"{noun.age_from or 0}-{'' if noun.age_to is None else noun.age_to}"
    if noun.attendance != Attendance.ONSITE:
        data["potentialAction"] = {"@type": "JoinAction", "target": noun.url or _address(noun, first)}
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def _address(noun: Event, occurrence: Occurrence | None) -> str:
    if occurrence is None:
        return settings.ORIGIN + reverse("events:event", args=[noun.slug])
    return settings.ORIGIN + reverse("events:occurrence", args=[noun.slug, occurrence.key])


def _times(occurrences: list[Occurrence]) -> Data:
    first = occurrences[0]
    state = "EventScheduled"
    data: Data = {
        "startDate": _local(first.starts_at),
        "endDate": _local(first.ends_at),
        "eventSchedule": [_schedule(occurrence) for occurrence in occurrences],
    }
    if len(occurrences) == 1:
        moved = first.moves.first()
        if moved is not None:
            state, data["previousStartDate"] = "EventRescheduled", _local(moved.from_starts_at)
        if first.is_cancelled:
            state = "EventCancelled"
    return data | {"eventStatus": f"{CONTEXT}/{state}"}


def _schedule(occurrence: Occurrence) -> Data:
    start, end = clock.local(occurrence.starts_at), clock.local(occurrence.ends_at)
    return {
        "@type": "Schedule",
        "startDate": start.date().isoformat(),
        "endDate": end.date().isoformat(),
        "startTime": f"{start:%H:%M:%S}",
        "endTime": f"{end:%H:%M:%S}",
        "scheduleTimezone": settings.TIME_ZONE,
    }


def _local(moment: datetime) -> str:
    return clock.local(moment).isoformat()


def _location(noun: Event, occurrence: Occurrence) -> Data | list[Data]:
    online: Data = {"@type": "VirtualLocation", "url": noun.url or _address(noun, occurrence)}
    if noun.attendance == Attendance.ONLINE:
        return online
    centre = occurrence.place
    if centre is not None:
        place = _place(said(centre, "name").text, centre.street, centre)
    else:
        place = _place(occurrence.where, occurrence.street, None)
    return [place, online] if noun.attendance == Attendance.MIXED else place


def _place(name: str, street: str, centre: Centre | None) -> Data:
    address: Data = {"@type": "PostalAddress", "streetAddress": street, "addressCountry": "SE"}
    if centre is not None:
        address |= {"postalCode": centre.postcode, "addressLocality": centre.city}
    place: Data = {"@type": "Place", "name": name, "address": {key: part for key, part in address.items() if part}}
    if centre is not None and centre.latitude is not None and centre.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(centre.latitude),
            "longitude": float(centre.longitude),
        }
    return place


def _keywords(noun: Event) -> list[Data]:
    kinds = _term_set(_("Kinds of event"), settings.ORIGIN + reverse("events:programme"))
    digcomp = _term_set("DigComp 3.0", DIGCOMP)
    themes = _term_set(_("Themes"), settings.ORIGIN + reverse("events:programme"))
    terms = [_term(noun.get_kind_display(), noun.kind, kinds)]
    if noun.level:
        terms.append(_term(str(Level(noun.level).label), noun.level, digcomp))
    terms += [_term(said(one, "name").text, one.number, digcomp) for one in noun.competences.all()]
    terms += [_term(said(one, "name").text, one.slug, themes) for one in noun.themes.all()]
    return terms + [_term(said(one, "name").text, one.slug, themes) for one in noun.help_topics.all()]


def _term(name: str, code: str, within: Data) -> Data:
    return {"@type": "DefinedTerm", "name": name, "termCode": code, "inDefinedTermSet": within}


def _term_set(name: str, url: str) -> Data:
    return {"@type": "DefinedTermSet", "name": name, "url": url}


def _access(noun: Event) -> list[str]:
    return [_PHYSICAL[AccessFact(row.fact)] for row in noun.access_facts.all() if row.fact in _PHYSICAL]


def _offer(noun: Event, occurrence: Occurrence) -> Data:
    """Seats as the public sees them. ``price`` is 0 where it is free; otherwise the words that the organiser wrote."""
    offer: Data = {
        "@type": "Offer",
        "url": _address(noun, occurrence),
        "availability": f"{CONTEXT}/{_STOCK[occurrence.availability]}",
        "priceCurrency": "SEK",
    }
    if price := said(noun, "price_text").text:
        offer["description"] = price
    else:
        offer["price"] = 0
    if occurrence.registration_opens_at is not None:
        offer["validFrom"] = _local(occurrence.registration_opens_at)
    return offer


def images(noun: Event) -> list[str]:
    """The addresses of the event's picture or drawing."""
    shown = picture(noun)
    return [settings.ORIGIN + shown.src] if shown else []
