"""Making the programme: when an event happens, and what is done with one time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from digirum.base import clock
from digirum.base.refusal import NotAllowed, Refused
from digirum.events import actions, wording
from digirum.events.actions import AS_EVENT
from digirum.events.forms_run import CancelForm, CapacityForm, MoveForm, TimesForm
from digirum.events.models import Event, Occurrence
from digirum.events.models.reach import MAKERS
from digirum.events.queries import not_reached
from digirum.events.views.run_event import find_mine
from digirum.events.views.sign_up import read_back
from digirum.people.guards import for_roles, me


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*MAKERS)
def add_times(request: HttpRequest, slug: str) -> HttpResponse:
    """Adds one time, or a series that keeps the time by the clock on the wall."""
    at = clock.now()
    event = find_mine(request, slug, at)
    form = TimesForm(request.POST or None)

    def add() -> str:
        filled = form.cleaned_data
        added = actions.add_series(
            by=me(request), at=at, event=event, first_day=filled["first_day"], starts=filled["starts"],
            ends=filled["ends"], times=filled["times"], every_weeks=filled["every_weeks"],
            capacity=filled["capacity"] or AS_EVENT,
        )  # fmt: skip
        return ngettext("%(number)d time is added.", "%(number)d times are added.", len(added)) % {"number": len(added)}

    return _answer(request, event, form, add, words={"title": _("Add times"), "submit": _("Add")})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*MAKERS)
def move(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Another day or time; everybody who has signed up is told."""
    at = clock.now()
    event, occurrence = _find(request, slug, key, at)
    form = MoveForm(request.POST or None, initial=MoveForm.initial_of(occurrence))

    def act() -> str:
        starts_at, ends_at = form.period()
        actions.move_occurrence(
            by=me(request), at=at, occurrence=occurrence, starts_at=starts_at, ends_at=ends_at,
            revision=form.cleaned_data["revision"],
        )  # fmt: skip
        every, some = (
            _("Moved. Everybody who has signed up is told."),
            _("Moved. Everybody who left an address is told."),
        )
        return _told(every, some, occurrence, at)

    return _answer(
        request,
        event,
        form,
        act,
        words={"title": _("Move to another time"), "submit": _("Move")},
        occurrence=occurrence,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*MAKERS)
def change_capacity(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """More or fewer seats; fewer than are taken throws nobody out."""
    at = clock.now()
    event, occurrence = _find(request, slug, key, at)
    form = CapacityForm(request.POST or None, initial={"capacity": occurrence.capacity})

    def act() -> str:
        wanted = form.cleaned_data["capacity"]
        change = actions.change_capacity(by=me(request), at=at, occurrence=occurrence, capacity=wanted)
        if change.seats_over:
            return ngettext(
                "Saved. %(number)d seat more is taken than there is now. Nobody is thrown out; no new seats are given "
                "until somebody cancels.",
                "Saved. %(number)d seats more are taken than there are now. Nobody is thrown out; no new seats are "
                "given until enough have cancelled.",
                change.seats_over,
            ) % {"number": change.seats_over}
        return _("Saved.")

    return _answer(
        request,
        event,
        form,
        act,
        words={"title": _("Change the number of seats"), "submit": _("Save")},
        occurrence=occurrence,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*MAKERS)
def cancel(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Calls it off, with the reason; everybody who has signed up is told. It cannot be undone."""
    at = clock.now()
    event, occurrence = _find(request, slug, key, at)
    form = CancelForm(request.POST or None)

    def act() -> str:
        actions.cancel_occurrence(by=me(request), at=at, occurrence=occurrence, reason=form.cleaned_data["reason"])
        every, some = (
            _("Called off. Everybody who has signed up is told."),
            _("Called off. Everybody who left an address is told."),
        )
        return _told(every, some, occurrence, at)

    words: dict[str, object] = {"title": _("Call it off?"), "submit": _("Call it off"), "danger": True}
    words["affected"] = occurrence.seats_taken + occurrence.waiting
    return _answer(request, event, form, act, words=words, occurrence=occurrence)


def _told(all_of_them: str, some: str, occurrence: Occurrence, at: datetime) -> str:
    """What was done, and for how many people nobody has told of it."""
    for _changed, number in not_reached(Occurrence.objects.filter(pk=occurrence.pk), at):
        return f"{some} {wording.unreached(number)}"
    return all_of_them


def _find(request: HttpRequest, slug: str, key: str, at: datetime) -> tuple[Event, Occurrence]:
    event = find_mine(request, slug, at)
    occurrence: Occurrence = get_object_or_404(Occurrence.objects.with_event().at_address(slug, key))
    return event, occurrence


def _answer(
    request: HttpRequest,
    event: Event,
    form: forms.Form,
    act: Callable[[], str],
    *,
    words: dict[str, object],
    occurrence: Occurrence | None = None,
) -> HttpResponse:
    """The page with the form; after a sent form the act, or why it was refused with all that was typed kept."""
    back = reverse("events:run_event", args=[event.slug])
    if request.method == "POST" and form.is_valid():
        try:
            done = act()
        except NotAllowed:
            raise Http404 from None
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(back)
    shown = read_back(occurrence, clock.now()) if occurrence else {}
    context = {**shown, **words, "event": event, "form": form, "back": back}
    return render(request, "events/run/time_form.html", context, status=422 if form.errors else 200)
