"""Shared computers: how one is recognised, and how everything is wiped from its screen."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from digirum.people.models import SharedComputer

COOKIE = "delad-dator"
_SALT = "people.shared_computer"
_AGE = timedelta(days=400)  # the longest that browsers keep a cookie


def here(request: HttpRequest) -> UUID | None:
    """Which shared computer the request comes from; None from any other. Costs a read only where there is a cookie.

    The signed cookie names the computer; its row says whether it is still shared. So a cookie that was left behind, or
    put back from a copy, makes nothing shared again.
    """
    told = request.COOKIES.get(COOKIE)
    if not told:
        return None
    try:
        computer = UUID(signing.TimestampSigner(salt=_SALT).unsign(told, max_age=_AGE))
    except (signing.BadSignature, ValueError):
        return None
    return computer if SharedComputer.objects.filter(pk=computer, ended_at__isnull=True).exists() else None


def mark(response: HttpResponseBase, computer: SharedComputer) -> None:
    """Makes the browser that gets this response a shared computer."""
    response.set_cookie(
        COOKIE,
        signing.TimestampSigner(salt=_SALT).sign(str(computer.pk)),
        max_age=_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def unmark(response: HttpResponseBase) -> None:
    """Makes the browser an ordinary one again."""
    response.delete_cookie(COOKIE, samesite="Lax")


def wipe(request: HttpRequest, response: HttpResponseBase) -> None:
    """Asks the browser to forget what this site left: pages, storage, and every cookie but the shared computer's own.

    ``Clear-Site-Data`` (W3C) without "cookies", because that would take the shared computer's mark too.
    """
    shared = here(request) is not None
    response.headers["Clear-Site-Data"] = '"cache", "storage"' if shared else '"storage"'
    if shared:
        for name in request.COOKIES.keys() - {COOKIE, settings.SESSION_COOKIE_NAME}:
            response.delete_cookie(name, samesite="Lax")
