"""Plain rows for the templates: texts chosen, links built and hours said once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from digirum.base import clock, pagecache
from digirum.base.languages import said
from digirum.place import words
from digirum.place.hours import Schedule, first_change, state_at
from digirum.place.models import AccessibilityFact, Centre, CentreHelp, Drawing
from digirum.place.queries import schedules_of
from digirum.place.registries import centre_panels

SOON = timedelta(days=45)
PICTURE = "fill-960x540|format-webp"
ANSWERS = {"yes": ("circle-check", "success"), "partly": ("info", "info"), "no": ("ban", "warning")}


def centre_rows(request: HttpRequest, centres: Iterable[Centre], now: datetime) -> list[dict[str, Any]]:
    """A row for each centre, and until when they hold said to the page cache."""
    every = list(centres)
    schedules = schedules_of(every)
    pagecache.holds_until(request, first_change(schedules.values(), now))
    return [centre_row(centre, schedules[centre.pk], now) for centre in every]


def centre_row(centre: Centre, schedule: Schedule, now: datetime) -> dict[str, Any]:
    """What a card says of a centre."""
    state = state_at(schedule, now)
    today = words.say_openings(schedule.openings(clock.local_day(now)))
    return {
        "centre": centre,
        "name": words.marked(said(centre, "name")),
        "summary": words.marked(said(centre, "summary")),
        "url": reverse("place:centre", args=[centre.slug]),
        "address": address_of(centre),
        "open": state.is_open,
        "state": words.say_state(state, now),
        "today": _("Today: %(hours)s") % {"hours": today},
        "picture": picture_of(centre),
    }


def address_of(centre: Centre) -> str:
    """The address in one line."""
    town = " ".join(part for part in (centre.postcode, centre.city) if part)
    return ", ".join(part for part in (centre.street, town) if part)


def picture_of(centre: Centre) -> dict[str, Any]:
    """The centre's photograph, or our drawing, which says nothing that the text does not."""
    rendition = _rendition_of(centre)
    if centre.picture is not None and rendition is not None:
        return {
            "src": rendition.url,
            "alt": centre.picture.alt,
            "width": rendition.width,
            "height": rendition.height,
        }
    drawing = centre.drawing or Drawing.LIBRARY
    return {"src": static(f"place/{drawing}.svg"), "alt": "", "width": 960, "height": 540}


def _rendition_of(centre: Centre) -> Any:
    """The photograph as pages show it; None where there is none, or its file is gone."""
    try:
        return centre.picture.get_rendition(PICTURE) if centre.picture is not None else None
    except (SourceImageIOError, OSError):
        return None


def hours_of_page(schedule: Schedule, now: datetime) -> dict[str, Any]:
    """All that the centre's page says about hours."""
    today = clock.local_day(now)
    state = state_at(schedule, now)
    return {
        "open": state.is_open,
        "state": words.say_state(state, now),
        "coming": words.coming_days(schedule, today),
        "week": words.week_rows(schedule.week),
        "periods": words.period_rows(schedule, schedule.coming_periods(today, SOON), today),
        "closed_days": [
            {"day": words.say_days(day, day, today), "reason": words.marked(reason)}
            for day, reason in schedule.coming_closed_days(today, SOON)
        ],
    }


def accessibility_rows(facts: Iterable[AccessibilityFact]) -> list[dict[str, Any]]:
    """Each fact with the icon of its answer; the answer is always said in words too."""
    return [
        {
            "what": fact.get_kind_display(),
            "answer": fact.get_answer_display(),
            "icon": ANSWERS[fact.answer][0],
            "tone": ANSWERS[fact.answer][1],
            "note": words.marked(said(fact, "note")),
        }
        for fact in facts
    ]


def help_rows(given: Iterable[CentreHelp]) -> dict[str, list[dict[str, Any]]]:
    """What a centre helps with (``help``) and what it does not, with who does (``no_help``)."""
    rows: dict[str, list[dict[str, Any]]] = {"help": [], "no_help": []}
    for help_given in given:
        rows["help" if help_given.stance == CentreHelp.Stance.HELP else "no_help"].append(
            {
                "name": words.marked(said(help_given.topic, "name")),
                "url": reverse("place:help_topic", args=[help_given.topic.slug]),
                "note": words.marked(said(help_given, "note")),
                "who_does": words.marked(said(help_given, "who_does")),
                "link": help_given.link,
            }
        )
    return rows


def panels_of(request: HttpRequest, centre: Centre, now: datetime) -> list[SafeString]:
    """What lower rooms show on the centre's page, drawn."""
    drawn = []
    for panel in sorted(centre_panels, key=lambda entry: (entry.order, entry.name)):
        context = panel.context(request, centre, now)
        if context is not None:
            drawn.append(render_to_string(panel.template, context, request))
    return drawn


def panel_keys() -> tuple[str, ...]:
    """The generations on which the panels of a centre's page depend."""
    return tuple(key for panel in centre_panels for key in panel.keys)
