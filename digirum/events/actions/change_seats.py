"""More or fewer seats for a party."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.events.actions.cancel_registration import check_active
from digirum.events.actions.change_registration import enter_in_journal, held_anew
from digirum.events.actions.check import check_on, check_seats, full, others_first
from digirum.events.actions.hold import count, holding
from digirum.events.actions.promote import promote
from digirum.events.models import Occurrence, Registration, State
from digirum.events.rules import demand, may_answer_for
from digirum.people.models import Person


def change_seats(*, by: Person, at: datetime, registration: Registration, seats: int) -> Registration:
    """Changes the number of seats until the start. More seats only where they are free for all; fewer go to the line."""
    with holding(registration.occurrence_id) as held:
        registration = held_anew(held, registration)
        demand(may_answer_for(by, registration, at=at))
        check_on(held, at)
        _check(held, registration, seats, at)
        more = seats - registration.seats
        if not more:
            return registration
        if registration.state == State.CONFIRMED:
            if more > 0 and (others_first(held) or not count(held, seats=more)):
                raise full(held)
            if more < 0:
                count(held, seats=more)
        registration.seats, registration.changed_at = seats, at
        registration.save(update_fields=["seats", "changed_at"])
        enter_in_journal("events.seats_changed", registration, by=by, at=at)
        promote(held, at=at)
        registration.refresh_from_db(fields=["state"])
        return registration


def _check(held: Occurrence, registration: Registration, seats: int, at: datetime) -> None:
    check_active(registration)
    if held.starts_at <= at:
        raise Refused(_("It has begun, so the seats can no longer be changed. Talk to the desk."), code="past")
    if registration.state == State.OFFERED:
        raise Refused(
            _("A seat is offered to you. Answer yes or no first, then change the seats."), code="answer-first"
        )
    check_seats(held, seats)
