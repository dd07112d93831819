"""What one has signed up for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def registration_detail(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def receipt(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def answer_offer(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def change_seats(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404


def cancel(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Not written yet."""
    raise Http404
