"""Signing in by the card, staying signed in, signing out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from digirum.base import clock
from digirum.base.limits import limited
from digirum.base.never_cache import never_cache
from digirum.base.refusal import Refused
from digirum.base.requests import client_address
from digirum.people import sessions, shared_computers, signing_in, ways_in
from digirum.people.actions.sign_in_by_qr import key_by_token
from digirum.people.actions.sign_in_by_words import Paused, key_by_words
from digirum.people.guards import next_path
from digirum.people.key_forms import TokenForm, WordsForm
from digirum.people.models import Key
from digirum.people.strength import Method


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """The card's number and words; beside them the other ways in."""
    form = WordsForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _sign_in_page(request, form)
    try:
        key = key_by_words(
            number=form.cleaned_data["number"],
            words=form.cleaned_data["words"],
            address=client_address(request),
            at=clock.now(),
        )
        return _enter(request, key, Method.WORDS)
    except Paused as paused:
        form.add_error(None, paused.sentence)
        response = _sign_in_page(request, form, status=429)
        response.headers["Retry-After"] = str(paused.seconds)
        return response
    except Refused as refused:
        form.add_error(refused.field, refused.sentence)
        return _sign_in_page(request, form)


def _sign_in_page(request: HttpRequest, form: WordsForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "next": next_path(request),
        "shared": shared_computers.here(request) is not None,
        "has_sso": ways_in.sso_is_there(),
        "ended": sessions.ENDED in request.GET and request.method != "POST",
    }
    return render(request, "people/sign_in.html", context, status=status)


@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("sign-in-by-qr", rate="30/m")
def sign_in_by_qr(request: HttpRequest) -> HttpResponse:
    """Where the QR code leads: a script puts the token of the address's fragment in the form, one press sends it."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _enter(request, key_by_token(token=form.cleaned_data["token"], at=clock.now()), Method.QR)
        except Refused as refused:
            return render(request, "people/sign_in_qr.html", {"sentence": refused.sentence, "token_form": TokenForm()})
    return render(request, "people/sign_in_qr.html", {"token_form": TokenForm()})


def _enter(request: HttpRequest, key: Key, method: Method) -> HttpResponse:
    signing_in.sign_in(request, key.person, method=method, at=clock.now(), key=key)
    return HttpResponseRedirect(next_path(request, reverse("front:my_page")))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Asks with one button; the button ends the sign-in, wipes what the browser kept, and leads to the start page."""
    if request.method != "POST":
        return render(request, "people/sign_out.html")
    sessions.sign_out(request, at=clock.now())
    response = HttpResponseRedirect(reverse("front:home"))
    shared_computers.wipe(request, response)
    return response


@require_safe
@never_cache
def extend(request: HttpRequest) -> HttpResponse:
    """One press goes on: the request itself is what keeps a sign-in alive. Tells in seconds how long it lasts now."""
    told = sessions.clock_of(request, clock.now())
    if told is None:
        return HttpResponse(status=401)
    return HttpResponse(str(told.idle_seconds), content_type="text/plain")
