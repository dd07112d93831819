"""Showing an event to its audience, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.audience import Audience
from digirum.base.refusal import Refused
from digirum.events.actions.hold import show_anew, show_to_audience
from digirum.events.models import Event, Registration
from digirum.events.rules import demand, may_edit
from digirum.events.search import index_event
from digirum.journal.record import record
from digirum.people.models import Person


def publish_event(*, by: Person | None, at: datetime, event: Event) -> Event:
    """Shows it to its audience from now on. A second time changes nothing."""
    with transaction.atomic():
        event = _held(by, event, at)
        if event.is_published:
            return event
        event.published_at = event.changed_at = at
        event.save(update_fields=["published_at", "changed_at"])
        audience = Audience.PUBLIC if event.is_public else Audience.ORGANISATION
        record(by=by, verb="events.event_published", noun=event, at=at, audience=audience)
        show_to_audience(event)
        show_anew(event)
        index_event(event)
        return event


def unpublish_event(*, by: Person | None, at: datetime, event: Event) -> Event:
    """Takes it out of the programme. Refused while somebody is signed up for a time ahead: they would not be told."""
    with transaction.atomic():
        event = _held(by, event, at)
        if not event.is_published:
            return event
        ahead = Registration.objects.active().filter(
            occurrence__event=event, occurrence__ends_at__gt=at, occurrence__cancellation__isnull=True
        )
        if ahead.exists():
            raise Refused(
                _("People have signed up for this. Call off its times first, so that they are told why."),
                code="has-registrations",
            )
        seen_before = event.is_public
        event.published_at, event.changed_at = None, at
        event.save(update_fields=["published_at", "changed_at"])
        record(by=by, verb="events.event_unpublished", noun=event, at=at)
        show_to_audience(event)
        show_anew(event, also=seen_before)
        index_event(event)
        return event


def _held(by: Person | None, event: Event, at: datetime) -> Event:
    held = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
    if by is not None:
        demand(may_edit(by, held, at=at))
    return held
