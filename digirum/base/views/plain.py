"""Addresses for machines: robots, maps, contact in case of a security hole, icons, the web manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from digirum.base import clock, languages, registries
from digirum.base.pagestore import CACHE_AWAY

PAGES_A_FILE = 2_000
MOST_FILES = 50
KEEP_SECONDS = 3600
NOT_FOR_ROBOTS = ("/redaktion/", "/disk", "/samordna", "/min-sida", "/mitt-konto", "/logga-in", "/health/")
ICONS = {"favicon.ico": "icon-32.png", "apple-touch-icon.png": "icon-180.png"}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """All may be read by all; the demo room by nobody's search engine."""
    rules = ["/"] if settings.DEMO else NOT_FOR_ROBOTS
    lines = ["User-agent: *", *(f"Disallow: {rule}" for rule in rules), f"Sitemap: {settings.ORIGIN}/sitemap.xml", ""]
    return _text("\n".join(lines))


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a security hole (RFC 9116)."""
    expires = clock.day_start(clock.local_day(clock.now()) + timedelta(days=180))
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: sv, en",
        f"Canonical: {settings.ORIGIN}/.well-known/security.txt",
        "",
    ]
    return _text("\n".join(lines))


def _text(words: str) -> HttpResponse:
    return HttpResponse(words, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "max-age=3600"})


@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """The icons that browsers ask for by name, without reading the page."""
    return HttpResponseRedirect(
        static(f"base/images/{ICONS[name]}"), headers={"Cache-Control": "public, max-age=86400"}
    )


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The site as an app on a home screen, in the language of the address."""
    language = languages.current()
    icons = [(f"icon-{size}.png", f"{size}x{size}", "image/png") for size in (192, 512)]
    told = {
        "name": f"{settings.SITE_NAME} {settings.CITY_NAME}",
        "short_name": settings.SITE_NAME,
        "lang": language.html,
        "dir": language.direction,
        "start_url": f"/{language.prefix}",
        "scope": "/",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#76232f",
        "icons": [
            {"src": static(f"base/images/{name}"), "sizes": sizes, "type": kind}
            for name, sizes, kind in [*icons, ("favicon.svg", "any", "image/svg+xml")]
        ],
    }
    return HttpResponse(
        json.dumps(told, ensure_ascii=False),
        content_type="application/manifest+json",
        headers={"Cache-Control": "max-age=3600"},
    )


# The map of the site -----------------------------------------------------------------------------------------------------


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The files of the map: as many as the public pages need, 50 at most."""
    return _xml("sitemap-index", _draw_index)


@require_safe
def sitemap(request: HttpRequest, number: int) -> HttpResponse:
    """One file of the map: 2,000 pages, each in every language, with the others as alternates."""
    if not 1 <= number <= MOST_FILES:
        raise Http404
    return _xml(f"sitemap-{number}", lambda: _draw_part(number))


def _pages() -> Iterator[tuple[str, datetime | None]]:
    yield from islice(
        (page for source in registries.sitemap_sources for page in source.pages()), PAGES_A_FILE * MOST_FILES
    )


def _draw_index() -> str:
    files = max(1, -(-sum(1 for _page in _pages()) // PAGES_A_FILE))
    urls = [settings.ORIGIN + reverse("sitemap_part", args=[number]) for number in range(1, files + 1)]
    return render_to_string("base/sitemap_index.xml", {"urls": urls})


def _draw_part(number: int) -> str:
    start = (number - 1) * PAGES_A_FILE
    pages = list(islice(_pages(), start, start + PAGES_A_FILE))
    if not pages and number > 1:
        raise Http404
    rows = []
    for path, changed in pages:
        addresses = [(each.html, settings.ORIGIN + languages.in_language(path, each)) for each in languages.LANGUAGES]
        rows += [{"url": url, "changed": changed, "alternates": addresses} for _tag, url in addresses]
    return render_to_string("base/sitemap.xml", {"rows": rows})


def _xml(name: str, draw: Callable[[], str]) -> HttpResponse:
    """The map may be an hour old: it is drawn at most that often."""
    try:
        words = caches["default"].get(name)
        if words is None:
            with translation.override(languages.DEFAULT.code):
                words = draw()
            caches["default"].set(name, words, KEEP_SECONDS)
    except CACHE_AWAY:
        words = draw()
    return HttpResponse(words, content_type="application/xml", headers={"Cache-Control": f"max-age={KEEP_SECONDS}"})
