"""Adding and taking away ways to sign in: e-mail address, passkeys, time codes."""

from __future__ import annotations

from typing import cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from digirum.base import clock, limits
from digirum.base.refusal import Refused
from digirum.people import ways_in
from digirum.people.account_forms import CodeForm, EmailForm, NewPasskeyForm, TimeCodeForm, add_refusal
from digirum.people.actions import email, passkeys, time_codes
from digirum.people.guards import fresh_sign_in, me
from digirum.people.models import OneTimeCode, Purpose
from digirum.people.session_store import SessionStore
from digirum.people.views.account import FORM, back
from digirum.people.views.arriving import too_many


def _done(request: HttpRequest, sentence: str) -> HttpResponseRedirect:
    """After a change: a new cookie value, and what happened in words."""
    cast(SessionStore, request.session).rotate()
    messages.success(request, sentence)
    return back()


@require_http_methods(FORM)
@fresh_sign_in
def add_email(request: HttpRequest) -> HttpResponse:
    """First step: the address."""
    person = me(request)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if not limits.allow("add-email", str(person.pk), rate="5/15m"):
                raise Refused(too_many(), code="too-many", field="email")
            row = email.ask_to_add_address(by=person, email=form.cleaned_data["email"], at=clock.now())
            request.session["address_code"] = str(row.id)
            return HttpResponseRedirect(reverse("people:confirm_email"))
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "people/account_email.html", {"form": form, "person": person})


@require_http_methods(FORM)
@fresh_sign_in
def confirm_email(request: HttpRequest) -> HttpResponse:
    """Second step: the code shows that the address is the person's."""
    identifier = request.session.get("address_code")
    row = OneTimeCode.objects.filter(pk=identifier, purpose=Purpose.ADDRESS).first() if identifier else None
    if row is None:
        return HttpResponseRedirect(reverse("people:add_email"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            email.confirm_address(
                by=me(request), identifier=identifier, typed=form.cleaned_data["code"], at=clock.now()
            )
            request.session.pop("address_code", None)
            return _done(request, _("You can now sign in with your e-mail address. Your messages are sent there too."))
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "people/account_email_code.html", {"form": form, "email": row.email})


@require_http_methods(FORM)
@fresh_sign_in
def remove_email(request: HttpRequest) -> HttpResponse:
    """Takes the address away, after reading back what that means."""
    person, sentence = me(request), ""
    if request.method == "POST":
        try:
            email.remove_address(by=person, at=clock.now())
            return _done(request, _("Your e-mail address is taken away. We have not kept it."))
        except Refused as refusal:
            sentence = refusal.sentence
    return render(request, "people/account_email_remove.html", {"person": person, "sentence": sentence})


@require_http_methods(FORM)
@fresh_sign_in
def my_passkeys(request: HttpRequest) -> HttpResponse:
    """The passkeys there are, and adding one. The device is asked by a script."""
    person = me(request)
    form = NewPasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            passkeys.add_passkey(by=person, at=clock.now(), **form.cleaned_data)
            return _done(request, _("The passkey is added. Next time, sign in with it."))
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {
        "form": form,
        "passkeys": Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk"),
        "options": webauthn.begin_registration(person, passwordless=True),
    }
    return render(request, "people/account_passkeys.html", context)


@require_http_methods(FORM)
@fresh_sign_in
def remove_passkey(request: HttpRequest, number: int) -> HttpResponse:
    """Takes one passkey away, after reading back what that means."""
    person, sentence = me(request), ""
    passkey = get_object_or_404(Authenticator, pk=number, user=person, type=Authenticator.Type.WEBAUTHN)
    if request.method == "POST":
        try:
            passkeys.remove_passkey(by=person, passkey=passkey, at=clock.now())
            return _done(request, _("The passkey is taken away. It opens nothing here any more."))
        except Refused as refusal:
            sentence = refusal.sentence
    context = {"passkey": passkey.wrap(), "sentence": sentence}
    return render(request, "people/account_passkey_remove.html", context)


@require_http_methods(FORM)
@fresh_sign_in
def my_time_codes(request: HttpRequest) -> HttpResponse:
    """Turning time codes on: the app reads the QR code or the letters, and shows that it can."""
    person, at = me(request), clock.now()
    form = TimeCodeForm(request.POST or None)
    secret = totp.get_totp_secret(regenerate=request.method != "POST")
    if request.method == "POST" and form.is_valid():
        try:
            if not limits.allow("time-code", str(person.pk), rate="10/5m"):
                raise Refused(too_many(), code="too-many", field="code")
            time_codes.add_time_codes(by=person, secret=secret, typed=form.cleaned_data["code"], at=at)
            totp.clear_totp_secret(request)
            return _done(request, _("Time codes are on. From now on we ask for one after the code in the e-mail."))
        except Refused as refusal:
            add_refusal(form, refusal)
    context = {
        "form": form,
        "person": person,
        "has_time_codes": ways_in.has_time_codes(person),
        "address": get_adapter().build_totp_url(person, secret),
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
    }
    return render(request, "people/account_time_codes.html", context)


@require_http_methods(FORM)
@fresh_sign_in
def remove_time_codes(request: HttpRequest) -> HttpResponse:
    """Turns time codes off, after reading back what that means."""
    sentence = ""
    if request.method == "POST":
        try:
            time_codes.remove_time_codes(by=me(request), at=clock.now())
            return _done(request, _("Time codes are off. The code in the e-mail is enough to sign in."))
        except Refused as refusal:
            sentence = refusal.sentence
    return render(request, "people/account_time_codes_remove.html", {"sentence": sentence})
