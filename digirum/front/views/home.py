"""The first page: is it open, what is on today, and the ways in for a beginner."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from digirum.base import clock, registries
from digirum.base.pagecache import public_page
from digirum.front.views.panels import drawn


@require_safe
@public_page(depends=("site", "events", "place", "topics"))
def home(request: HttpRequest) -> HttpResponse:
    """The home page; each room draws its own part."""
    panels = drawn(registries.home_panels, request, clock.now())
    return render(request, "front/home.html", {"panels": panels})
