"""Signing in by a code in an e-mail, and by a time code after it where the person has one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from digirum.base import clock, limits
from digirum.base.never_cache import never_cache
from digirum.base.refusal import Refused
from digirum.people import ways_in
from digirum.people.account_forms import CodeForm, EmailForm, TimeCodeForm, add_refusal
from digirum.people.actions import email, one_time_codes, time_codes
from digirum.people.models import OneTimeCode, Person, Purpose
from digirum.people.strength import Method
from digirum.people.views.arriving import arrive, remember_next, too_many

SECOND_STEP = timedelta(minutes=5)


@never_cache
@limits.limited("sign-in-email", rate="10/10m")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """First step: the address. The next page is the same whether or not anybody has added it."""
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = email.normal(form.cleaned_data["email"])
        if limits.allow("sign-in-email-to", address, rate="5/15m"):
            remember_next(request)
            request.session["email_code"] = str(email.ask_for_sign_in_code(email=address, at=clock.now()).id)
            return HttpResponseRedirect(reverse("people:email_code"))
        form.add_error("email", too_many())
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return render(request, "people/sign_in_email.html", {"form": form, "next": wanted})


@never_cache
@limits.limited("sign-in-code", rate="30/10m")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Second step: the code."""
    identifier = request.session.get("email_code")
    row = OneTimeCode.objects.filter(pk=identifier, purpose=Purpose.SIGN_IN).first() if identifier else None
    if row is None:
        return HttpResponseRedirect(reverse("people:sign_in_by_email"))
    form = CodeForm(request.POST or None)
    at = clock.now()
    if request.method == "POST" and form.is_valid():
        try:
            used = one_time_codes.use_code(
                identifier=identifier, typed=form.cleaned_data["code"], purpose=Purpose.SIGN_IN, at=at
            )
            return _after_code(request, used, at)
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "people/sign_in_email_code.html", {"form": form, "email": row.email})


def _after_code(request: HttpRequest, used: OneTimeCode, at: datetime) -> HttpResponse:
    person = Person.objects.get(one_time_codes=used)
    if not ways_in.has_time_codes(person):
        return arrive(request, person, method=Method.EMAIL, at=at)
    request.session.pop("email_code", None)
    request.session["second_step"] = {"person": str(person.pk), "until": (at + SECOND_STEP).isoformat()}
    return HttpResponseRedirect(reverse("people:time_code"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def time_code(request: HttpRequest) -> HttpResponse:
    """Third step, for who has time codes."""
    at = clock.now()
    step = request.session.get("second_step")
    if not step or datetime.fromisoformat(step["until"]) < at:
        return HttpResponseRedirect(reverse("people:sign_in_by_email"))
    form = TimeCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if not limits.allow("time-code", step["person"], rate="5/5m"):
                raise Refused(too_many(), code="too-many", field="code")
            person = Person.objects.get(pk=step["person"])
            time_codes.use_time_code(person=person, typed=form.cleaned_data["code"], at=at)
            return arrive(request, person, method=Method.EMAIL_AND_TIME_CODE, at=at)
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, "people/sign_in_time_code.html", {"form": form})
