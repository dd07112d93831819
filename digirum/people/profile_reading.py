"""Reading settings that a person keeps in their account: on every device where they sign in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from digirum.base import reading
from digirum.people.guards import person_of


class ProfileReadingMiddleware:
    """Where this browser has chosen nothing, the account's choice holds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Puts the account's settings on the request."""
        if reading.COOKIE not in request.COOKIES:
            person = person_of(request)
            if person is not None and person.reading:
                request.reading = reading.Reading.parse(person.reading)  # type: ignore[attr-defined]  # as in base.reading
        return self.get_response(request)
