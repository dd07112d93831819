"""The desk signs somebody up, without asking for anything: a slip with a short code is all that they take home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from digirum.events import slips
from digirum.events.actions.change_registration import enter_in_journal
from digirum.events.actions.check import check_seats, check_sign_up, once_each
from digirum.events.actions.hold import holding
from digirum.events.actions.news import tell_party
from digirum.events.actions.register import stand_in_line, take_seat
from digirum.events.models import Occurrence, Registration, State
from digirum.events.rules import demand, may_serve
from digirum.people.models import Person


@dataclass(frozen=True)
class Slip:
    """A registration with the code that is shown once and printed."""

    registration: Registration
    code: str


def register_on_behalf(
    *,
    by: Person,
    at: datetime,
    occurrence: Occurrence,
    seats: int = 1,
    takes_seat_at_once: bool = False,
    person: Person | None = None,
) -> Slip:
    """Signs up whoever stands at the desk: on a seat where one is free, else last in line.

    ``person`` only where they showed their key: it is theirs then, and they are told of what was done in their name.
    The slip's code is nowhere to be found again.
    """
    with once_each(), holding(occurrence.pk) as held:
        demand(may_serve(by, held, at=at))
        check_sign_up(held, at, at_the_desk=True)
        check_seats(held, seats)
        state = State.CONFIRMED if take_seat(held, seats) else stand_in_line(held, at)
        code = slips.new_code()
        registration = Registration(
            occurrence=held,
            person=person,
            seats=seats,
            state=state,
            line=held.last_line,
            made_at=at,
            changed_at=at,
            registered_by=by,
            takes_seat_at_once=takes_seat_at_once,
            slip_digest=slips.digest(code),
        )
        registration.save(force_insert=True)
        verb = "events.registered" if state == State.CONFIRMED else "events.stood_in_line"
        enter_in_journal(verb, registration, by=by, at=at)
        tell_party(registration, verb, at=at, key=str(registration.pk))
        return Slip(registration, code)
