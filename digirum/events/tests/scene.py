"""The people and things that the tests of the programme need. Everything is made by the acts, as in life."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from digirum.events import actions
from digirum.events.facts import EventFacts
from digirum.events.models import Event, Kind, Occurrence, Registration, State
from digirum.people.models import Organisation, Person, Role, RoleGrant, Subject
from digirum.place.models import Centre

# A Monday morning in November; the workshop is on the Thursday after.
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
START = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
_numbers = count(1)


def resident(name: str = "", *, email: str = "", at_once: bool = False) -> Person:
    """Somebody who has taken a key."""
    person = Person.objects.create(
        pseudonym=name or f"Lugn Lönn {next(_numbers)}", joined_at=NOW, email=email, accepts_automatically=at_once
    )
    Subject.of(person, NOW)
    return person


def organisation(slug: str = "", parent: Organisation | None = None) -> Organisation:
    """A part of the city."""
    made = Organisation.objects.create(
        slug=slug or f"enhet-{next(_numbers)}", name="Enheten", kind="unit", parent=parent, path=f"x{next(_numbers)}"
    )
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save()
    return made


def centre(slug: str = "", parent: Organisation | None = None) -> Centre:
    """A centre with its unit."""
    slug = slug or f"center-{next(_numbers)}"
    return Centre.objects.create(slug=slug, name="Digidel", organisation=organisation(slug, parent))


def staff(role: Role, unit: Organisation) -> Person:
    """Somebody with a role."""
    person = resident()
    RoleGrant.objects.create(
        person=person, role=role, organisation=unit, begins_at=NOW - timedelta(days=1), given_at=NOW
    )
    return person


def guide(occurrence: Occurrence) -> Person:
    """Somebody who works at the desk where it is held."""
    assert occurrence.event.centre is not None
    return staff(Role.GUIDE, occurrence.event.centre.organisation)


def coordinator(event: Event) -> Person:
    """Somebody who plans the programme where it is held."""
    assert event.centre is not None
    return staff(Role.COORDINATOR, event.centre.organisation)


def facts(**changes: Any) -> EventFacts:
    """A workshop, as somebody might write it."""
    known: dict[str, Any] = {"texts": {"name_sv": "Prova VR", "name_en": "Try VR"}, "kind": Kind.WORKSHOP, **changes}
    if "centre" not in known and "place_name" not in known:
        known["centre"] = centre()
    return EventFacts(**known)


def event(*, published: bool = True, **changes: Any) -> Event:
    """A public workshop where each may have two seats, in the programme unless said otherwise."""
    made = actions.create_event(by=None, at=NOW, facts=facts(**{"seats_per_person": 2, **changes}))
    return actions.publish_event(by=None, at=NOW, event=made) if published else made


def occurrence(seats: int | None = 1, *, start: datetime = START, hours: float = 2, **changes: Any) -> Occurrence:
    """One time of a workshop with so many seats."""
    of = changes.pop("of", None) or event(**changes)
    return actions.add_occurrence(
        by=None, at=NOW, event=of, starts_at=start, ends_at=start + hours * HOUR, capacity=seats
    )


def fill(held: Occurrence, at: datetime = NOW) -> list[Registration]:
    """Somebody else on each seat that is free."""
    held.refresh_from_db()
    free = held.seats_free
    assert free is not None
    return [actions.register(by=resident(), at=at, occurrence=held) for _seat in range(free)]


def wait(held: Occurrence, seats: int = 1, person: Person | None = None, at: datetime = NOW) -> Registration:
    """Somebody in line."""
    entry = actions.join_waiting_list(by=person or resident(), at=at, occurrence=held, seats=seats)
    assert entry.state == State.WAITING
    return entry


def state(entry: Registration) -> str:
    """How it stands now."""
    return Registration.objects.values_list("state", flat=True).get(pk=entry.pk)


def who(entry: Registration) -> Person:
    """The person who signed up."""
    assert entry.person is not None
    return entry.person


def leave(entry: Registration, at: datetime = NOW) -> None:
    """The person cancels."""
    actions.cancel_registration(by=who(entry), at=at, registration=entry)


def anew(held: Occurrence) -> Occurrence:
    """The occurrence as the database has it."""
    return Occurrence.objects.select_related("event", "cancellation").get(pk=held.pk)


def code_of(refusal: Any) -> str:
    """The code of a refusal that a test caught."""
    return str(refusal.value.code)
