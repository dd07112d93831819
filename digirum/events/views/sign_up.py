"""Signing up, and standing in line: read back what it is about, then do it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from digirum.base import clock
from digirum.base.never_cache import never_cache
from digirum.base.refusal import NotAllowed, Refused
from digirum.base.templatetags.words import say_day, say_time
from digirum.events import about, actions, wording
from digirum.events.actions.check import check_sign_up
from digirum.events.actions.promote import deadline
from digirum.events.forms import SeatsForm, WaitingForm
from digirum.events.models import Availability, Occurrence, Registration
from digirum.events.views.finding import address_of, at_occurrence, not_there
from digirum.people.guards import me, person_of

CLOSED = frozenset({"cancelled", "past", "no-registration-needed", "not-open", "closed"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_occurrence
@not_there
def sign_up(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
    """Says what one is about to sign up for; a POST signs up."""
    if (elsewhere := _not_now(request, occurrence, at)) is not None:
        return elsewhere
    person = me(request)
    if occurrence.availability == Availability.FULL:
        return HttpResponseRedirect(address_of(occurrence, "waiting_list"))
    form = SeatsForm(request.POST or None, most=most_seats(occurrence))
    if request.method == "POST" and form.is_valid():
        try:
            actions.register(by=person, at=at, occurrence=occurrence, seats=form.seats)
        except Refused as refusal:
            if (elsewhere := _instead(request, occurrence, at, refusal)) is not None:
                return elsewhere
            if refusal.code == "full":
                wanted = urlencode({"platser": form.seats})
                return HttpResponseRedirect(f"{address_of(occurrence, 'waiting_list')}?{wanted}")
            show(form, refusal)
        else:
            return HttpResponseRedirect(address_of(occurrence, "registration"))
    return render(request, "events/sign_up.html", read_back(occurrence, at) | {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@at_occurrence
@not_there
def waiting_list(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
    """Says how many are ahead and how the line works; a POST joins it (or takes the seat that is free after all)."""
    if (elsewhere := _not_now(request, occurrence, at)) is not None:
        return elsewhere
    person = me(request)
    form = WaitingForm(
        request.POST or None, most=most_seats(occurrence), chosen=_wanted(request), ask_about_at_once=not person.email
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.join_waiting_list(
                by=person, at=at, occurrence=occurrence, seats=form.seats, takes_seat_at_once=form.takes_seat_at_once
            )
        except Refused as refusal:
            if (elsewhere := _instead(request, occurrence, at, refusal)) is not None:
                return elsewhere
            show(form, refusal)
        else:
            return HttpResponseRedirect(address_of(occurrence, "registration"))
    context = read_back(occurrence, at) | {
        "form": form,
        "free": occurrence.seats_free,
        "hours_to_answer": round((deadline(occurrence.starts_at, at) - at).total_seconds() / 3600),
        "closed": occurrence.in_last_hour(at),
    }
    return render(request, "events/waiting_list.html", context)


def most_seats(occurrence: Occurrence) -> int:
    """How many seats one may ask for here."""
    most = occurrence.event.seats_per_person
    return most if occurrence.capacity is None else max(1, min(most, occurrence.capacity))


def read_back(occurrence: Occurrence, at: datetime | None) -> dict[str, object]:
    """What every page of a sign-up says: what, when, where. ``at`` is None for paper, which says the day in full."""
    return {
        "occurrence": occurrence,
        "event": occurrence.event,
        "when": wording.when(occurrence, at),
        "where": about.where(occurrence.event, occurrence),
        "price": about.price(occurrence.event),
        "occurrence_url": address_of(occurrence),
        "event_url": reverse("events:event", args=[occurrence.event.slug]),
    }


def show(form: SeatsForm, refusal: Refused) -> None:
    """Puts a refusal beside the field that it is about, or above the form."""
    if isinstance(refusal, NotAllowed):
        raise refusal
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def until_words(moment: datetime, at: datetime | None) -> str:
    """A deadline as people say it: "i morgon kl. 13.00"; in full for paper (None)."""
    return f"{say_day(clock.local_day(moment), clock.local_day(at) if at else None)} {say_time(moment)}"


def _not_now(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse | None:
    """The page for who cannot sign up here and now: not signed in, signed up already, not open."""
    person = person_of(request)
    if request.method == "POST" and person is not None:
        return None  # the act checks all that follows, with the occurrence locked
    try:
        check_sign_up(occurrence, at)
    except Refused as refusal:
        return _instead(request, occurrence, at, refusal)
    if person is None:
        context = read_back(occurrence, at) | {"next": urlencode({"next": address_of(occurrence, "sign_up")})}
        return render(request, "events/sign_up_key.html", context)
    if Registration.objects.of(person).active().filter(occurrence=occurrence).exists():
        return HttpResponseRedirect(address_of(occurrence, "registration"))
    return None


def _instead(request: HttpRequest, occurrence: Occurrence, at: datetime, refusal: Refused) -> HttpResponse | None:
    """The page that a refusal leads to, where filling in the form anew is of no use."""
    if refusal.code == "already-registered":
        return HttpResponseRedirect(address_of(occurrence, "registration"))
    if refusal.code in CLOSED:
        context = read_back(occurrence, at) | {"reason": refusal.sentence, "code": refusal.code}
        return render(request, "events/sign_up_closed.html", context)
    return None


def _wanted(request: HttpRequest) -> int:
    wanted = request.GET.get("platser", "")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 1
