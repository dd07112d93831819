"""Moving an occurrence to another time."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.audience import Audience
from digirum.base.refusal import Refused
from digirum.events.actions.add_occurrences import check_period, same_start, window
from digirum.events.actions.check import check_on
from digirum.events.actions.hold import holding, show_anew
from digirum.events.actions.news import tell_party
from digirum.events.actions.promote import deadline, promote
from digirum.events.models import Occurrence, OccurrenceMove, Offer, Registration
from digirum.events.rules import demand, may_edit
from digirum.journal.record import record
from digirum.people.models import Person


def move_occurrence(
    *, by: Person | None, at: datetime, occurrence: Occurrence, starts_at: datetime, ends_at: datetime, revision: int
) -> Occurrence:
    """Moves it and tells all who signed up or wait; seats and line are kept, and the old address leads on.

    ``revision`` is the number that the mover saw: refused (``revision-conflict``) if somebody has changed it since.
    """
    with holding(occurrence.pk) as held:
        if by is not None:
            demand(may_edit(by, held.event, at=at))
        check_on(held, at)
        if held.revision != revision:
            raise Refused(
                _(
                    "Somebody else has changed this time since you opened the page. Look at it again before you move it."
                ),
                code="revision-conflict",
            )
        check_period(starts_at, ends_at)
        if Occurrence.objects.filter(event=held.event, starts_at=starts_at).exclude(pk=held.pk).exists():
            raise same_start()
        before = held.starts_at
        OccurrenceMove.objects.create(occurrence=held, from_starts_at=before, from_ends_at=held.ends_at, by=by, at=at)
        _write(held, starts_at, ends_at, at)
        record(by=by, verb="events.occurrence_moved", noun=held, at=at, audience=Audience.PUBLIC)
        _hasten_offers(held, at)
        for registration in Registration.objects.active().filter(occurrence=held).select_related("person"):
            registration.occurrence = held
            key = f"{registration.pk}:{held.revision}"
            tell_party(registration, "events.occurrence_moved", at=at, key=key, before=before)
        promote(held, at=at)
        show_anew(held.event)
        return held


def _write(held: Occurrence, starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    held.starts_at, held.ends_at, held.changed_at = starts_at, ends_at, at
    held.registration_opens_at, held.registration_closes_at = window(held.event, starts_at)
    held.revision += 1
    fields = ["starts_at", "ends_at", "changed_at", "registration_opens_at", "registration_closes_at", "revision"]
    held.save(update_fields=fields)


def _hasten_offers(held: Occurrence, at: datetime) -> None:
    """An offer stands no longer than one made now, so that a nearer start leaves time for the next in line."""
    latest = max(at, deadline(held.starts_at, at))
    for offer in Offer.objects.open().filter(registration__occurrence=held, expires_at__gt=latest):
        offer.expires_at = latest
        offer.save(update_fields=["expires_at"])
