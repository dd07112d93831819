"""Freed seats go to the line, in order."""

from __future__ import annotations

from datetime import datetime

from digirum.events.actions.hold import count
from digirum.events.actions.news import tell_party
from digirum.events.models import LONGEST_OFFER, Answer, Occurrence, Offer, Registration, State
from digirum.journal.record import record


def deadline(starts_at: datetime, at: datetime) -> datetime:
    """Until when an offer made at ``at`` stands: a day, or a quarter of the time left where that is shorter."""
    return at + min(LONGEST_OFFER, (starts_at - at) / 4)


def promote(held: Occurrence, *, at: datetime) -> list[Registration]:
    """Offers what is free to those in line, and returns whom. Call it inside ``holding`` after seats were freed.

    The first in line whose party fits gets the offer; a larger one is passed over and keeps its place. In the last hour
    nothing is offered: free seats are for those at the door then.
    """
    promoted: list[Registration] = []
    if held.is_cancelled or held.in_last_hour(at):
        return promoted
    while held.waiting and held.seats_free != 0:
        line = Registration.objects.filter(occurrence=held).in_line().fitting(held.seats_free)
        first = line.select_related("person").first()
        if first is None or not count(held, seats=first.seats, waiting=-1):
            break
        first.occurrence = held
        _give(first, at)
        promoted.append(first)
    return promoted


def _give(registration: Registration, at: datetime) -> None:
    """Seats one who chose not to be asked; offers the seat to everyone else."""
    at_once = registration.seats_itself
    registration.state = State.CONFIRMED if at_once else State.OFFERED
    registration.changed_at = at
    registration.save(update_fields=["state", "changed_at"])
    offer = Offer.objects.create(
        registration=registration,
        seats=registration.seats,
        made_at=at,
        expires_at=deadline(registration.occurrence.starts_at, at),
        answered_at=at if at_once else None,
        answer=Answer.AUTOMATIC if at_once else "",
    )
    if at_once:
        record(by=None, verb="events.seat_given", noun=registration, at=at)
        tell_party(registration, "events.seat_given", at=at, key=str(offer.pk))
    else:
        record(by=None, verb="events.seat_offered", noun=registration, at=at)
        tell_party(registration, "events.seat_offered", at=at, key=str(offer.pk), until=offer.expires_at)
