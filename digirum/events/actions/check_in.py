"""Ticking off who has come."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.events.actions.cancel_registration import check_active
from digirum.events.actions.change_registration import enter_in_journal, held_anew, move_to
from digirum.events.actions.hold import count, holding
from digirum.events.models import CheckIn, Occurrence, Registration, State
from digirum.events.rules import demand, may_serve
from digirum.people.models import Person

# The list is open from an hour before, and until the day after for who fills it in from paper.
AFTERWARDS = timedelta(days=1)


def check_in(*, by: Person, at: datetime, registration: Registration, arrived: int | None = None) -> CheckIn:
    """Notes that the party has come, all of it or only ``arrived`` of them. A second tap changes the number, no more."""
    with holding(registration.occurrence_id) as held:
        registration = held_anew(held, registration)
        demand(may_serve(by, held, at=at))
        _check_list_open(held, at)
        check_active(registration)
        if registration.state != State.CONFIRMED:
            raise Refused(_("This party has no seat yet. Give them one at the door, if one is free."), code="no-seat")
        came = registration.seats if arrived is None else arrived
        if not 1 <= came <= registration.seats:
            raise Refused(
                _("Say how many came: from one to %(seats)d.") % {"seats": registration.seats},
                code="too-many-arrived",
                field="arrived",
            )
        ticked = CheckIn.objects.filter(registration=registration).first()
        if ticked is not None and ticked.arrived == came:
            return ticked
        ticked = ticked or CheckIn(registration=registration)
        ticked.arrived, ticked.by, ticked.at = came, by, at
        ticked.save()
        enter_in_journal("events.checked_in", registration, by=by, at=at)
        return ticked


def undo_check_in(*, by: Person, at: datetime, registration: Registration) -> Registration:
    """Takes a tick back. A walk-in that was a slip of the finger loses its seat too."""
    with holding(registration.occurrence_id) as held:
        registration = held_anew(held, registration)
        demand(may_serve(by, held, at=at))
        _check_list_open(held, at)
        deleted, _rows = CheckIn.objects.filter(registration=registration).delete()
        if not deleted:
            raise Refused(_("This party is not ticked off. You need do nothing."), code="not-checked-in")
        if registration.walk_in:
            count(held, seats=-registration.seats)
            move_to(registration, State.CANCELLED, at)
        enter_in_journal("events.check_in_undone", registration, by=by, at=at)
        return registration


def _check_list_open(held: Occurrence, at: datetime) -> None:
    if held.is_cancelled:
        raise Refused(_("This has been called off, so nobody can be ticked off."), code="cancelled")
    if not held.in_last_hour(at):
        raise Refused(_("The list opens one hour before the start. Try again then."), code="too-early")
    if at >= held.ends_at + AFTERWARDS:
        raise Refused(_("The list was closed the day after. It can no longer be changed."), code="past")
