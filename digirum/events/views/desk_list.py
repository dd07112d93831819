"""The list at the door: who comes, who has come, who waits; one tap for each act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from digirum.base import clock
from digirum.base.refusal import NotAllowed, Refused
from digirum.events import actions, wording
from digirum.events.models import CallAttempt, Occurrence, Registration, State
from digirum.events.queries import not_reached
from digirum.events.views.sign_up import read_back
from digirum.people.guards import for_roles, me
from digirum.people.models import Person
from digirum.people.rules import CENTRE_STAFF

type Act = Callable[[Person, datetime, Registration, HttpRequest], object]


@require_safe
@for_roles(*CENTRE_STAFF)
def door(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Everybody who has a seat, an offer or a place in line, with what can be done for each."""
    at = clock.now()
    return render(request, "events/desk/door.html", the_list(served(request, slug, key, at), at))


@require_safe
@for_roles(*CENTRE_STAFF)
def printed(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The same on paper, with boxes to tick, for a door without a screen."""
    at = clock.now()
    occurrence = served(request, slug, key, at)
    context = the_list(occurrence, at) | read_back(occurrence, None)
    return render(
        request,
        "events/desk/door_print.html",
        context | {"back_url": reverse("events:desk_door", args=[slug, key])},
    )


@require_POST
@for_roles(*CENTRE_STAFF)
def act(request: HttpRequest, identifier: UUID, act: str) -> HttpResponse:
    """One tap: does what the address says with one registration and comes back to the list."""
    at = clock.now()
    seen = Registration.objects.visible_to(me(request), at=at).select_related("occurrence__event", "person")
    registration = get_object_or_404(seen, pk=identifier)
    done = ACTS.get(act)
    if done is None:
        raise Http404
    try:
        done(me(request), at, registration, request)
    except NotAllowed:
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    back = reverse("events:desk_door", args=[registration.occurrence.event.slug, registration.occurrence.key])
    if request.POST.get("till") == "ring":
        return HttpResponseRedirect(reverse("events:desk_calls"))
    return HttpResponseRedirect(f"{back}#r{registration.line}")


def served(request: HttpRequest, slug: str, key: str, at: datetime) -> Occurrence:
    """The occurrence, if I work at its desk; else there is none (404)."""
    mine = Occurrence.objects.served_by(me(request), at=at).with_event()
    occurrence: Occurrence = get_object_or_404(mine.at_address(slug, key))
    return occurrence


def the_list(occurrence: Occurrence, at: datetime) -> dict[str, object]:
    """What the door needs to know, in three queries however many come, and two more after a change."""
    active = occurrence.registrations.active().select_related("person", "check_in").order_by("line")
    entries = list(active)
    seated = [entry for entry in entries if entry.state == State.CONFIRMED]
    come = [entry for entry in seated if hasattr(entry, "check_in")]
    changed = not_reached(Occurrence.objects.filter(pk=occurrence.pk), at) if occurrence.revision > 1 else []
    return read_back(occurrence, at) | {
        "seated": seated,
        "offered": [entry for entry in entries if entry.state == State.OFFERED],
        "waiting": [entry for entry in entries if entry.state == State.WAITING],
        "unreached": wording.unreached(changed[0][1]) if changed else "",
        "come": sum(entry.check_in.arrived for entry in come),
        "expected": sum(entry.seats for entry in seated),
        "last_hour": occurrence.in_last_hour(at),
        "begun": occurrence.starts_at <= at,
        "ended": occurrence.has_ended(at),
        "takes_sign_ups": occurrence.event.needs_registration and at < occurrence.starts_at,
    }


def _check_in(by: Person, at: datetime, registration: Registration, request: HttpRequest) -> None:
    arrived = request.POST.get("antal", "")
    number = int(arrived) if arrived.isdecimal() and len(arrived) < 4 else None
    actions.check_in(by=by, at=at, registration=registration, arrived=number)


def _walk_in(by: Person, at: datetime, registration: Registration, _request: HttpRequest) -> None:
    actions.register_walk_in(by=by, at=at, occurrence=registration.occurrence, registration=registration)


def _note_call(by: Person, at: datetime, registration: Registration, request: HttpRequest) -> None:
    outcome = request.POST.get("utfall", "")
    if outcome not in CallAttempt.Outcome.values:
        raise Refused(_("Choose how the call went."), code="outcome-needed")
    actions.note_call(by=by, at=at, registration=registration, outcome=outcome)


ACTS: dict[str, Act] = {
    "incheckning": _check_in,
    "angra-incheckning": lambda by, at, entry, _request: actions.undo_check_in(by=by, at=at, registration=entry),
    "ge-bort": lambda by, at, entry, _request: actions.give_away_seat(by=by, at=at, registration=entry),
    "avboka": lambda by, at, entry, _request: actions.cancel_registration(by=by, at=at, registration=entry),
    "slapp-in": _walk_in,
    "ja": lambda by, at, entry, _request: actions.accept_offer(by=by, at=at, registration=entry),
    "nej": lambda by, at, entry, _request: actions.decline_offer(by=by, at=at, registration=entry),
    "samtal": _note_call,
}
"""What the desk may do with one registration, by the last word of the address."""
