"""A crowd for one workshop: who wants a seat, and afterwards what the database knows of them. Runs in the site's process."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress

from digirum.base import clock
from digirum.events import actions
from digirum.events.facts import EventFacts
from digirum.events.models import Kind, Occurrence, Registration, State
from digirum.journal.models import JournalEntry
from digirum.notices.models import Delivery, Notice
from digirum.people.models import Person, Subject
from digirum.place.models import Centre
from tests.sign_ins import sign_in

SLUG = "tva-hundra-vill-ga"
EVERY_FOURTH_HAS_MAIL = 4


@dataclass(frozen=True)
class Known:
    """What the database holds in the end."""

    confirmed: list[str]
    others: list[str]
    lines: list[int]
    seats_taken: int
    waiting: int
    journal: list[int]
    told: list[str]
    outbox: list[str]
    states: list[str]
    strays: int


def gather(people: int, seats: int) -> dict[str, object]:
    """A workshop with so many seats, and so many people who have signed in; their cookies by name."""
    at = clock.now()
    facts = EventFacts(texts={"name_sv": SLUG}, kind=Kind.WORKSHOP, centre=Centre.objects.earliest("pk"))
    event = actions.create_event(by=None, at=at, facts=facts, slug=SLUG)
    actions.publish_event(by=None, at=at, event=event)
    start = (at + timedelta(days=9)).replace(minute=0, second=0, microsecond=0)
    held = actions.add_occurrence(
        by=None, at=at, event=event, starts_at=start, ends_at=start + timedelta(hours=2), capacity=seats
    )
    names = [f"Vill {number:03}" for number in range(people)]
    crowd = Person.objects.bulk_create(
        Person(
            pseudonym=name,
            joined_at=at,
            email="" if number % EVERY_FOURTH_HAS_MAIL else f"vill-{number:03}@example.org",
        )
        for number, name in enumerate(names)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in crowd if person.email
    )
    Subject.objects.bulk_create(Subject(person=person, made_at=at) for person in crowd)
    cookies = dict(zip(names, sign_in(crowd, at), strict=True))
    return {"address": f"/program/{SLUG}/{held.key}/anmalan", "cookies": cookies}


def look() -> Known:
    """What has become of it."""
    held = Occurrence.objects.get(event__slug=SLUG)
    rows = list(Registration.objects.filter(occurrence=held).select_related("person").order_by("line"))
    written = Counter(
        JournalEntry.objects.filter(verb="events.registered", object_id__in=[str(row.pk) for row in rows]).values_list(
            "object_id", flat=True
        )
    )
    notices = Notice.objects.filter(kind="events.registered", person__pseudonym__startswith="Vill ")
    outbox = Delivery.objects.filter(notice__in=notices)
    keys = {f"events.registered:{row.pk}" for row in rows}
    return Known(
        confirmed=[str(row.person) for row in rows if row.state == State.CONFIRMED],
        others=[row.state for row in rows if row.state != State.CONFIRMED],
        lines=[row.line for row in rows],
        seats_taken=held.seats_taken,
        waiting=held.waiting,
        journal=[written[str(row.pk)] for row in rows],
        told=sorted(notice.person.email for notice in notices.select_related("person")),
        outbox=sorted(outbox.values_list("notice__person__email", flat=True)),
        states=list(outbox.values_list("state", flat=True)),
        strays=notices.exclude(key__in=keys).count(),
    )


def tell_of_crowd(people: int, seats: int) -> None:
    """Prints who came."""
    print(json.dumps(gather(people, seats)))


def tell_what_is_known() -> None:
    """Prints what has become of it."""
    print(json.dumps(asdict(look())))
