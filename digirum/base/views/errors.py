"""Error pages in plain words, in the language of the address. None of them asks the database for anything."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation

from digirum.base import languages, maintenance
from digirum.base.context import layout

OPEN_IN_MAINTENANCE = ("/health/", "/static/")
RETRY_SECONDS = 120
LAST_RESORT = (
    '<!DOCTYPE html><html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Något gick fel</title><h1>Något gick fel</h1>"
    "<p>Det är vårt fel, inte ditt. Vänta en stund och ladda sidan igen.</p></html>"
)


def error_page(request: HttpRequest, status: int, **words: object) -> HttpResponse:
    """The page for a status, drawn without context processors, session and database. Always an answer."""
    language = languages.of_path(request.path_info)
    with translation.override(language.code):
        try:
            signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
            context = {**layout(request), "status": status, "signed_in": signed_in, **words}
            html: str = render_to_string(f"{status}.html", context)
        except Exception:
            # Whatever is wrong with the template, the visitor gets a page.
            logging.getLogger(__name__).exception("The error page could not be drawn")
            html = LAST_RESORT
    return HttpResponse(html, status=status, headers={"Content-Language": language.html, "Cache-Control": "no-store"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address or the form could not be read."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with the reason that it mostly has: the form had been open for too long."""
    return error_page(request, 403, form_too_old=True)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return error_page(request, 404)


def too_many(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429: come back in so many seconds."""
    response = error_page(request, 429, seconds=seconds, minutes=-(-seconds // 60))
    response.headers["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when the database does not answer, because that passes."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return closed(request)
    return error_page(request, 500)


def closed(request: HttpRequest) -> HttpResponse:
    """503: back soon."""
    response = error_page(request, 503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


class MaintenanceMiddleware:
    """Answers 503 to all but health checks and style sheets while the room is closed for maintenance."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Looks at the sign on the door first."""
        if maintenance.is_on() and not request.path_info.startswith(OPEN_IN_MAINTENANCE):
            return closed(request)
        return self.get_response(request)


class WrongMethodMiddleware:
    """Gives the bare 405 of Django's decorators a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Keeps the ``Allow`` header."""
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not getattr(response, "content", b""):
            page = error_page(request, 405)
            page.headers["Allow"] = response.headers.get("Allow", "")
            return page
        return response
