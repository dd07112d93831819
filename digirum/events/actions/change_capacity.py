"""More or fewer seats in the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from digirum.events.actions.check import check_on
from digirum.events.actions.hold import holding
from digirum.events.actions.promote import promote
from digirum.events.models import Occurrence
from digirum.events.rules import demand, may_edit
from digirum.journal.record import record
from digirum.people.models import Person


@dataclass(frozen=True)
class CapacityChange:
    """The occurrence as it is now; ``seats_over`` tells how many more seats are taken than there are."""

    occurrence: Occurrence
    seats_over: int


def change_capacity(*, by: Person | None, at: datetime, occurrence: Occurrence, capacity: int | None) -> CapacityChange:
    """Sets how many seats there are (None: room for all). New seats go to the line first.

    Lowered below what is taken, nobody is thrown out: no seat is given until enough have been given back, and
    ``seats_over`` says by how many the room is overfull.
    """
    with holding(occurrence.pk) as held:
        if by is not None:
            demand(may_edit(by, held.event, at=at))
        check_on(held, at)
        held.capacity = capacity
        held.seat_ceiling = None if capacity is None else max(capacity, held.seats_taken)
        held.changed_at = at
        held.save(update_fields=["capacity", "seat_ceiling", "changed_at"])
        record(by=by, verb="events.capacity_changed", noun=held, at=at)
        promote(held, at=at)
        return CapacityChange(held, 0 if capacity is None else max(0, held.seats_taken - capacity))
