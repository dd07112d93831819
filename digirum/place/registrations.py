"""What the room gives to pages that gather: menu, home page, sitemap, open API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from digirum.base import registries
from digirum.base.registries import ApiRouter, MenuItem, Panel, SitemapSource
from digirum.place import api, pages
from digirum.place.models import Centre
from digirum.topics.models import HelpTopic


def register() -> None:
    """Called once, when the apps are loaded."""
    registries.menu.register(
        MenuItem("place.visit", "place:centre_list", _("Visit"), icon="map-pin", accent="visit", order=50)
    )
    registries.home_panels.register(Panel("place.open_now", "place/_home_panel.html", open_now, order=10))
    registries.sitemap_sources.register(SitemapSource("place", public_paths))
    registries.api_routers.register(ApiRouter("place.centres", "/centres", api.router))


def open_now(request: HttpRequest, now: datetime) -> dict[str, object] | None:
    """The centres with whether they are open, for the home page."""
    rows = pages.centre_rows(request, Centre.objects.in_order().select_related("picture"), now)
    return {"centres": rows} if rows else None


def public_paths() -> Iterator[tuple[str, datetime | None]]:
    """Every public page of the room, without language prefix."""
    yield "/center", None
    yield "/hjalp", None
    for slug in Centre.objects.values_list("slug", flat=True):
        yield f"/center/{slug}", None
    for slug in HelpTopic.objects.values_list("slug", flat=True):
        yield f"/hjalp/{slug}", None
