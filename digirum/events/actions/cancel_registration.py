"""Giving back a seat, or leaving the line."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.events.actions.answer_offer import close
from digirum.events.actions.change_registration import enter_in_journal, held_anew, move_to
from digirum.events.actions.hold import count, holding
from digirum.events.actions.promote import promote
from digirum.events.models import Answer, CheckIn, Occurrence, Registration, State
from digirum.events.rules import demand, may_answer_for
from digirum.people.models import Person


def cancel_registration(*, by: Person | None, at: datetime, registration: Registration) -> Registration:
    """Cancels until the start; what becomes free goes to the line. ``by`` is the person, the desk, or the room itself."""
    with holding(registration.occurrence_id) as held:
        registration = held_anew(held, registration)
        if by is not None:
            demand(may_answer_for(by, registration, at=at))
        return leave(held, registration, by=by, at=at)


def leave(held: Occurrence, registration: Registration, *, by: Person | None, at: datetime) -> Registration:
    """The same with the occurrence held and the rule checked."""
    check_active(registration)
    if held.starts_at <= at:
        raise Refused(_("It has begun, so it can no longer be cancelled. You need do nothing."), code="past")
    if CheckIn.objects.filter(registration=registration).exists():
        raise Refused(_("This party has come already. Undo the check-in first."), code="already-checked-in")
    if registration.state == State.OFFERED and (offer := registration.open_offer):
        close(offer, Answer.DECLINED, at)
    if registration.state == State.WAITING:
        count(held, waiting=-1)
    else:
        count(held, seats=-registration.seats)
    move_to(registration, State.CANCELLED, at)
    enter_in_journal("events.registration_cancelled", registration, by=by, at=at)
    promote(held, at=at)
    return registration


def check_active(registration: Registration) -> None:
    """That there is something left to change."""
    if not registration.is_active:
        raise Refused(_("This registration has ended already. You need do nothing."), code="not-active")
