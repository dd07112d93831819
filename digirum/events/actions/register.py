"""Signing up, and standing in line."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.prepared import insert
from digirum.base.refusal import Refused
from digirum.events.actions.check import (
    check_not_signed_up,
    check_seats,
    check_sign_up,
    full,
    once_each,
    others_first,
)
from digirum.events.actions.hold import count, holding
from digirum.events.actions.news import tell_party
from digirum.events.models import Occurrence, Registration, State
from digirum.events.rules import demand, may_see
from digirum.journal.record import record
from digirum.people.models import Person


def register(*, by: Person, at: datetime, occurrence: Occurrence, seats: int = 1) -> Registration:
    """Signs ``by`` up for so many seats, companions counted.

    Refuses (``full``) where there are not so many seats free or somebody in line could take them: then
    ``join_waiting_list`` is the way.
    """
    with once_each(), holding(occurrence.pk) as held:
        demand(may_see(by, held.event, at=at))
        check_sign_up(held, at)
        check_seats(held, seats)
        if not take_seat(held, seats):
            check_not_signed_up(held, by)
            raise full(held)
        return _enter(held, State.CONFIRMED, by=by, seats=seats, at=at)


def join_waiting_list(
    *, by: Person, at: datetime, occurrence: Occurrence, seats: int = 1, takes_seat_at_once: bool = False
) -> Registration:
    """Puts ``by`` last in line; on a seat straight away where one is free for them after all.

    ``takes_seat_at_once``: who gave no address may choose to get a freed seat without being asked.
    """
    with once_each(), holding(occurrence.pk) as held:
        demand(may_see(by, held.event, at=at))
        check_sign_up(held, at)
        check_seats(held, seats)
        state = State.CONFIRMED if take_seat(held, seats) else stand_in_line(held, at)
        return _enter(held, state, by=by, seats=seats, at=at, takes_seat_at_once=takes_seat_at_once)


def take_seat(held: Occurrence, seats: int) -> bool:
    """Takes the seats and the next number, unless they are not free or are for somebody who waits."""
    return not others_first(held) and count(held, seats=seats, lines=1)


def stand_in_line(held: Occurrence, at: datetime) -> State:
    """Takes the next number in line."""
    if held.in_last_hour(at):
        raise Refused(
            _("It begins within an hour, so the line is closed. Seats that become free are given at the door."),
            code="too-late",
        )
    count(held, waiting=1, lines=1)
    return State.WAITING


def _enter(
    held: Occurrence, state: State, *, by: Person, seats: int, at: datetime, takes_seat_at_once: bool = False
) -> Registration:
    registration = Registration(
        occurrence=held,
        person=by,
        seats=seats,
        state=state,
        line=held.last_line,
        made_at=at,
        changed_at=at,
        takes_seat_at_once=takes_seat_at_once,
    )
    insert(registration)
    seated = state == State.CONFIRMED
    record(by=by, verb="events.registered" if seated else "events.stood_in_line", noun=registration, at=at)
    if seated and by.email:
        tell_party(registration, "events.registered", at=at, key=str(registration.pk))
    return registration
