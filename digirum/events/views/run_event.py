"""Making the programme: my events, writing one, publishing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from digirum.base import clock
from digirum.base.refusal import NotAllowed, Refused
from digirum.events import actions
from digirum.events.actions import EventConflict
from digirum.events.facts import MANY, ROWS, EventFacts
from digirum.events.forms_run import EventForm, facts_words
from digirum.events.models import Event
from digirum.events.models.reach import MAKERS, Reach, below
from digirum.events.views.desk import row
from digirum.people.guards import for_roles, me
from digirum.people.models import Organisation
from digirum.place.models import Centre

PAGE = 25


@require_safe
@for_roles(*MAKERS)
def my_events(request: HttpRequest) -> HttpResponse:
    """The events that I may change, the newest first, paged by key."""
    at = clock.now()
    mine = Event.objects.editable_by(me(request), at=at).order_by("-made_at", "-id")
    query = request.GET.get("q", "").strip()[:80]
    if query:
        mine = mine.filter(name_sv__icontains=query)
    page = request.GET.get("sida", "1")
    number = int(page) if page.isdecimal() and 0 < int(page) < 10_000 else 1
    rows = list(mine[(number - 1) * PAGE : number * PAGE + 1])
    asked = f"&{urlencode({'q': query})}" if query else ""
    context = {
        "events": rows[:PAGE],
        "query": query,
        "newer": f"?sida={number - 1}{asked}" if number > 1 else "",
        "older": f"?sida={number + 1}{asked}" if len(rows) > PAGE else "",
    }
    return render(request, "events/run/my_events.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*MAKERS)
def new_event(request: HttpRequest) -> HttpResponse:
    """Writes a new event. It is seen by its editors alone until it is published."""
    at = clock.now()
    form = EventForm(request.POST or None, **_choices(request, at))
    if request.method == "POST" and form.is_valid():
        try:
            event = actions.create_event(by=me(request), at=at, facts=form.facts())
        except Refused as refusal:
            _show(form, refusal)
        else:
            messages.success(request, _("Saved. Now add when it happens, then publish it."))
            return HttpResponseRedirect(reverse("events:run_event", args=[event.slug]))
    context = {"form": form, "title": _("New event"), "back": reverse("events:my_events")}
    return render(request, "events/run/event_form.html", context, status=422 if form.errors else 200)


@require_safe
@for_roles(*MAKERS)
def one_event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as its maker sees it: how it stands, its times, and what can be done."""
    at = clock.now()
    event = find_mine(request, slug, at)
    coming = event.occurrences.with_event().upcoming(at)[:60]
    context = {"event": event, "rows": [row(occurrence, at) for occurrence in coming]}
    return render(request, "events/run/event.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*MAKERS)
def edit_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Writes an event anew. Of two who do so at once, the later one sees both texts and loses nothing."""
    at = clock.now()
    event = find_mine(request, slug, at)
    form = EventForm(
        request.POST or None, before=EventFacts.of(event), revision=event.revision, **_choices(request, at, event)
    )
    context: dict[str, object] = {"form": form, "title": _("Change the event"), "event": event}
    context["back"] = reverse("events:run_event", args=[slug])
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"] or 0
        try:
            actions.revise_event(by=me(request), at=at, event=event, facts=form.facts(), revision=seen)
        except EventConflict as conflict:
            return _compare(request, form, conflict, context)
        except Refused as refusal:
            _show(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(str(context["back"]))
    return render(request, "events/run/event_form.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*MAKERS)
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Lets its audience see it."""
    at = clock.now()
    event = find_mine(request, slug, at)
    return _do(request, event, lambda: actions.publish_event(by=me(request), at=at, event=event), _("Published."))


@require_POST
@for_roles(*MAKERS)
def unpublish(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes it out of the programme again, as long as nobody has signed up."""
    at = clock.now()
    event = find_mine(request, slug, at)
    done = _("Taken out of the programme.")
    return _do(request, event, lambda: actions.unpublish_event(by=me(request), at=at, event=event), done)


def find_mine(request: HttpRequest, slug: str, at: datetime) -> Event:
    """The event, if I may change it; else there is none (404)."""
    event: Event = get_object_or_404(Event.objects.editable_by(me(request), at=at).for_pages(), slug=slug)
    return event


def _do(request: HttpRequest, event: Event, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except NotAllowed:
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("events:run_event", args=[event.slug]))


def _choices(request: HttpRequest, at: datetime, event: Event | None = None) -> dict[str, Any]:
    """The centres and organisers that I may choose, and those that the event has."""
    paths = Reach.of(me(request), at).editing
    centres = Centre.objects.filter(below("organisation__path", paths))
    organisers = Organisation.objects.filter(below("path", paths))
    if event is not None:
        centres = centres | Centre.objects.filter(events=event)
        organisers = organisers | Organisation.objects.filter(pk__in=[one.pk for one in event.organisers.all()])
    return {"centres": centres.distinct(), "organisers": organisers.distinct()}


def _compare(
    request: HttpRequest, form: EventForm, conflict: EventConflict, context: dict[str, object]
) -> HttpResponse:
    """Both versions side by side; what I wrote stays in the form, which is sent again knowingly."""
    form.data = {**request.POST.dict(), **{name: request.POST.getlist(name) for name in (*MANY, *ROWS)}}
    form.data["revision"] = str(conflict.revision)
    context["conflict"] = conflict.sentence
    context["differences"] = [
        (
            form.fields[field].label if field in form.fields else field,
            facts_words(field, theirs),
            facts_words(field, yours),
        )
        for field, theirs, yours in conflict.differences
    ]
    return render(request, "events/run/event_form.html", context, status=409)


def _show(form: EventForm, refusal: Refused) -> None:
    if isinstance(refusal, NotAllowed):
        form.add_error("centre", _("You may not make events there. Choose a centre or an organiser of yours."))
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
