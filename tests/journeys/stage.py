"""Sets the scene of the journeys on a running site: people with keys, events that are full, begin soon, have a line.

Made by the room's own acts, in one process for all of it, since starting one takes longer than what it does.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Self

from digirum.base import clock
from digirum.events import actions
from digirum.events.facts import EventFacts
from digirum.events.models import Event, Kind, Occurrence
from digirum.front import demo
from digirum.notices.models import Notice
from digirum.people.actions.one_time_codes import demo_code
from digirum.people.actions.take_key import take_key
from digirum.people.models import Person
from digirum.place.models import Centre, ClosedDay, HoursPeriod
from tests.site import Site

RESIDENTS = 16
ROLES = ("resident", "guide", "coordinator", "editor", "administrator", "auditor")


@dataclass(frozen=True)
class KeyHolder:
    """Somebody who holds a printed card."""

    name: str
    number: str
    words: str
    token: str


@dataclass(frozen=True)
class Stage:
    """What there is: codes to sign in with once (by role or name), a card, occurrences by name, pages by address name."""

    codes: dict[str, str]
    holder: KeyHolder
    times: dict[str, str]
    addresses: dict[str, str]

    @classmethod
    def set_on(cls, site: Site) -> Self:
        """Makes everything on a site; twice makes it twice, under other addresses."""
        printed = site.manage("shell", "--no-imports", "-c", "from tests.journeys import stage; stage.main()")
        told = json.loads(printed.splitlines()[-1])
        return cls(told["codes"], KeyHolder(**told["holder"]), told["times"], told["addresses"])


def set_stage(at: datetime) -> Stage:
    """People first, then what they go to."""
    number = Event.objects.count()
    people = [
        take_key(pseudonym=f"Tyst Tall {number}{turn:02}", language="sv", at=at).person for turn in range(RESIDENTS)
    ]
    midnight = clock.day_start(clock.local_day(at) + timedelta(days=1))
    # Within the hour in which one may come in, and today, however late it is.
    soon = min(at + timedelta(minutes=40), midnight - timedelta(minutes=1)).replace(second=0, microsecond=0)
    later = (at + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    others = people[-2:]
    times = {f"one-seat-{turn}": _held(f"Sista platsen {number + turn}", later, 1, [], at) for turn in range(4)}
    times |= {f"soon-{turn}": _held(f"Snart {number + turn}", soon, 4, others, at) for turn in range(3)}
    times |= {f"open-{turn}": _held(f"Plats finns {number + turn}", later, 9, others, at) for turn in range(3)}
    times["listed"] = _held(f"Listad {number}", later, 5, others, at)
    times["to-change"] = _held(f"Att ändra {number}", later, 5, others, at)
    codes = {role: demo.sign_in_code(role, at) for role in ROLES}
    codes |= {f"resident {turn}": demo_code(person=person, at=at) for turn, person in enumerate(people)}
    issued = take_key(pseudonym=f"Kort Kaja {number}", language="sv", at=at)
    holder = KeyHolder(issued.person.pseudonym, issued.card.number, " ".join(issued.card.words), issued.card.token)
    return Stage(codes, holder, times, _addresses(others[0], number, at))


def _addresses(person: Person, number: int, at: datetime) -> dict[str, str]:
    """Pages whose address nobody can know beforehand; ``person`` is who may see them ("resident 14")."""
    off = _held(f"Inställt {number}", (at + timedelta(days=5)).replace(second=0, microsecond=0), 9, [person], at)
    held = Occurrence.objects.at_address(*off.split("/")[2:]).get()
    actions.cancel_occurrence(by=None, at=at, occurrence=held, reason="Lokalen är stängd.")
    centre = Centre.objects.get(slug="stadsbiblioteket")
    period = HoursPeriod.objects.filter(centre=centre).earliest("pk")
    closed = ClosedDay.objects.filter(centre=centre).first()
    run = f"/samordna/center/{centre.slug}"
    return {
        "notices:notice_detail": f"/besked/{Notice.objects.filter(person=person).latest('told_at').pk}",
        "people:desk_key_person": f"/disk/nyckel/person/{person.pk}",
        "place:edit_period": f"{run}/perioder/{period.pk}",
        "place:remove_period": f"{run}/perioder/{period.pk}/ta-bort",
        "place:reopen_day": f"{run}/stangda-dagar/{closed.pk}/ta-bort" if closed else "",
        "cancelled": off,
    }


def _held(name: str, starts_at: datetime, seats: int, people: list[Person], at: datetime) -> str:
    """A workshop of its own with one time, to which some have signed up; its address."""
    facts = EventFacts(
        texts={"name_sv": name},
        kind=Kind.WORKSHOP,
        centre=Centre.objects.get(slug="stadsbiblioteket"),
        seats_per_person=2 if seats > 1 else 1,
    )
    event = actions.create_event(by=None, at=at, facts=facts)
    actions.publish_event(by=None, at=at, event=event)
    held = actions.add_occurrence(
        by=None, at=at, event=event, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), capacity=seats
    )
    for person in people:
        actions.register(by=person, at=at, occurrence=held)
    return f"/program/{event.slug}/{held.key}"


def main() -> None:
    """Sets the stage of the site that this process belongs to, and prints it."""
    print(json.dumps(asdict(set_stage(clock.now()))))
