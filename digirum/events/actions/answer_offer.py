"""Saying yes or no to a freed seat: by oneself, or by the desk when it has spoken with the person."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.events.actions.change_registration import enter_in_journal, held_anew, move_to
from digirum.events.actions.check import check_on
from digirum.events.actions.hold import count, holding
from digirum.events.actions.promote import promote
from digirum.events.models import Answer, Offer, Registration, State
from digirum.events.rules import demand, may_answer_for
from digirum.people.models import Person


def accept_offer(*, by: Person, at: datetime, registration: Registration) -> Registration:
    """Takes the offered seat, as long as the offer stands."""
    with holding(registration.occurrence_id) as held:
        registration = held_anew(held, registration)
        demand(may_answer_for(by, registration, at=at))
        check_on(held, at)
        offer = _standing(registration)
        if offer.expires_at <= at:
            raise Refused(
                _("The offer has run out and the seat goes to the next in line. You can stand in line again."),
                code="offer-expired",
            )
        close(offer, Answer.ACCEPTED, at)
        move_to(registration, State.CONFIRMED, at)
        enter_in_journal("events.offer_accepted", registration, by=by, at=at)
        return registration


def decline_offer(*, by: Person, at: datetime, registration: Registration) -> Registration:
    """Leaves the offered seat to the next in line. Who declines leaves the line."""
    with holding(registration.occurrence_id) as held:
        registration = held_anew(held, registration)
        demand(may_answer_for(by, registration, at=at))
        close(_standing(registration), Answer.DECLINED, at)
        move_to(registration, State.CANCELLED, at)
        count(held, seats=-registration.seats)
        enter_in_journal("events.offer_declined", registration, by=by, at=at)
        promote(held, at=at)
        return registration


def close(offer: Offer, answer: Answer, at: datetime) -> None:
    """Writes how an open offer ended."""
    offer.answer, offer.answered_at = answer, at
    offer.save(update_fields=["answer", "answered_at"])


def _standing(registration: Registration) -> Offer:
    offer = registration.open_offer if registration.state == State.OFFERED else None
    if offer is None:
        raise Refused(_("No seat is offered here. Look at your page to see how it stands."), code="no-offer")
    return offer
