"""What all changes of a registration have in common."""

from __future__ import annotations

from datetime import datetime

from digirum.events.models import Occurrence, Registration, State
from digirum.journal.record import record
from digirum.people.models import Person


def held_anew(held: Occurrence, registration: Registration) -> Registration:
    """The registration as it stands now that its occurrence is held."""
    anew = Registration.objects.select_related("person__subject").get(pk=registration.pk, occurrence=held)
    anew.occurrence = held
    return anew


def move_to(registration: Registration, state: State, at: datetime) -> None:
    """Writes the new state."""
    registration.state, registration.changed_at = state, at
    registration.save(update_fields=["state", "changed_at"])


def enter_in_journal(verb: str, registration: Registration, *, by: Person | None, at: datetime) -> None:
    """One line: by the person whose registration it is, where the desk helped with its hand named beside."""
    person = registration.person
    helped = by is not None and person is not None and by.pk != person.pk
    record(
        by=person if helped else by,
        verb=verb,
        noun=registration,
        at=at,
        assisted_by=by if helped else None,
    )
