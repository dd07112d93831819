"""What the room gives to pages that gather: menu, home page, sitemap, open API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from digirum.base import registries
from digirum.base.languages import said
from digirum.base.registries import ApiRouter, MenuItem, Panel, PersonalData, SitemapSource
from digirum.people.guards import person_of
from digirum.place import api, pages, words
from digirum.place.models import Centre
from digirum.place.rules import centres_run_by
from digirum.topics.models import HelpTopic


def register() -> None:
    """Called once, when the apps are loaded."""
    registries.menu.register(
        MenuItem("place.visit", "place:centre_list", _("Visit"), icon="map-pin", accent="visit", order=50)
    )
    registries.home_panels.register(Panel("place.open_now", "place/_home_panel.html", open_now, order=10))
    for panels in (registries.desk_panels, registries.my_page_panels):
        panels.register(Panel("place.my_centres", "place/_run_panel.html", my_centres, order=50))
    registries.sitemap_sources.register(SitemapSource("place", public_paths))
    registries.api_routers.register(ApiRouter("place.centres", "/centres", api.router))
    for field in ("email", "phone"):
        registries.personal_data.register(
            PersonalData(
                model="place.Centre",
                field=field,
                purpose=_("To let visitors reach a centre. An address and a number of the centre, not of one person."),
                basis=_("Public interest: everyone can ask for help."),
                seen_by=_("Everyone."),
                kept=_("As long as the centre has it."),
                then=_("Deleted."),
            )
        )


def open_now(request: HttpRequest, now: datetime) -> dict[str, object] | None:
    """The centres with whether they are open, for the home page."""
    rows = pages.centre_rows(request, Centre.objects.in_order().select_related("picture"), now)
    return {"centres": rows} if rows else None


def my_centres(request: HttpRequest, now: datetime) -> dict[str, object] | None:
    """The centres that the person runs, on the desk's first page and on my page; nothing for all others."""
    rows = [
        {"name": words.marked(said(centre, "name")), "url": reverse("place:run", args=[centre.slug])}
        for centre in centres_run_by(person_of(request), at=now)
    ]
    return {"centres": rows} if rows else None


def public_paths() -> Iterator[tuple[str, datetime | None]]:
    """Every public page of the room, without language prefix."""
    yield "/center", None
    yield "/hjalp", None
    for slug in Centre.objects.values_list("slug", flat=True):
        yield f"/center/{slug}", None
    for slug in HelpTopic.objects.values_list("slug", flat=True):
        yield f"/hjalp/{slug}", None
