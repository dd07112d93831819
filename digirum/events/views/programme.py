"""The programme."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def programme(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404
