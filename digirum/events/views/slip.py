"""Cancelling with the code of a printed slip: no key, no sign-in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from digirum.base import clock
from digirum.base.never_cache import never_cache
from digirum.base.pagecache import public_page
from digirum.base.refusal import Refused
from digirum.base.requests import client_address
from digirum.events import actions
from digirum.events.forms import SlipForm
from digirum.events.models import State
from digirum.events.views.sign_up import read_back


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_by_slip(request: HttpRequest) -> HttpResponse:
    """Asks for the code, reads back what it is for, and cancels (``ja``) when the visitor says so."""
    now = clock.now()
    form = SlipForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        code, client = form.cleaned_data["code"], client_address(request)
        try:
            if "ja" in request.POST:
                actions.cancel_by_slip(code=code, client=client, at=now)
                return HttpResponseRedirect(reverse("events:slip_cancelled"))
            registration = actions.find_slip(code=code, client=client, at=now)
            if registration.state == State.CANCELLED:
                return HttpResponseRedirect(reverse("events:slip_cancelled"))
            context |= read_back(registration.occurrence, now) | {"registration": registration, "code": code}
        except Refused as refusal:
            form.add_error("code", refusal.sentence)
    return render(request, "events/slip.html", context)


@require_safe
@public_page(depends=())
def cancelled(request: HttpRequest) -> HttpResponse:
    """Says that it is done."""
    return render(request, "events/slip_cancelled.html")
