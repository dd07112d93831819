"""The public pages of centres."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digirum.base import clock, pagecache
from digirum.base.languages import said
from digirum.base.pagecache import public_page
from digirum.place import pages, words
from digirum.place.hours import state_at
from digirum.place.models import Centre
from digirum.place.queries import schedule_of
from digirum.place.structured_data import as_script, centre_data


@public_page(depends=("place",))
def centre_list(request: HttpRequest) -> HttpResponse:
    """Every centre, with whether it is open now."""
    rows = pages.centre_rows(request, Centre.objects.in_order().select_related("picture"), clock.now())
    return render(request, "place/centre_list.html", {"centres": rows})


def _keys(_request: HttpRequest, slug: str) -> Iterable[str]:
    return (f"centre:{slug}", "topics", *pages.panel_keys())


@public_page(depends=_keys)
def centre(request: HttpRequest, slug: str) -> HttpResponse:
    """One centre: hours, the way there, accessibility, languages, what it helps with, what is on."""
    now = clock.now()
    found: Centre = get_object_or_404(Centre.objects.select_related("picture"), slug=slug)
    schedule = schedule_of(found)
    pagecache.holds_until(request, state_at(schedule, now).changes_at)
    facts, spoken = list(found.accessibility_facts.all()), list(found.spoken_languages.all())
    url = settings.ORIGIN + reverse("place:centre", args=[found.slug])
    picture = pages.picture_of(found)
    context = {
        "centre": found,
        "name": said(found, "name").text,
        "title": words.marked(said(found, "name")),
        "summary": words.marked(said(found, "summary")),
        "how_to_find": words.written(said(found, "how_to_find")),
        "what_is_there": words.written(said(found, "what_is_there")),
        "fallback_notice": words.foreign(said(found, "summary")),
        "address": pages.address_of(found),
        "hours": pages.hours_of_page(schedule, now),
        "accessibility": pages.accessibility_rows(facts),
        "languages_by_day": words.languages_by_day(spoken),
        "help": pages.help_rows(found.help_given.select_related("topic")),
        "picture": picture,
        "panels": pages.panels_of(request, found, now),
        "crumbs": [(_("Visit us"), reverse("place:centre_list"))],
        "structured_data": as_script(
            centre_data(
                found,
                schedule=schedule,
                facts=facts,
                spoken=spoken,
                url=url,
                image=settings.ORIGIN + str(picture["src"]),
            )
        ),
    }
    return render(request, "place/centre.html", context)


@public_page(depends=_keys)
def centre_print(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet for the printer: hours, the way there, and a code that leads back to the page."""
    now = clock.now()
    found = get_object_or_404(Centre, slug=slug)
    schedule = schedule_of(found)
    path = reverse("place:centre", args=[found.slug])
    context = {
        "centre": found,
        "name": said(found, "name").text,
        "title": words.marked(said(found, "name")),
        "how_to_find": words.written(said(found, "how_to_find")),
        "address": pages.address_of(found),
        "hours": pages.hours_of_page(schedule, now),
        "accessibility": pages.accessibility_rows(found.accessibility_facts.all()),
        "languages_by_day": words.languages_by_day(found.spoken_languages.all()),
        "back_url": path,
        "canonical_url": settings.ORIGIN + path,
    }
    return render(request, "place/centre_print.html", context)
