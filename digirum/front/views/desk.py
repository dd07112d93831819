"""The desk's first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from digirum.base import clock, registries
from digirum.front.views.panels import drawn
from digirum.people.guards import for_roles
from digirum.people.rules import CENTRE_STAFF


@require_safe
@for_roles(*CENTRE_STAFF)
def desk(request: HttpRequest) -> HttpResponse:
    """What a guide does, one tap away; each room draws its own part."""
    panels = drawn(registries.desk_panels, request, clock.now())
    return render(request, "front/desk.html", {"panels": panels})
