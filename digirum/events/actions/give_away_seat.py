"""Who has not come when it has begun leaves a seat for somebody at the door."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.events.actions.cancel_registration import check_active
from digirum.events.actions.change_registration import enter_in_journal, held_anew, move_to
from digirum.events.actions.check import check_on
from digirum.events.actions.hold import count, holding
from digirum.events.models import CheckIn, Registration, State
from digirum.events.rules import demand, may_serve
from digirum.people.models import Person


def give_away_seat(*, by: Person, at: datetime, registration: Registration) -> Registration:
    """Frees the seats of a party that has not come, once it has begun. Who comes late is let in as a walk-in."""
    with holding(registration.occurrence_id) as held:
        registration = held_anew(held, registration)
        demand(may_serve(by, held, at=at))
        check_on(held, at)
        check_active(registration)
        if at < held.starts_at:
            raise Refused(_("It has not begun. Give the seat away when it has."), code="not-started")
        if registration.state != State.CONFIRMED:
            raise Refused(_("This party has no seat to give away."), code="no-seat")
        if CheckIn.objects.filter(registration=registration).exists():
            raise Refused(_("This party has come already. Undo the check-in first."), code="already-checked-in")
        count(held, seats=-registration.seats)
        move_to(registration, State.LAPSED, at)
        enter_in_journal("events.seat_given_away", registration, by=by, at=at)
        return registration
