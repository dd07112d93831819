"""The way to an event or an occurrence from its address; what the visitor may not see is not there (404)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from digirum.base import clock
from digirum.base.audience import Audience
from digirum.base.prepared import Prepared, Value
from digirum.base.refusal import NotAllowed
from digirum.events.models import Event, Occurrence
from digirum.events.models.occurrence import start_of
from digirum.people.guards import person_of
from digirum.people.models import Person

# What nearly every sign-up is about, with no more than acts need.
_TO_ACT_ON = Prepared(
    lambda slug, start: (
        Occurrence.objects.filter(event__slug=slug, starts_at=start)
        .filter(shown_to__in=(Audience.PUBLIC, Audience.SIGNED_IN))
        .for_acts()
        .order_by()
    ),
    Value(Event._meta.get_field("slug"), "an-example"),
    Value(Occurrence._meta.get_field("starts_at"), datetime(1900, 1, 1, tzinfo=UTC)),
)

type OccurrenceView = Callable[[HttpRequest, Occurrence, datetime], HttpResponse]


def event_keys(request: HttpRequest, slug: str, **_more: Any) -> Iterable[str]:
    """The generations on which the pages of one event depend."""
    pk = Event.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return ("events", "place", "topics") if pk is None else (f"event:{pk}", "place", "topics")


def find_event(request: HttpRequest, slug: str, at: datetime) -> Event:
    """The event with all that its pages show, if the visitor may see it."""
    event: Event = get_object_or_404(Event.objects.visible_to(person_of(request), at=at).for_pages(), slug=slug)
    return event


def at_occurrence(view: OccurrenceView) -> Callable[..., HttpResponse]:
    """Finds the occurrence of the address for a view; from where it was before it was moved, leads to where it is."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, key: str) -> HttpResponse:
        at = clock.now()
        person = person_of(request)
        if request.method == "POST" and (known := _to_act_on(person, slug, key)) is not None:
            return view(request, known, at)
        there = Occurrence.objects.at_address(slug, key).with_event()
        if (occurrence := there.seen_by_everyone(person).first()) is not None:
            return view(request, occurrence, at)
        seen = Occurrence.objects.visible_to(person, at=at)
        if (occurrence := there.filter(pk__in=seen.values("pk")).first()) is not None:
            return view(request, occurrence, at)
        moved = seen.moved_from(slug, key).with_event().first()
        if moved is None or request.resolver_match is None:
            raise Http404
        return HttpResponseRedirect(reverse(request.resolver_match.view_name, args=[slug, moved.key]))

    return found


def _to_act_on(person: Person | None, slug: str, key: str) -> Occurrence | None:
    """The occurrence by one quick question, if it is one that needs no role to be seen."""
    start = start_of(key)
    known = None if start is None else _TO_ACT_ON.first(slug, start)
    if known is None or (person is None and known.shown_to != Audience.PUBLIC):
        return None
    return known


def address_of(occurrence: Occurrence, name: str = "occurrence") -> str:
    """The address of one of the occurrence's pages, in the reader's language."""
    return reverse(f"events:{name}", args=[occurrence.event.slug, occurrence.key])


def not_there(view: OccurrenceView) -> OccurrenceView:
    """What the act does not allow this person is not there (404)."""

    @wraps(view)
    def guarded(request: HttpRequest, occurrence: Occurrence, at: datetime) -> HttpResponse:
        try:
            return view(request, occurrence, at)
        except NotAllowed:
            raise Http404 from None

    return guarded
