"""How the visitor wants to read: a page of its own, so that it works without JavaScript."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from digirum.base import languages
from digirum.base.pagecache import public_page
from digirum.base.reading import CHOICES, COOKIE, Reading, of_request

YEAR = 365 * 24 * 60 * 60


@csrf_exempt  # it only sets a cookie of the visitor's own browser, and a token would set one before anything is chosen
@require_http_methods(["GET", "HEAD", "POST"])
@public_page(depends=(), params=("next",))
def reading(request: HttpRequest) -> HttpResponse:
    """Shows the choices; keeps them in a cookie for a year, only if something was chosen, and goes back."""
    if request.method != "POST":
        return render(
            request,
            "base/reading.html",
            {"action": reverse("base:reading"), "next": safe_path(request.GET.get("next", ""))},
        )
    _from_this_site(request)
    chosen = Reading(**{name: _choice(request, name) for name in CHOICES})
    response = HttpResponseRedirect(safe_path(request.POST.get("next", "")))
    if chosen == Reading():
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, str(chosen), max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
    return response


def safe_path(path: str) -> str:
    """The path if it leads to a page of this site, else the start page in the present language."""
    if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return f"/{languages.current().prefix}"


def _choice(request: HttpRequest, name: str) -> str:
    value = request.POST.get(name, getattr(of_request(request), name))
    return value if value in CHOICES[name] else ""


def _from_this_site(request: HttpRequest) -> None:
    """Refuses a form that another site has sent. Old browsers that tell neither header are believed."""
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    if site not in {"", "same-origin", "none"} or (
        not site and origin and urlsplit(origin).netloc != request.get_host()
    ):
        raise PermissionDenied
