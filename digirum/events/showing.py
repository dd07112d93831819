"""What the programme gives to the pages that gather: menu, panels, sitemap, open API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from digirum.base import registries
from digirum.base.registries import ApiRouter, MenuItem, Panel, SitemapSource
from digirum.events import api, panels
from digirum.events.models import Event
from digirum.events.views import desk
from digirum.place.registries import CentrePanel, centre_panels


def register() -> None:
    """Called once, when the apps are loaded."""
    registries.menu.register(
        MenuItem("events.programme", "events:programme", _("Programme"), "calendar-days", "programme", order=10)
    )
    registries.desk_panels.register(Panel("events.desk", "events/desk/_panel.html", desk.panel, order=20))
    registries.my_page_panels.register(Panel("events.mine", "events/panels/mine.html", panels.mine, order=20))
    registries.home_panels.register(Panel("events.today", "events/panels/today.html", panels.today, order=20))
    registries.home_panels.register(
        Panel("events.beginners", "events/panels/beginners.html", panels.for_beginners, order=30)
    )
    centre_panels.register(
        CentrePanel("events.coming", "events/panels/centre.html", panels.at_centre, keys=("events",), order=20)
    )
    registries.sitemap_sources.register(SitemapSource("events", public_paths))
    registries.api_routers.register(ApiRouter("events", "", api.router))


def public_paths() -> Iterator[tuple[str, datetime | None]]:
    """Every public page of the programme, without language prefix."""
    yield "/program", None
    yield "/avboka", None
    for slug, changed_at in Event.objects.public().values_list("slug", "changed_at").iterator():
        yield f"/program/{slug}", changed_at
