"""What one has signed up for: how it stands, and what one can do about it."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from digirum.base.refusal import Refused
from digirum.events import actions
from digirum.events.forms import SeatsForm
from digirum.events.models import Occurrence, Registration, State
from digirum.events.queries import position_in_line
from digirum.events.views.finding import address_of, at_occurrence, not_there
from digirum.events.views.sign_up import most_seats, read_back, show, until_words
from digirum.people.guards import me, signed_in


@signed_in
@require_safe
@at_occurrence
def registration_detail(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
    """How it stands: a seat, an offer to answer, a place in line, or that it is over."""
    registration = _latest(request, occurrence)
    if registration is None:
        return HttpResponseRedirect(address_of(occurrence, "sign_up"))
    return render(request, "events/registration_detail.html", _shown(registration, occurrence, at))


@signed_in
@require_safe
@at_occurrence
def receipt(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
    """The same on paper."""
    registration = _active(request, occurrence)
    offer = registration.open_offer
    on_paper = read_back(occurrence, None) | {"until": until_words(offer.expires_at, None) if offer else ""}
    context = _shown(registration, occurrence, at) | on_paper
    return render(request, "events/receipt.html", context | {"back_url": address_of(occurrence, "registration")})


@signed_in
@require_POST
@at_occurrence
@not_there
def answer_offer(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
    """Yes (``svar=ja``) or no (``svar=nej``) to a freed seat."""
    registration = _latest(request, occurrence)
    act = {"ja": actions.accept_offer, "nej": actions.decline_offer}.get(request.POST.get("svar", ""))
    if registration is None or act is None:
        raise Http404
    try:
        act(by=me(request), at=at, registration=registration)
    except Refused as refusal:
        context = _shown(_latest(request, occurrence) or registration, occurrence, at) | {"refusal": refusal.sentence}
        return render(request, "events/registration_detail.html", context, status=409)
    return HttpResponseRedirect(address_of(occurrence, "registration"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@at_occurrence
@not_there
def change_seats(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
    """More or fewer seats."""
    registration = _active(request, occurrence)
    most = most_seats(occurrence)
    form = SeatsForm(request.POST or None, most=most, chosen=registration.seats)
    if most == 1:
        return HttpResponseRedirect(address_of(occurrence, "registration"))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_seats(by=me(request), at=at, registration=registration, seats=form.seats)
        except Refused as refusal:
            show(form, refusal)
        else:
            return HttpResponseRedirect(address_of(occurrence, "registration"))
    context = _shown(registration, occurrence, at) | {"form": form}
    return render(request, "events/change_seats.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@at_occurrence
@not_there
def cancel(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
    """Reads back what will be given up, since the seat may go to somebody else at once; a POST cancels."""
    registration = _latest(request, occurrence)
    if registration is None or (not registration.is_active and request.method != "POST"):
        return HttpResponseRedirect(address_of(occurrence, "registration"))
    refusal = ""
    if request.method == "POST":
        try:
            actions.cancel_registration(by=me(request), at=at, registration=registration)
        except Refused as problem:
            refusal = problem.sentence
        else:
            return HttpResponseRedirect(address_of(occurrence, "registration"))
    context = _shown(registration, occurrence, at) | {"refusal": refusal}
    return render(request, "events/cancel.html", context, status=409 if refusal else 200)


def _latest(request: HttpRequest, occurrence: Occurrence) -> Registration | None:
    """The person's own registration here: the one that counts, else the last one."""
    mine = Registration.objects.of(me(request)).filter(occurrence=occurrence).select_related("person")
    return mine.active().first() or mine.order_by("-made_at", "-pk").first()


def _active(request: HttpRequest, occurrence: Occurrence) -> Registration:
    registration = _latest(request, occurrence)
    if registration is None or not registration.is_active:
        raise Http404
    return registration


def _shown(registration: Registration, occurrence: Occurrence, at: datetime) -> dict[str, object]:
    offer = registration.open_offer if registration.is_active else None
    position = position_in_line(registration)
    return read_back(occurrence, at) | {
        "registration": registration,
        "position": position,
        "ahead": position - 1 if position else 0,
        "offer": offer,
        "until": until_words(offer.expires_at, at) if offer else "",
        "most": most_seats(occurrence),
        "begun": occurrence.starts_at <= at,
        "asked_at_once": registration.seats_itself,
        "no_address": not registration.has_address,
        "title": _title(registration, occurrence),
    }


def _title(registration: Registration, occurrence: Occurrence) -> str:
    if occurrence.is_cancelled:
        return _("It is called off")
    titles = {
        State.CONFIRMED: _("You have a seat"),
        State.OFFERED: _("A seat is free for you"),
        State.WAITING: _("You stand in line"),
        State.CANCELLED: _("You have cancelled"),
        State.LAPSED: _("The time to answer is over"),
    }
    return titles[State(registration.state)]
