"""Finding events by the words that people use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils import translation

from digirum.base import languages, search, text
from digirum.base.audience import Audience
from digirum.events.models import Event

KIND = "events.event"
MOST = search.MOST_CANDIDATES


@dataclass(frozen=True)
class Answered:
    """The events that answer a query, and what was meant where a word was misspelt."""

    events: list[UUID]
    corrected: str = ""


def index_event(event: Event) -> None:
    """Lets a published event be found, and takes one that is not published out of the search.

    The acts call it in their transaction, after what they write.
    """
    if event.is_published:
        search.index(event, docs_of(event))
    else:
        search.remove(event)


def docs_of(event: Event) -> Iterator[search.Doc]:
    """What is found of an event, in each language that it has a name in."""
    for code in languages.BY_CODE:
        suffix = code.replace("-", "_")
        name = getattr(event, f"name_{suffix}") or ""
        if name:
            yield search.Doc(
                language=code,
                title=name,
                path=f"/program/{event.slug}",
                summary=getattr(event, f"summary_{suffix}") or "",
                text=_more_words(event, code, suffix),
                audience=event.audience,
            )


def find_events(query: str) -> Answered:
    """The events that answer a query in the reader's language. Who may see them is for the caller to say."""
    found = search.find(query, languages.current().code, kinds=[KIND], audiences=list(Audience), limit=MOST)
    return Answered([UUID(hit.object_id) for hit in found.hits], found.corrected)


def _more_words(event: Event, code: str, suffix: str) -> str:
    """What is searched and not shown: description, kind, what it is about, where."""
    with translation.override(code):
        kind = event.get_kind_display()
    about = [*event.themes.all(), *event.help_topics.all()]
    names = [getattr(noun, f"name_{suffix}") or "" for noun in about]
    said = [getattr(topic, f"words_{suffix}") or "" for topic in event.help_topics.all()]
    place = getattr(event.centre, f"name_{suffix}", "") if event.centre else event.place_name
    description = text.plain(getattr(event, f"description_{suffix}") or "")
    return " ".join(part for part in (description, kind, *names, *said, place) if part)
