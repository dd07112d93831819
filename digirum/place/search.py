"""Centres in the site's search."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from digirum.base import search
from digirum.base.text import plain
from digirum.place.models import Centre


def index_centre(centre: Centre) -> None:
    """Tells the search what is said of the centre in each language that it has words in."""
    search.index(centre, _docs(centre))


def _docs(centre: Centre) -> Iterator[search.Doc]:
    for code, _name in settings.LANGUAGES:
        column = code.replace("-", "_")
        fields = ("name", "summary", "how_to_find", "what_is_there")
        texts = {field: getattr(centre, f"{field}_{column}") or "" for field in fields}
        if any(texts.values()):
            yield search.Doc(
                language=code,
                title=texts["name"] or str(getattr(centre, "name_sv", "")),
                summary=plain(texts["summary"]),
                text=" ".join([plain(texts["how_to_find"]), plain(texts["what_is_there"]), centre.street, centre.city]),
                path=f"/center/{centre.slug}",
            )
