"""Signing in by a one-time code that an administrator, a command on the server or the demo room has given."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from digirum.base import clock, limits
from digirum.base.never_cache import never_cache
from digirum.base.refusal import Refused
from digirum.base.requests import client_address
from digirum.people.account_forms import LongCodeForm, add_refusal
from digirum.people.actions import one_time_codes
from digirum.people.guards import next_path
from digirum.people.models import Purpose
from digirum.people.strength import Method
from digirum.people.views.arriving import arrive

# What proxies add to what they bring from elsewhere (RFC 7239 and what came before it).
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@never_cache
@limits.limited("sign-in-one-time-code", rate="10/10m")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One step: the code. The demo's codes work in the demo, on the computer that runs it."""
    form = LongCodeForm(request.POST or None)
    at = clock.now()
    if request.method == "POST" and form.is_valid():
        try:
            row = one_time_codes.use_code_given_by_hand(
                typed=form.cleaned_data["code"], at=at, demo=settings.DEMO and _is_here(request)
            )
            method = Method.DEMO if row.purpose == Purpose.DEMO else Method.RESCUE
            if row.person is not None:
                return arrive(request, row.person, method=method, at=at)
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "people/sign_in_code.html", {"form": form, "next": next_path(request)})


def _is_here(request: HttpRequest) -> bool:
    """Whether it comes from this computer itself. What a proxy brought does not, whichever address the proxy has."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(client_address(request)).is_loopback
    except ValueError:
        return False
