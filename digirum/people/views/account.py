"""My account: what the room knows of me, and what I decide."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from digirum.base import clock, reading
from digirum.base.refusal import Refused
from digirum.people import ways_in
from digirum.people.account_forms import AcceptanceForm, PseudonymForm, ReadingForm, add_refusal
from digirum.people.actions import profile
from digirum.people.guards import me, signed_in
from digirum.people.models import Key, RoleGrant

FORM = ["GET", "HEAD", "POST"]
A_YEAR = 365 * 24 * 3600


@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    """Everything on one page, with a way to change each."""
    person, at = me(request), clock.now()
    context = {
        "person": person,
        "key": Key.objects.live().filter(person=person).first(),
        "passkeys": Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count(),
        "has_time_codes": ways_in.has_time_codes(person),
        "has_sso": ways_in.SSO in ways_in.of(person),
        "sso_is_there": ways_in.sso_is_there(),
        "grants": RoleGrant.objects.holding_at(at).filter(person=person).select_related("organisation"),
        "reading_form": ReadingForm.of(person),
    }
    return render(request, "people/account.html", context)


@require_http_methods(FORM)
@signed_in
def name(request: HttpRequest) -> HttpResponse:
    """Another name in the room."""
    person = me(request)
    form = PseudonymForm(request.POST or None, initial={"pseudonym": person.pseudonym})
    if request.method == "POST" and form.is_valid():
        try:
            profile.change_pseudonym(by=person, pseudonym=form.cleaned_data["pseudonym"], at=clock.now())
            messages.success(request, _("Your name here is now %(name)s.") % {"name": person.pseudonym})
            return back()
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "people/account_name.html", {"form": form})


@require_http_methods(FORM)
@signed_in
def how_i_read(request: HttpRequest) -> HttpResponse:
    """Language and reading settings, in the account and at once in this browser."""
    person = me(request)
    form = ReadingForm(request.POST) if request.method == "POST" else ReadingForm.of(person)
    if request.method == "POST" and form.is_valid():
        chosen = form.reading
        profile.choose_reading(by=person, language=form.cleaned_data["language"], reading=chosen, at=clock.now())
        messages.success(request, _("Your reading settings are saved. They follow you where you sign in."))
        response = back()
        if reading.COOKIE in request.COOKIES:
            response.set_cookie(reading.COOKIE, str(chosen), max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
        return response
    return render(request, "people/account_reading.html", {"form": form})


@require_http_methods(FORM)
@signed_in
def acceptance(request: HttpRequest) -> HttpResponse:
    """Whether freed seats are taken at once."""
    person = me(request)
    form = AcceptanceForm(request.POST or None, initial={"automatically": person.accepts_automatically})
    if request.method == "POST" and (form.is_valid() or not request.POST.get("automatically")):
        chosen = bool(request.POST.get("automatically"))
        profile.choose_acceptance(by=person, automatically=chosen, at=clock.now())
        messages.success(request, _("Saved."))
        return back()
    return render(request, "people/account_acceptance.html", {"form": form})


def back() -> HttpResponseRedirect:
    """To the overview."""
    return HttpResponseRedirect(reverse("people:account"))
