"""Fills the bench's room: events over four years, three of them past, with times, people, sign-ups and search.

Written in bulk and not by the acts, which would take hours; what it writes keeps every constraint of the database.
The same numbers give the same room.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import connection, models, transaction

from digirum.base import clock, ids, search
from digirum.base.audience import Audience
from digirum.base.generations import start_anew
from digirum.events.models import (
    AccessFact,
    Event,
    EventAccess,
    EventLanguage,
    Kind,
    Occurrence,
    Registration,
    SpokenLanguage,
    State,
)
from digirum.events.search import docs_of
from digirum.journal.models import JournalEntry
from digirum.people.models import Person, Subject
from digirum.place.models import Centre
from digirum.topics.models import Competence, HelpTopic, Level, Theme
from tests.bench.words import FOR_WHOM, OPENINGS, SENTENCES, THINGS

CHUNK = 2_000
BACK, AHEAD = 3 * 365, 365
"""Days over which the events lie."""
MARK = "matt"


@dataclass(frozen=True)
class Known:
    """What was in the room before, that events point to."""

    centres: Sequence[Centre]
    competences: Sequence[Competence]
    themes: Sequence[Theme]
    help_topics: Sequence[HelpTopic]

    @classmethod
    def read(cls) -> "Known":
        """All of it."""
        return cls(
            list(Centre.objects.all()),
            list(Competence.objects.all()),
            list(Theme.objects.all()),
            list(HelpTopic.objects.all()),
        )


def fill(wanted: int, at: datetime) -> None:
    """Adds events until there are as many as wanted of the bench's own."""
    known, there = Known.read(), Event.objects.filter(slug__startswith=MARK).count()
    for first in range(there, wanted, CHUNK):
        numbers = range(first, min(first + CHUNK, wanted))
        with transaction.atomic():
            people = _people(max(20, len(numbers) // 8), first, at)
            _add(numbers, known, people, at)
    start_anew()
    with connection.cursor() as cursor:  # as the worker and the database's own upkeep do in time
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _people(count: int, first: int, at: datetime) -> list[Person]:
    people = Person.objects.bulk_create(
        Person(pseudonym=f"Matt Mätare {first + number}", joined_at=at - timedelta(days=number % 900))
        for number in range(count)
    )
    Subject.objects.bulk_create(Subject(person=person, made_at=at) for person in people)
    return people


def _add(numbers: range, known: Known, people: Sequence[Person], at: datetime) -> None:
    events = [_event(number, known, at) for number in numbers]
    _write(events)
    _tag(events, known)
    times = [held for event in events for held in _times(event, at)]
    entries = [entry for held in times for entry in _sign_ups(held, people)]  # counts the seats of each time too
    _write(times)
    _write(entries)
    _write(_journal_line(entry) for entry in entries)
    found = Event.objects.filter(pk__in=[event.pk for event in events])
    indexed = found.select_related("centre").prefetch_related("themes", "help_topics")
    search.index_many((event, docs_of(event)) for event in indexed)


def _write[M: models.Model](rows: Iterable[M]) -> None:
    made = list(rows)
    if made:
        type(made[0])._default_manager.bulk_create(made, batch_size=500)


def _event(number: int, known: Known, at: datetime) -> Event:
    dice = Random(number)
    thing, whom = dice.choice(THINGS), dice.choice(FOR_WHOM)
    name = f"{dice.choice(OPENINGS)} {thing} {whom}"
    english = number % 3 == 0
    return Event(
        slug=f"{MARK}-{number}",
        name_sv=name,
        name_en=f"About {thing}, no {number}" if english else None,
        summary_sv=f"Två timmar om {thing} och {dice.choice(THINGS)}. {dice.choice(SENTENCES)}",
        summary_en=f"Two hours about {thing}." if english else None,
        description_sv="\n\n".join(dice.sample(SENTENCES, 5)),
        kind=dice.choice(Kind.values),
        level=dice.choice([*Level.values, ""]),
        centre=dice.choice(known.centres),
        default_capacity=dice.choice([8, 12, 20, None]),
        seats_per_person=dice.choice([1, 2]),
        needs_registration=number % 5 != 0,
        made_at=at - timedelta(days=dice.randrange(1, BACK)),
        changed_at=at,
        published_at=None if number % 50 == 7 else at - timedelta(days=1),
    )


def _tag(events: Sequence[Event], known: Known) -> None:
    spoken, facts = [], []
    tags: dict[str, list[models.Model]] = {"competences": [], "themes": [], "help_topics": []}
    for event in events:
        dice = Random(event.slug)
        languages = dice.sample(SpokenLanguage.values, dice.choice([0, 1, 1, 2]))
        spoken += [EventLanguage(event=event, language=language) for language in {"sv", *languages}]
        facts += [EventAccess(event=event, fact=fact) for fact in dice.sample(AccessFact.values, 3)]
        for name, rows in tags.items():
            through = getattr(Event, name).through
            for noun in dice.sample(getattr(known, name), min(2, len(getattr(known, name)))):
                rows.append(through(event_id=event.pk, **{f"{noun._meta.model_name}_id": noun.pk}))
    _write(spoken)
    _write(facts)
    for rows in tags.values():
        _write(rows)


def _times(event: Event, at: datetime) -> list[Occurrence]:
    dice = Random(f"{event.slug} times")
    count = dice.choice([1, 1, 1, 2])
    days = dice.sample(range(-BACK, AHEAD), count)
    return [_time(event, clock.local_day(at) + timedelta(days=day), dice, at) for day in sorted(days)]


def _time(event: Event, day: date, dice: Random, at: datetime) -> Occurrence:
    starts = datetime.combine(day, time(dice.randrange(9, 19), dice.choice([0, 30])), clock.zone()).astimezone(UTC)
    return Occurrence(
        event=event,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        capacity=event.default_capacity,
        seat_ceiling=event.default_capacity,
        registration_closes_at=starts,
        shown_to=event.shown_to,
        changed_at=at,
    )


def _sign_ups(held: Occurrence, people: Sequence[Person]) -> list[Registration]:
    """What fits, for who needs a seat; some are full and have a line."""
    if not held.event.needs_registration or not held.event.is_published:
        return []
    dice = Random(f"{held.event.slug} {held.starts_at}")
    seats, entries = held.capacity, []
    for line, person in enumerate(dice.sample(people, dice.choice([0, 2, 4, 6, 10])), 1):
        seated = seats is None or held.seats_taken < seats
        held.seats_taken += seated
        held.waiting += not seated
        held.last_line = line
        made = held.starts_at - timedelta(days=dice.randrange(1, 40))
        state = State.CONFIRMED if seated else State.WAITING
        entries.append(
            Registration(occurrence=held, person=person, line=line, state=state, made_at=made, changed_at=made)
        )
    return entries


def _journal_line(entry: Registration) -> JournalEntry:
    return JournalEntry(
        subject=ids.uuid4(),
        role="resident",
        verb="events.registered",
        object_type="events.registration",
        object_id=str(entry.pk),
        audience=Audience.ORGANISATION,
        at=entry.made_at,
    )


def main(wanted: int) -> None:
    """Fills the room that this process belongs to."""
    fill(wanted, clock.now())
