"""One occurrence."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def occurrence_detail(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def calendar_file(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def occurrence_print(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404
