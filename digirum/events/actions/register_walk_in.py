"""Who stands at the door gets a seat that nobody uses."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.events.actions.answer_offer import close
from digirum.events.actions.cancel_registration import check_active
from digirum.events.actions.change_registration import enter_in_journal, held_anew
from digirum.events.actions.check import check_on, check_seats
from digirum.events.actions.hold import count, holding
from digirum.events.models import Answer, CheckIn, Occurrence, Registration, State
from digirum.events.rules import demand, may_serve
from digirum.people.models import Person


def register_walk_in(
    *, by: Person, at: datetime, occurrence: Occurrence, seats: int = 1, registration: Registration | None = None
) -> Registration:
    """Seats and checks in a party at the door, from an hour before the start until the end.

    ``registration`` names an entry in line (or an open offer) when it is one of those who waited that stands there;
    the desk decides who, since in the last hour no seats are offered.
    """
    with holding(occurrence.pk) as held:
        demand(may_serve(by, held, at=at))
        _check_door(held, at)
        if registration is None:
            check_seats(held, seats)
            entry = _newcomer(held, by, seats, at)
        else:
            entry = _from_line(held, held_anew(held, registration), at)
        entry.save()
        CheckIn.objects.create(registration=entry, arrived=entry.seats, by=by, at=at)
        enter_in_journal("events.walked_in", entry, by=by, at=at)
        return entry


def _check_door(held: Occurrence, at: datetime) -> None:
    check_on(held, at)
    if not held.event.needs_registration:
        raise Refused(_("Nobody signs up for this. Just let them in."), code="no-registration-needed")
    if not held.in_last_hour(at):
        raise Refused(
            _("Seats are given at the door from one hour before the start. Sign the person up instead."),
            code="too-early",
        )


def _newcomer(held: Occurrence, by: Person, seats: int, at: datetime) -> Registration:
    if not count(held, seats=seats, lines=1):
        raise _nothing_free()
    return Registration(
        occurrence=held,
        seats=seats,
        state=State.CONFIRMED,
        line=held.last_line,
        made_at=at,
        changed_at=at,
        registered_by=by,
        walk_in=True,
    )


def _from_line(held: Occurrence, entry: Registration, at: datetime) -> Registration:
    check_active(entry)
    if entry.state == State.CONFIRMED:
        raise Refused(_("This party has a seat. Check them in."), code="already-has-seat")
    if entry.state == State.WAITING and not count(held, seats=entry.seats, waiting=-1):
        raise _nothing_free()
    if entry.state == State.OFFERED and (offer := entry.open_offer):
        close(offer, Answer.ACCEPTED, at)
    entry.state, entry.changed_at = State.CONFIRMED, at
    return entry


def _nothing_free() -> Refused:
    return Refused(
        _("There are not that many seats free. Once it has begun, you can give away the seats of who has not come."),
        code="full",
        field="seats",
    )
