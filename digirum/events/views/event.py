"""One event."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def event_detail(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def occurrence_list(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def event_print(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404
