"""Signing somebody up at the desk without asking for anything, and letting in who stands at the door."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from digirum.base import clock
from digirum.base.refusal import NotAllowed, Refused
from digirum.events import actions
from digirum.events.forms_desk import DeskSignUpForm
from digirum.events.models import Availability
from digirum.events.views.desk_list import served
from digirum.events.views.sign_up import most_seats, read_back, show
from digirum.people.guards import for_roles, me
from digirum.people.models import Key, Person
from digirum.people.rules import CENTRE_STAFF


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*CENTRE_STAFF)
def sign_up(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One screen: how many, and a slip with a code comes out. The code is shown this once."""
    at = clock.now()
    occurrence = served(request, slug, key, at)
    full = occurrence.availability == Availability.FULL or occurrence.waiting > 0
    form = DeskSignUpForm(request.POST or None, most=most_seats(occurrence), full=full)
    context = read_back(occurrence, at) | {"form": form, "full": full}
    if request.method == "POST" and form.is_valid():
        try:
            slip = actions.register_on_behalf(
                by=me(request),
                at=at,
                occurrence=occurrence,
                seats=form.seats,
                takes_seat_at_once=form.at_once,
                person=_holder(form.cleaned_data["card"]),
            )
        except NotAllowed:
            raise Http404 from None
        except Refused as refusal:
            show(form, refusal)
        else:
            made = {"slip": slip, "registration": slip.registration, "cancel_url": reverse("events:cancel_by_slip")}
            return render(request, "events/desk/slip.html", context | read_back(occurrence, None) | made)
    return render(request, "events/desk/sign_up.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*CENTRE_STAFF)
def walk_in(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Lets in a party that stands at the door, where there are seats."""
    at = clock.now()
    occurrence = served(request, slug, key, at)
    wanted = request.POST.get("antal", "1")
    seats = int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 0
    try:
        entry = actions.register_walk_in(by=me(request), at=at, occurrence=occurrence, seats=seats)
    except NotAllowed:
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Number %(line)d is let in.") % {"line": entry.line})
    return HttpResponseRedirect(reverse("events:desk_door", args=[slug, key]))


def _holder(number: str) -> Person | None:
    """Whose card it is; nobody where the field was left empty."""
    digits = "".join(letter for letter in number if letter.isdecimal())
    if not digits:
        return None
    card = Key.objects.live().filter(number=digits).select_related("person").first()
    if card is None:
        raise Refused(
            _("No card in use has that number. Check the digits, or leave the field empty."),
            code="unknown-card",
            field="card",
        )
    return card.person
