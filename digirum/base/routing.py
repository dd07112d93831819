"""Which database a query goes to: reads may go to a replica, but never behind the back of somebody who has just written.

With ``DATABASE_REPLICA_URL`` set, reads go to the replica until the request (or task) writes; from then on, and for as
long as the visitor's cookie says so, it reads what it wrote: on the primary. Without a replica nothing here matters.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase

PRIMARY = "default"
REPLICA = "replica"
COOKIE = "nyss"
STICKY_SECONDS = 15

_sticky: ContextVar[bool] = ContextVar("reads_primary", default=False)
_wrote: ContextVar[bool] = ContextVar("wrote", default=False)


def stay_on_primary() -> None:
    """From here on, this request reads the primary: what it shows must not be older than what it knows."""
    _sticky.set(True)


def wrote() -> None:
    """Says that this request has written, where no queryset says so: what follows in it reads the primary."""
    _sticky.set(True)
    _wrote.set(True)


def has_replica() -> bool:
    """Whether there is another database to read."""
    return REPLICA in settings.DATABASES


class Router:
    """Django's question "which database?" answered (``DATABASE_ROUTERS``)."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The replica, unless there is none, or a write or a lock has tied this request to the primary."""
        if _sticky.get() or not has_replica():
            return PRIMARY
        return REPLICA

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """The primary; and all that follows in this request reads it too."""
        wrote()
        return PRIMARY

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool:
        """Both are the same data."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """A replica gets its tables from the primary."""
        return db == PRIMARY


class StickyMiddleware:
    """Starts each request afresh, and ties whoever wrote to the primary for a few seconds more, by a short cookie.

    The cookie is set only after a write (which follows a form), and only where there is a replica. Requests that may
    write (all but GET, HEAD and OPTIONS) read the primary from the start.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Ties, answers, and remembers."""
        if not has_replica():
            return self.get_response(request)
        _wrote.set(False)
        _sticky.set(COOKIE in request.COOKIES or request.method not in {"GET", "HEAD", "OPTIONS"})
        response = self.get_response(request)
        if _wrote.get() and hasattr(response, "set_cookie"):
            response.set_cookie(
                COOKIE,
                "1",
                max_age=STICKY_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response
