"""Finding a help topic by the words that people say. There are a few dozen, so they are all read and compared.

Where that finds nothing, the site's own search is asked, which knows inflections and forgives misspellings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from django.conf import settings

from digirum.base import search
from digirum.base.languages import current
from digirum.topics.models import HelpTopic

_WORD = re.compile(r"\w+")
SHORTEST_STEM = 4


def find(topics: Sequence[HelpTopic], asked: str) -> list[HelpTopic]:
    """The topics in which every asked word occurs, in any language; all of them when nothing is asked.

    A word also fits by its beginning: "räkning" finds "räkningar", and "räkningarna" finds "räkning".
    """
    wanted = _words(asked)
    found = [topic for topic in topics if all(_fits(word, _words(_texts(topic))) for word in wanted)]
    if found or not wanted:
        return found
    hits = search.find(asked, current().code, kinds=[HelpTopic._meta.label_lower]).hits
    by_id = {str(topic.pk): topic for topic in topics}
    return [by_id[hit.object_id] for hit in hits if hit.object_id in by_id]


def _texts(topic: HelpTopic) -> str:
    columns = (
        f"{field}_{code.replace('-', '_')}"
        for field in ("name", "words", "description")
        for code, _n in settings.LANGUAGES
    )
    return " ".join(getattr(topic, column) or "" for column in columns)


def _words(text: str) -> set[str]:
    """Words in small letters, å ä ö as a a o, so that a phone without those letters finds too."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return set(_WORD.findall("".join(sign for sign in folded if not unicodedata.combining(sign))))


def _fits(word: str, among: set[str]) -> bool:
    return any(known.startswith(word) or (len(known) >= SHORTEST_STEM and word.startswith(known)) for known in among)
