"""The always-fresh page cache: public pages for visitors who have not signed in, never older than the last committed act.

A page is kept under everything that may change its bytes: address, known query parameters in order, language (it is in
the path), reading settings, the part that htmx asked for, and the release. Beside it stand the *generations* of all that
it shows, read on the primary **before** it was rendered. Whoever asks for it causes one indexed read of their present
numbers; if one differs, the page is rendered anew. So no process can serve what an act has made old, however many
there are and whatever they remember. ``docs/decisions/0001-page-cache.md`` tells why.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.urls import Resolver404, resolve
from django.utils import translation

from digirum.base import clock, languages, maintenance, reading, routing
from digirum.base.generations import SITE, read_generations
from digirum.base.pagestore import Page, PageKey, PageStore, get_shared, put_shared
from digirum.base.release import release

VARY = "Accept-Encoding, Cookie, HX-Request"
MOST_QUERY = 300
MOST_PATH = 300
SHORTEST_ZIPPED = 200
WAIT_FOR_ANOTHER = 2.0
_TARGET = re.compile(r"[\w#.: -]{0,60}")

_KEY = "digirum.page_key"
_RENDERING = "digirum.page_rendering"
_ASKED = "digirum.page_asked"

type Environ = dict[str, Any]
type Until = Callable[[HttpRequest, datetime], datetime | None]
type Depends = Callable[..., Iterable[str]] | Iterable[str]


@dataclass(frozen=True)
class Rule:
    """What ``public_page`` declares of a view."""

    params: tuple[str, ...]
    route: str = ""


@dataclass
class Rendering:
    """What is known of a page while it is rendered."""

    generations: dict[str, int]
    until: datetime


def public_page(
    *, depends: Depends, params: tuple[str, ...] = (), until: Until | None = None
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Lets the page cache keep what the view answers to visitors without a session.

    ``depends`` gives the generation keys of all that the page shows (``site`` is always among them); it may use the
    path's arguments and the declared query parameters, nothing else. ``params`` are the query parameters that matter:
    the view sees no other ones, and blank ones as if they were not there. A page holds at most until the next local
    midnight, because it may say "today"; ``until(request, now)`` or ``holds_until`` shorten that.
    The view sets no cookie and puts no form's protection in the page; an answer that does is not kept.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.META.get(_KEY) is None:
                return view(request, *args, **kwargs)
            query = known_query(request.META.get("QUERY_STRING", ""), params) or ""
            request.GET = QueryDict(query)
            request.META["QUERY_STRING"] = query
            routing.stay_on_primary()
            now = clock.now()
            keys = depends(request, **kwargs) if callable(depends) else depends
            rendering = Rendering(read_generations([SITE, *keys]), _next_midnight(now))
            request.META[_RENDERING] = rendering
            if until is not None and (moment := until(request, now)) is not None:
                holds_until(request, moment)
            return view(request, *args, **kwargs)

        wrapper.public_page = Rule(params)  # type: ignore[attr-defined]  # a mark that the cache looks for
        return wrapper

    return decorate


def is_for_the_cache(request: HttpRequest) -> bool:
    """Whether the page being rendered will be offered to the cache."""
    return _RENDERING in request.META


def holds_until(request: HttpRequest, moment: datetime) -> None:
    """The page being rendered is right only before ``moment``. The earliest of several counts."""
    rendering: Rendering | None = request.META.get(_RENDERING)
    if rendering is not None:
        rendering.until = min(rendering.until, moment)


def _next_midnight(now: datetime) -> datetime:
    return clock.day_start(clock.local_day(now) + timedelta(days=1))


def depends_on(request: HttpRequest, *keys: str) -> None:
    """Adds generation keys found while rendering. Call it before reading the data that they stand for."""
    rendering: Rendering | None = request.META.get(_RENDERING)
    if rendering is not None:
        fresh = read_generations(keys)
        rendering.generations = {**fresh, **rendering.generations}


# Finding a page ---------------------------------------------------------------------------------------------------------

_store = PageStore(settings.PAGE_CACHE_BYTES)
_in_work: dict[PageKey, threading.Event] = {}


def clear() -> None:
    """Forgets the pages of this process (tests)."""
    _store.clear()
    rule_of.cache_clear()


@functools.lru_cache(maxsize=4096)
def rule_of(path: str, urlconf: str) -> Rule | None:
    """What the view at this path has declared; None for one that is not public, and for no view at all."""
    with translation.override(languages.of_path(path).code):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    rule: Rule | None = getattr(match.func, "public_page", None)
    return rule and Rule(rule.params, match.view_name)


@functools.lru_cache(maxsize=256)
def _allowed(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def known_query(raw: str, params: tuple[str, ...]) -> str | None:
    """The declared parameters that are not blank, in order; None if the query is too long to be worth keeping."""
    if not raw or not params:
        return ""
    if len(raw) > 4 * MOST_QUERY:
        return None
    pairs = [(name, value) for name, value in parse_qsl(raw, max_num_fields=None) if name in params and value]
    query = urlencode(sorted(pairs))
    return query if len(query) <= MOST_QUERY else None


def path_at_the_door(environ: Environ) -> str:
    """The path of a request that Django has not read yet: WSGI hands over its bytes as Latin-1 (PEP 3333)."""
    return str(environ.get("PATH_INFO", "")).encode("latin-1").decode("utf-8", "replace")


def page_key(environ: Environ, path: str) -> PageKey | None:
    """What the answer to this request is kept under; None where nothing may be kept."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return None
    host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
    if len(path) > MOST_PATH or not _allowed(host):
        return None
    settled = ""
    if "HTTP_COOKIE" in environ:
        cookies = parse_cookie(environ["HTTP_COOKIE"])
        if any(name in cookies for name in settings.PAGE_CACHE_BYPASS_COOKIES):
            return None
        settled = str(reading.Reading.parse(cookies.get(reading.COOKIE, "")))
    rule = rule_of(path, settings.ROOT_URLCONF)
    if rule is None or (query := known_query(environ.get("QUERY_STRING", ""), rule.params)) is None:
        return None
    part = _part(environ)
    if part is None:
        return None
    return (release(), _scheme(environ), host, environ.get("SCRIPT_NAME", ""), path, query, settled, part)


def _scheme(environ: Environ) -> str:
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        if environ.get(header, "").split(",", 1)[0].strip() == secure:
            return "https"
    return str(environ.get("wsgi.url_scheme", "http"))


def _part(environ: Environ) -> str | None:
    """Which part of the page htmx asks for; empty for a whole page, None for something odd."""
    if "HTTP_HX_REQUEST" not in environ:
        return ""
    asked = [environ.get(f"HTTP_HX_{name}", "") for name in ("REQUEST", "REQUEST_TYPE", "TARGET", "BOOSTED")]
    return "|".join(asked) if all(_TARGET.fullmatch(text) for text in asked) else None


def find(key: PageKey) -> Page | None:
    """The page under ``key`` if it is as fresh as if it were rendered now. Costs at most one indexed read when it is."""
    now = clock.now()
    page = _store.get(key)
    if page is not None and _fresh(page, now):
        return page
    shared = get_shared(key)
    if shared is None or not _fresh(shared, now):
        return None
    _store.put(key, shared)
    return shared


def _fresh(page: Page, now: datetime) -> bool:
    return now < page.until and read_generations(page.generations) == page.generations


# Answering --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes to the visitor: the status line's number, headers, and bytes (none for HEAD and 304)."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    route: str = field(default="")


def look_up(environ: Environ, path: str) -> Answer | None:
    """The cache's answer to a request, or None. Notes in ``environ`` under which key the page may be kept."""
    environ[_ASKED] = True
    environ[_KEY] = key = None if maintenance.is_on() else page_key(environ, path)
    page = None if key is None else find(key)
    return None if page is None else answer(page, environ)


def answer(page: Page, environ: Environ) -> Answer:
    """The page in the form that this request wants: zipped or not, or the news that nothing has changed."""
    headers = list(page.headers)
    if _matches(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag):
        return Answer(304, [pair for pair in headers if pair[0] != "Content-Type"], b"", page.route)
    body = page.body
    if page.gzipped and _accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        body = page.gzipped
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    return Answer(200, headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body, page.route)


def _matches(header: str, etag: str) -> bool:
    """Whether ``If-None-Match`` names this page (RFC 9110 section 13.1.2, weak comparison)."""
    return bool(header) and (header.strip() == "*" or etag in [one.strip() for one in header.split(",")])


def _accepts_gzip(header: str) -> bool:
    for offer in header.split(","):
        coding, _semicolon, quality = offer.partition(";")
        if coding.strip().lower() == "gzip":
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def keep(key: PageKey, rendering: Rendering, response: HttpResponse, route: str) -> Page:
    """Makes a page of what was just rendered and keeps it, here and for the other processes."""
    body = response.content
    left_out = {"Content-Length", "Vary", "Cache-Control", "ETag", "Content-Encoding"}
    headers = [(name, value) for name, value in response.items() if name not in left_out]
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers += [("Cache-Control", "private, no-cache"), ("Vary", VARY), ("ETag", etag)]
    zipped = gzip.compress(body, 6, mtime=0) if len(body) >= SHORTEST_ZIPPED else b""
    page = Page(
        generations=rendering.generations,
        until=rendering.until,
        etag=etag,
        headers=tuple(headers),
        body=body,
        gzipped=zipped if len(zipped) < len(body) else b"",
        route=route,
    )
    _store.put(key, page)
    put_shared(key, page)
    return page


def may_keep(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer may be kept for others: a plain 200 to a GET, without a cookie and without a word against it."""
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.get("Cache-Control", "")
        and not response.has_header("Content-Encoding")
    )


class PageCacheMiddleware:
    """Answers from the cache before all other middleware, and keeps what the views with ``public_page`` rendered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Looks up, else renders and keeps. Threads that want the same new page wait for the first one's, shortly."""
        environ = request.META
        if not environ.get(_ASKED) and (found := look_up(environ, request.path_info)) is not None:
            return self._respond(found)
        key: PageKey | None = environ.get(_KEY)
        if key is None:
            return self._uncached(request, self.get_response(request))
        mine = threading.Event()
        another = _in_work.setdefault(key, mine)
        if another is not mine and another.wait(WAIT_FOR_ANOTHER) and (page := find(key)) is not None:
            return self._respond(answer(page, environ))
        try:
            return self._render(request, key)
        finally:
            if another is mine:
                _in_work.pop(key, None)
                mine.set()

    def _render(self, request: HttpRequest, key: PageKey) -> HttpResponseBase:
        response = self.get_response(request)
        rendering: Rendering | None = request.META.get(_RENDERING)
        if rendering is None or not may_keep(request, response):
            return self._uncached(request, response)
        route = request.resolver_match.view_name if request.resolver_match else ""
        page = keep(key, rendering, cast("HttpResponse", response), route)
        answered = self._respond(answer(page, request.META))
        answered._resource_closers = response._resource_closers  # type: ignore[attr-defined]  # closed with the answer
        return answered

    def _respond(self, found: Answer) -> HttpResponse:
        response = HttpResponse(found.body, status=found.status)
        del response.headers["Content-Type"]
        for name, value in found.headers:
            response.headers[name] = value
        return response

    def _uncached(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """HTML that is not kept here is kept nowhere else either."""
        if response.get("Content-Type", "").startswith("text/html"):
            personal = settings.SESSION_COOKIE_NAME in request.COOKIES
            response.headers.setdefault("Cache-Control", "private, no-store" if personal else "private, no-cache")
        return response


def look_up_at_the_door(environ: Environ) -> Answer | None:
    """Like ``look_up``, before Django has begun: hands the database connection back itself, and leaves trouble to Django."""
    try:
        return look_up(environ, path_at_the_door(environ))
    except DatabaseError:
        connections["default"].close()
        return None
    finally:
        connections["default"].close_if_unusable_or_obsolete()
