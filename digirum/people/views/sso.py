"""Signing in with the city's single sign-on (OpenID Connect, by django-allauth)."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from digirum.base import clock, limits
from digirum.base.never_cache import never_cache
from digirum.base.refusal import Refused
from digirum.people import ways_in
from digirum.people.actions.city_sign_in import person_from_the_city
from digirum.people.guards import fresh_sign_in, me, next_path, person_of
from digirum.people.strength import Method
from digirum.people.views.arriving import arrive, remember_next

PROVIDER = "staden"


class CityAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth tells no types
    """The provider, which always answers to the Swedish address: it has to know one only."""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends people back to."""
        with translation.override(settings.LANGUAGE_CODE):
            return str(settings.ORIGIN) + reverse("people:sso_answer")


@never_cache
@limits.limited("sign-in-sso", rate="30/10m")
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A button that sends a visitor (or somebody who signs in again) to the city's page."""
    if not ways_in.sso_is_there():
        raise Http404
    if request.method != "POST":
        return render(request, "people/sign_in_sso.html", {"next": next_path(request)})
    remember_next(request)
    return _to_the_city(request, AuthProcess.LOGIN)


@fresh_sign_in
@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """Sends somebody who has signed in to the city's page, to add its sign-in to their account."""
    request.session["sign_in_next"] = reverse("people:account")
    return _to_the_city(request, AuthProcess.CONNECT)


@never_cache
@limits.limited("sign-in-sso-answer", rate="60/10m", methods=("GET",))
@require_GET
def answer(request: HttpRequest) -> HttpResponse:
    """Where the city's page sends people back. ``CityAdapter`` and ``arrived`` do the rest."""
    if not ways_in.sso_is_there():
        raise Http404
    try:
        response: HttpResponse = OAuth2CallbackView.adapter_view(CityAdapter(request, PROVIDER))(request)
    except (OAuth2Error, RequestException, KeyError, ValueError):
        return failed(request)
    return response


def arrived(request: HttpRequest, login: SocialLogin) -> HttpResponse:
    """The city has said who it is: signs them in, or adds the city's sign-in to whoever is signed in."""
    at = clock.now()
    connecting = login.state.get("process") == AuthProcess.CONNECT
    try:
        person = person_from_the_city(
            provider=login.account.provider,
            uid=login.account.uid,
            claims=_claims(login.account.extra_data),
            at=at,
            signed_in=me(request) if connecting else None,
        )
        return arrive(request, person, method=Method.SSO, at=at)
    except Refused as refusal:
        return failed(request, refusal.sentence)


def failed(request: HttpRequest, sentence: str = "") -> HttpResponse:
    """Says that it did not work, and which other ways there are."""
    return render(
        request, "people/sso_failed.html", {"sentence": sentence, "signed_in": person_of(request)}, status=400
    )


def _to_the_city(request: HttpRequest, process: str) -> HttpResponse:
    if not ways_in.sso_is_there():
        raise Http404
    try:
        provider = get_adapter().get_provider(request, provider=PROVIDER)
        provider.oauth2_adapter_class = CityAdapter
        response: HttpResponseRedirect = provider.redirect(request, process=process)
    except (ImmediateHttpResponse, OAuth2Error, RequestException):
        return failed(request)
    # The page's policy lets forms lead nowhere else, so a page of its own leads there.
    return render(request, "people/sso_leaving.html", {"url": response.url})


def _claims(told: dict[str, Any]) -> dict[str, Any]:
    """What the token and the provider's answer say, together; the answer is the fresher of the two."""
    return {**told.get("id_token", {}), **told.get("userinfo", {})} or told
