"""All that somebody writes of an event, as one value: what forms fill, acts take, and two editors compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from digirum.base import languages
from digirum.base.audience import Audience
from digirum.base.models import Picture
from digirum.events.models import Attendance, Event
from digirum.people.models import Organisation
from digirum.place.models import Centre
from digirum.topics.models import Competence, HelpTopic, Theme

TEXTS = ("name", "summary", "description", "price_text")
TEXT_FIELDS = tuple(f"{text}_{code.replace('-', '_')}" for text in TEXTS for code in languages.BY_CODE)
MANY = ("competences", "themes", "help_topics", "organisers")
ROWS = ("languages", "access_facts")
PLAIN = (
    "kind", "audience", "organisation", "level", "attendance", "centre", "place_name", "address", "default_capacity",
    "seats_per_person", "needs_registration", "opens_days_before", "closes_hours_before", "age_from", "age_to",
    "picture", "drawn_picture", "contact", "url",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """``texts`` has one entry for each text and language (``name_sv``, ``summary_en`` …); one left out is empty."""

    texts: Mapping[str, str]
    kind: str
    audience: str = Audience.PUBLIC
    organisation: Organisation | None = None
    level: str = ""
    competences: tuple[Competence, ...] = ()
    themes: tuple[Theme, ...] = ()
    help_topics: tuple[HelpTopic, ...] = ()
    organisers: tuple[Organisation, ...] = ()
    languages: tuple[str, ...] = ()
    access_facts: tuple[str, ...] = ()
    attendance: str = Attendance.ONSITE
    centre: Centre | None = None
    place_name: str = ""
    address: str = ""
    default_capacity: int | None = None
    seats_per_person: int = 1
    needs_registration: bool = True
    opens_days_before: int | None = None
    closes_hours_before: int = 0
    age_from: int | None = None
    age_to: int | None = None
    picture: Picture | None = field(default=None)
    drawn_picture: str = ""
    contact: str = ""
    url: str = ""

    @classmethod
    def of(cls, event: Event) -> EventFacts:
        """What is written of an event now."""
        present: dict[str, Any] = {name: getattr(event, name) for name in PLAIN}
        present |= {name: tuple(getattr(event, name).all()) for name in MANY}
        return cls(
            texts={name: getattr(event, name) for name in TEXT_FIELDS if getattr(event, name)},
            languages=tuple(row.language for row in event.languages.all()),
            access_facts=tuple(row.fact for row in event.access_facts.all()),
            **present,
        )

    def text(self, name: str) -> str:
        """One text in one language, without spaces around it."""
        return (self.texts.get(name) or "").strip()

    def differences(self, other: EventFacts) -> list[tuple[str, object, object]]:
        """Where two versions differ: the field, what this one has, what the other has."""
        texts = [(name, self.text(name), other.text(name)) for name in TEXT_FIELDS]
        rest = [(entry.name, getattr(self, entry.name), getattr(other, entry.name)) for entry in fields(self)[1:]]
        sets = {*MANY, *ROWS}
        return [
            (name, mine, theirs)
            for name, mine, theirs in [*texts, *rest]
            if (set(mine) != set(theirs) if name in sets else mine != theirs)
        ]
