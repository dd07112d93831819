"""Signing in by a passkey. It needs a script, because only the browser can ask the device; every other way needs none."""

from __future__ import annotations

from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from digirum.base import clock, limits
from digirum.base.never_cache import never_cache
from digirum.base.refusal import Refused
from digirum.people.account_forms import PasskeyAnswerForm, add_refusal
from digirum.people.actions import passkeys
from digirum.people.guards import next_path
from digirum.people.strength import Method
from digirum.people.views.arriving import arrive


@never_cache
@limits.limited("sign-in-passkey", rate="30/10m")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One step: the device asks for a finger, a face or its code."""
    form = PasskeyAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = passkeys.whose(form.cleaned_data["credential"])
            return arrive(request, person, method=Method.PASSKEY, at=clock.now())
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(
        request,
        "people/sign_in_passkey.html",
        {"form": form, "next": next_path(request), "options": auth.begin_authentication(user=None)},
    )
