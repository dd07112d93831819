"""Signing in more strongly, for a role; and once more, before something dangerous."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from digirum.people import ways_in
from digirum.people.guards import me, next_path, signed_in
from digirum.people.views.arriving import with_next


@require_safe
@signed_in
def strongly(request: HttpRequest) -> HttpResponse:
    """What a role asks for, and which of it this person has."""
    return render(request, "people/sign_in_strongly.html", _ways(request))


@require_safe
@signed_in
def again(request: HttpRequest) -> HttpResponse:
    """Every way that this person has, before something that a stranger at an open computer must not do."""
    return render(request, "people/sign_in_again.html", _ways(request))


def _ways(request: HttpRequest) -> dict[str, object]:
    person, wanted = me(request), next_path(request)
    ways = ways_in.of(person)
    return {
        "next": wanted,
        "has_key": ways_in.KEY in ways,
        "has_email": ways_in.EMAIL in ways,
        "has_passkey": ways_in.PASSKEY in ways,
        "has_time_codes": ways_in.has_time_codes(person),
        "has_sso": ways_in.sso_is_there() and ways_in.SSO in ways,
        "email_url": with_next("people:sign_in_by_email", wanted),
        "passkey_url": with_next("people:sign_in_by_passkey", wanted),
        "code_url": with_next("people:sign_in_by_code", wanted),
        "key_url": with_next("people:sign_in", wanted),
    }
