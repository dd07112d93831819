"""Offers that nobody answered go to the next in line."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from digirum.events.actions.answer_offer import close
from digirum.events.actions.change_registration import move_to
from digirum.events.actions.hold import count, holding
from digirum.events.actions.news import tell_party
from digirum.events.actions.promote import promote
from digirum.events.models import Answer, Offer, State
from digirum.journal.record import record


def expire_offers(at: datetime) -> int:
    """Ends the offers whose time is over and passes the seats on; returns how many ended. The worker calls it often."""
    run_out = Offer.objects.run_out(at).order_by().values_list("registration__occurrence_id", flat=True).distinct()
    return sum(_expire(occurrence, at) for occurrence in list(run_out))


def _expire(occurrence: UUID, at: datetime) -> int:
    with holding(occurrence) as held:
        offers = list(
            Offer.objects.run_out(at)
            .filter(registration__occurrence=held)
            .select_related("registration__person")
            .order_by("registration__line")
        )
        for offer in offers:
            registration = offer.registration
            registration.occurrence = held
            close(offer, Answer.EXPIRED, at)
            move_to(registration, State.LAPSED, at)
            count(held, seats=-registration.seats)
            record(by=None, verb="events.offer_expired", noun=registration, at=at)
            tell_party(registration, "events.offer_lapsed", at=at, key=str(offer.pk))
        promote(held, at=at)
        return len(offers)
