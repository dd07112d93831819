"""The demo room's programme: real offers of a digital room, at times that follow the day of loading."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from digirum.base import clock, languages
from digirum.base.audience import Audience
from digirum.base.refusal import Refused
from digirum.events import actions
from digirum.events.facts import TEXTS, EventFacts
from digirum.events.models import Attendance, Event, Occurrence
from digirum.people.models import Person
from digirum.place.models import Centre
from digirum.topics.models import Competence, HelpTopic, Theme

DATA = Path(__file__).parent / "data" / "programme.toml"
MONDAY_ONE = date(1970, 1, 5)


def load(at: datetime, centres: Mapping[str, Centre]) -> int:
    """Puts the programme in place and returns how many events and times were added; none the second time that day.

    ``centres`` says which centre plays ``main``, ``branch-1`` and ``branch-2``. Acts of the room itself (``by=None``).
    """
    added = 0
    for entry in tomllib.loads(DATA.read_text())["events"]:
        event = Event.objects.filter(slug=entry["slug"]).first()
        if event is None:
            event = actions.create_event(by=None, at=at, facts=_facts(entry, centres), slug=entry["slug"])
            actions.publish_event(by=None, at=at, event=event)
            added += 1
        added += _add_missing_times(event, list(_periods(entry, clock.local_day(at))), at)
    return added


def sign_up(at: datetime, people: Sequence[Person]) -> int:
    """Lets ``people`` sign up: one workshop with a seat or two left, one course that is full with a line."""
    taken = 0
    for slug, share in (("prova-vr-och-3d", 0.75), ("borja-med-mobilen", 1.25), ("temakvall-e-legitimation", 0.3)):
        occurrence = Occurrence.objects.filter(event__slug=slug).upcoming(at).in_order().first()
        if occurrence is None or occurrence.capacity is None or not occurrence.takes_registrations(at):
            continue
        for person in people[: round(occurrence.capacity * share)]:
            taken += _try_to_sign_up(person, occurrence, at)
    return taken


def _try_to_sign_up(person: Person, occurrence: Occurrence, at: datetime) -> int:
    if occurrence.registrations.filter(person=person).exists():
        return 0
    try:
        actions.join_waiting_list(by=person, at=at, occurrence=occurrence)
    except Refused:
        return 0
    return 1


def _add_missing_times(event: Event, periods: list[tuple[datetime, datetime]], at: datetime) -> int:
    present = set(event.occurrences.values_list("starts_at", flat=True))
    missing = [(starts_at, ends_at) for starts_at, ends_at in periods if starts_at not in present]
    for starts_at, ends_at in missing:
        actions.add_occurrence(by=None, at=at, event=event, starts_at=starts_at, ends_at=ends_at)
    return len(missing)


def _periods(entry: Mapping[str, Any], today: date) -> Iterator[tuple[datetime, datetime]]:
    for single in entry.get("on", []):
        yield _period(single["day"], single)
    week = (today - MONDAY_ONE).days // 7
    for rhythm in entry.get("when", []):
        first, every = week + rhythm["first"], rhythm["every"]
        for number in range(first, first + every * rhythm["times"]):
            if number % every == rhythm["first"] % every:
                for weekday in rhythm["days"]:
                    yield _period(MONDAY_ONE + timedelta(weeks=number, days=weekday - 1), rhythm)


def _period(day: date, hours: Mapping[str, str]) -> tuple[datetime, datetime]:
    starts, ends = time.fromisoformat(hours["starts"]), time.fromisoformat(hours["ends"])
    return clock.at_local(day, starts), clock.at_local(day, ends)


def _facts(entry: Mapping[str, Any], centres: Mapping[str, Centre]) -> EventFacts:
    centre = centres[entry["place"]]
    audience = Audience(entry.get("audience", Audience.PUBLIC))
    return EventFacts(
        texts=_texts(entry),
        kind=entry["kind"],
        audience=audience,
        level=entry["level"],
        competences=tuple(Competence.objects.filter(number__in=entry["competences"])),
        themes=tuple(Theme.objects.filter(slug__in=entry["themes"])),
        help_topics=tuple(HelpTopic.objects.filter(slug__in=entry["help_topics"])),
        organisers=(centre.organisation,),
        languages=tuple(entry["languages"]),
        access_facts=tuple(entry["access"]),
        attendance=entry.get("attendance", Attendance.ONSITE),
        centre=centre,
        default_capacity=entry.get("capacity"),
        seats_per_person=entry.get("seats_per_person", 1),
        needs_registration=entry.get("needs_registration", True),
        opens_days_before=entry.get("opens_days_before"),
        closes_hours_before=entry.get("closes_hours_before", 0),
        age_from=entry.get("age_from"),
        drawn_picture=f"events/drawings/{entry['drawing']}.svg",
        url=entry.get("url", ""),
    )


def _texts(entry: Mapping[str, Any]) -> dict[str, str]:
    written = {text: entry.get(text, {}) for text in TEXTS}  # no word of a price: all of it is free
    return {
        f"{text}_{code.replace('-', '_')}": words[code]
        for text, words in written.items()
        for code in languages.BY_CODE
        if words.get(code)
    }
