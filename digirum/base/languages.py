"""The languages of the room: which there are, how an address tells them apart, and what is said when a text is missing.

Swedish has no prefix; the others do (``/latt/``, ``/en/``, ``/ar/``). The address alone decides the language: no cookie,
no guess from the browser, so that a page reads the same for everyone who is given its address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation


@dataclass(frozen=True)
class Language:
    """One language choice. ``html`` is its BCP 47 tag, ``prefix`` the first part of its addresses."""

    code: str
    name: str
    prefix: str
    html: str
    direction: str = "ltr"


LANGUAGES = (
    Language("sv", "Svenska", "", "sv"),
    Language("sv-simple", "Lättläst svenska", "latt/", "sv-x-simple"),
    Language("en", "English", "en/", "en"),
    Language("ar", "العربية", "ar/", "ar", "rtl"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
DEFAULT = BY_CODE["sv"]


def of_path(path: str) -> Language:
    """The language that an address path is in; Swedish where no prefix says otherwise."""
    first = path.lstrip("/").split("/", 1)[0] + "/"
    return next((language for language in LANGUAGES if language.prefix == first), DEFAULT)


def without_prefix(path: str) -> str:
    """The path with its language prefix taken away, starting with a slash."""
    return "/" + path.lstrip("/").removeprefix(of_path(path).prefix)


def in_language(path: str, language: Language) -> str:
    """The address of the same page in another language."""
    return f"/{language.prefix}{without_prefix(path)[1:]}"


def current() -> Language:
    """The language that the present thread speaks."""
    return BY_CODE.get(translation.get_language() or DEFAULT.code, DEFAULT)


class PrefixPattern(LocalePrefixPattern):
    """The first part of an address, as the present language wants it."""

    @property
    def language_prefix(self) -> str:
        """The prefix with its closing slash, or nothing for Swedish."""
        return current().prefix


def language_patterns(*patterns: URLPattern | URLResolver) -> list[URLPattern | URLResolver]:
    """These addresses in every language. Use it once, in the root address list."""
    return [RememberingResolver(PrefixPattern(prefix_default_language=False), list(patterns))]


class RememberingResolver(URLResolver):
    """Remembers which view an address led to: the rooms' lists of addresses are long, and most people ask for few."""

    @lru_cache(maxsize=2_000)  # noqa: B019 - there is one, as long as the process lives
    def _found(self, path: str, _prefix: str) -> ResolverMatch:
        return super().resolve(path)

    def resolve(self, path: str) -> ResolverMatch:
        """The view at an address; ``Resolver404`` where there is none."""
        return self._found(str(path), current().prefix)


class LanguageMiddleware:
    """Speaks the language of the address while the request lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers in the language of the path."""
        language = of_path(request.path_info)
        with translation.override(language.code):
            request.LANGUAGE_CODE = language.code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language.html)
        return response


@dataclass(frozen=True)
class Said:
    """A text with the language it is really in, for ``lang`` marks and the notice that a page fell back."""

    text: str
    language: Language

    @property
    def fell_back(self) -> bool:
        """Whether the reader asked for another language (plain Swedish does not count as another for Swedish)."""
        return self.language.code != current().code

    def __str__(self) -> str:
        return self.text


def said(noun: object, field: str) -> Said:
    """The translated field of a noun in the present language, or the Swedish text where there is none.

    The noun's model is registered with django-modeltranslation, which keeps one column a language.
    """
    language = current()
    text = getattr(noun, f"{field}_{language.code.replace('-', '_')}", None)
    if text:
        return Said(text, language)
    return Said(getattr(noun, f"{field}_{DEFAULT.code}", None) or "", DEFAULT)


if [code for code, _name in settings.LANGUAGES] != list(BY_CODE):
    raise ImproperlyConfigured("settings.LANGUAGES and digirum.base.languages do not name the same languages.")
