"""Cancelling with a slip."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def cancel_by_slip(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def cancelled(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404
