"""Addresses for the tests of the house: small pages that show what a test has written."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path
from django.views.decorators.http import require_POST, require_safe

from digirum.base import clock, languages, pagecache, reading
from digirum.base.limits import limited
from digirum.base.models import Generation
from digirum.base.pagecache import public_page

FILLING = "Det här är en sida för alla. " * 20
rendered: list[str] = []


def _keys(request: HttpRequest, slug: str) -> Iterable[str]:
    return [f"shelf:{slug}"]


@require_safe
@public_page(depends=_keys, params=("day", "kind"))
def shelf(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows how often the shelf has changed, and all that the page may depend on."""
    rendered.append(request.get_full_path())
    number = Generation.objects.filter(key=f"shelf:{slug}").values_list("number", flat=True).first() or 0
    shown = f"{slug}={number} {request.GET.urlencode()} {languages.current().code} {reading.of_request(request)}"
    return HttpResponse(f"<p>{shown}</p><p>{FILLING}</p>")


@public_page(depends=["shelf:noon"])
def until_noon(request: HttpRequest) -> HttpResponse:
    """Says something that holds until noon."""
    now = clock.now()
    noon = now.replace(hour=11, minute=0, second=0, microsecond=0)
    if now < noon:
        pagecache.holds_until(request, noon)
    return HttpResponse("före" if now < noon else "efter")


@public_page(depends=["shelf:today"])
def today(request: HttpRequest) -> HttpResponse:
    """Names the day without a word to the cache."""
    return HttpResponse(clock.local_day(clock.now()).isoformat())


@public_page(depends=["shelf:a"])
def with_cookie(request: HttpRequest) -> HttpResponse:
    """Sets a cookie."""
    rendered.append("cookie")
    response = HttpResponse("kaka")
    response.set_cookie("kaka", "1")
    return response


@public_page(depends=["shelf:a"])
def with_form(request: HttpRequest) -> HttpResponse:
    """Holds a protected form."""
    rendered.append("form")
    return HttpResponse(get_token(request))


@public_page(depends=["shelf:a"])
def with_message(request: HttpRequest) -> HttpResponse:
    """Leaves a message."""
    rendered.append("message")
    messages.info(request, "Hej.")
    return HttpResponse("hej")


@public_page(depends=["shelf:a"])
def missing(request: HttpRequest) -> HttpResponse:
    """Is not there."""
    rendered.append("missing")
    return HttpResponse("nej", status=404)


@public_page(depends=["shelf:a"])
def streaming(request: HttpRequest) -> StreamingHttpResponse:
    """Comes in pieces."""
    rendered.append("streaming")
    return StreamingHttpResponse(iter(["a", "b"]))


@limited("knock", rate="2/m")
@require_POST
def knock(request: HttpRequest) -> HttpResponse:
    """May be done twice a minute."""
    return HttpResponse("välkommen")


def broken(request: HttpRequest) -> HttpResponse:
    """Fails."""
    raise ZeroDivisionError("anna@example.org")


def plain(request: HttpRequest) -> HttpResponse:
    """Is nobody's concern."""
    return HttpResponse("<p>hej</p>")


rooms = (
    [
        path("hylla/<slug:slug>", shelf, name="shelf"),
        path("middag", until_noon, name="until_noon"),
        path("i-dag", today, name="today"),
        path("kaka", with_cookie),
        path("formular", with_form),
        path("hej", with_message),
        path("borta", missing),
        path("bitar", streaming),
        path("knacka", knock, name="knock"),
        path("trasig", broken, name="broken"),
        path("vanlig", plain, name="plain"),
    ],
    "tests",
)
urlpatterns = [
    *languages.language_patterns(path("", include(rooms))),
    *import_module("digirum.urls").urlpatterns,
]
handler400 = "digirum.base.views.errors.bad_request"
handler403 = "digirum.base.views.errors.forbidden"
handler404 = "digirum.base.views.errors.not_found"
handler500 = "digirum.base.views.errors.server_error"
