"""Signing up."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def sign_up(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def waiting_list(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404
