"""Reading settings: text size, contrast, light or dark. Kept in a cookie of their own, set only when somebody chooses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from django.http import HttpRequest, HttpResponseBase

COOKIE = "lasning"
CHOICES: dict[str, tuple[str, ...]] = {
    "size": ("", "large", "larger"),
    "contrast": ("", "more"),
    "theme": ("", "light", "dark"),
    "aloud": ("", "on"),
}


@dataclass(frozen=True)
class Reading:
    """How a person wants to read. An empty value follows the device."""

    size: str = ""
    contrast: str = ""
    theme: str = ""
    aloud: str = ""

    def __str__(self) -> str:
        return ".".join(getattr(self, entry.name) for entry in fields(self))

    @classmethod
    def parse(cls, text: str) -> Reading:
        """Reads a cookie's value. Whatever is not a known choice counts as not chosen."""
        reading = cls()
        for name, value in zip(CHOICES, text.split("."), strict=False):
            if value in CHOICES[name]:
                reading = replace(reading, **{name: value})
        return reading


class ReadingMiddleware:
    """Puts the visitor's reading settings on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Reads the cookie; writes nothing."""
        request.reading = of_request(request)  # type: ignore[attr-defined]  # a request carries what middlewares add
        return self.get_response(request)


def of_request(request: HttpRequest) -> Reading:
    """The reading settings of the request: those that a middleware put there, else the cookie's."""
    found = getattr(request, "reading", None)
    return found if isinstance(found, Reading) else Reading.parse(request.COOKIES.get(COOKIE, ""))
