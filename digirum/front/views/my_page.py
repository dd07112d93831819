"""What one person has here: messages, sign-ups, keys, settings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from digirum.base import clock, registries
from digirum.front.views.panels import drawn
from digirum.people.guards import me, signed_in


@require_safe
@signed_in
def my_page(request: HttpRequest) -> HttpResponse:
    """My page; each room draws its own part."""
    panels = drawn(registries.my_page_panels, request, clock.now())
    return render(request, "front/my_page.html", {"panels": panels, "person": me(request)})
