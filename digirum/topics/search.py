"""Help topics in the site's search. Their pages are drawn by ``place``, at the address that is read out over the phone."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from digirum.base import search
from digirum.topics.models import HelpTopic

PATH = "/hjalp/{slug}"


def index_topic(topic: HelpTopic) -> None:
    """Tells the search what the topic is called in each language that it has words in."""
    search.index(topic, _docs(topic))


def _docs(topic: HelpTopic) -> Iterator[search.Doc]:
    for code, _name in settings.LANGUAGES:
        column = code.replace("-", "_")
        texts = {field: getattr(topic, f"{field}_{column}") or "" for field in ("name", "description", "words")}
        if any(texts.values()):
            yield search.Doc(
                language=code,
                title=texts["name"] or str(getattr(topic, "name_sv", "")),
                summary=texts["description"],
                text=texts["words"],
                path=PATH.format(slug=topic.slug),
            )
