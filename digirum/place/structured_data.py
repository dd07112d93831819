"""A centre for machines: schema.org Place, as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from digirum.base.languages import said
from digirum.base.text import plain
from digirum.place.hours import Opening, Period, Schedule
from digirum.place.models import AccessibilityFact, Centre, SpokenLanguage

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON that may stand inside a ``<script type="application/ld+json">``: nothing in it ends the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped just before


def centre_data(
    centre: Centre,
    *,
    schedule: Schedule,
    facts: list[AccessibilityFact],
    spoken: list[SpokenLanguage],
    url: str,
    image: str,
) -> dict[str, Any]:
    """The centre as schema.org Place and Library: address, hours with exceptions, accessibility, languages."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["Place", "Library"],
        "@id": url,
        "url": url,
        "identifier": centre.slug,
        "name": str(said(centre, "name")),
        "description": plain(str(said(centre, "summary"))),
        "isAccessibleForFree": True,
        "publicAccess": True,
        "image": image,
        "address": _address(centre),
        "telephone": centre.phone,
        "email": centre.email,
        "openingHoursSpecification": [_opening(opening) for opening in schedule.week],
        "specialOpeningHoursSpecification": _special(schedule),
        "amenityFeature": [_feature(fact) for fact in facts],
    }
    if centre.latitude is not None and centre.longitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(centre.latitude),
            "longitude": float(centre.longitude),
        }
    if spoken:
        contact = {"@type": "ContactPoint", "availableLanguage": list(dict.fromkeys(row.language for row in spoken))}
        data["contactPoint"] = contact | ({"telephone": centre.phone} if centre.phone else {})
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def _address(centre: Centre) -> dict[str, str]:
    return {
        "@type": "PostalAddress",
        "streetAddress": centre.street,
        "postalCode": centre.postcode,
        "addressLocality": centre.city,
        "addressCountry": "SE",
    }


def _opening(opening: Opening) -> dict[str, str]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"https://schema.org/{DAYS[opening.weekday]}",
        "opens": f"{opening.opens:%H:%M}",
        "closes": f"{opening.closes:%H:%M}",
    }


def _special(schedule: Schedule) -> list[dict[str, str]]:
    """Periods and closed days. A closed one has the same time twice, as the vocabulary wants it."""
    rows: list[dict[str, str]] = []
    for period in schedule.periods:
        rows += [_opening(opening) | _valid(period) for opening in period.openings] or [_closed() | _valid(period)]
    for day in sorted(schedule.closed):
        rows.append(_closed() | _valid(Period(day, day)))
    return rows


def _closed() -> dict[str, str]:
    return {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00"}


def _valid(period: Period) -> dict[str, str]:
    return {"validFrom": period.first_day.isoformat(), "validThrough": period.last_day.isoformat()}


def _feature(fact: AccessibilityFact) -> dict[str, Any]:
    known = {AccessibilityFact.Answer.YES: True, AccessibilityFact.Answer.NO: False}
    return {
        "@type": "LocationFeatureSpecification",
        "name": str(fact.get_kind_display()),
        "value": known.get(AccessibilityFact.Answer(fact.answer), str(fact.get_answer_display())),
    }
