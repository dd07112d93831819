"""The programme by month."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def this_month(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def month(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404
