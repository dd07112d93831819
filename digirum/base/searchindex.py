"""What the two databases do differently: finding rows by their stems, and words by their parts.

SQLite: FTS5 tables kept by triggers, one of whole stems and one of trigrams. PostgreSQL: an inverted index on the array
of stems, and pg_trgm where the server has it (without it the words are read through; there are some ten thousand).
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from digirum.base import stems
from digirum.base.models import SearchDoc, SearchWord

MOST_AROUND = 40
MOST_NEAR = 3


def candidates(
    terms: Sequence[Sequence[str]], language: str, kinds: Sequence[str] | None, audiences: Sequence[str], most: int
) -> list[SearchDoc]:
    """The newest rows that hold one stem of every term; if there are none, of any term."""
    if not terms:
        return []
    docs = SearchDoc.objects.filter(language=language, audience__in=audiences)
    if kinds is not None:
        docs = docs.filter(object_type__in=kinds)
    return list(_holding(docs, terms, all_of_them=True)[:most]) or (
        list(_holding(docs, terms, all_of_them=False)[:most]) if len(terms) > 1 else []
    )


def _holding(docs: QuerySet[SearchDoc], terms: Sequence[Sequence[str]], *, all_of_them: bool) -> QuerySet[SearchDoc]:
    if connection.vendor == "sqlite":
        groups = ["(" + " OR ".join(f'"{stem}"' for stem in term) + ")" for term in terms]
        match = (" AND " if all_of_them else " OR ").join(groups)
        found = RawSQL("SELECT rowid FROM base_search_stems WHERE base_search_stems MATCH %s", [match])
        return docs.filter(pk__in=found).order_by("-pk")
    groups = ["string_to_array(stems, ' ') && %s::text[]"] * len(terms)
    return docs.extra(  # noqa: S610 - fixed text
        where=["(" + (" AND " if all_of_them else " OR ").join(groups) + ")"], params=[list(term) for term in terms]
    ).order_by("-pk")


def around(part: str, stemmer: str) -> list[str]:
    """The stems of the words that hold this part, the shortest words first: "telefon" is in "mobiltelefon"."""
    longer = SearchWord.objects.filter(stemmer=stemmer, length__gt=len(part))
    if connection.vendor == "sqlite":
        found = RawSQL("SELECT rowid FROM base_search_shapes WHERE base_search_shapes MATCH %s", [f'"{part}"'])
        longer = longer.filter(pk__in=found)
    else:
        longer = longer.filter(folded__contains=part)
    return list(longer.order_by("length", "word").values_list("stem", flat=True)[:MOST_AROUND])


def nearest(typed: str, stemmer: str) -> list[tuple[str, str]]:
    """The words (with their stems) that lie nearest to one that occurs nowhere: one slip away, from eight letters two."""
    if len(typed) < 4:
        return []
    most = 1 if len(typed) < 8 else 2
    near = SearchWord.objects.filter(stemmer=stemmer, length__range=(len(typed) - most, len(typed) + most))
    parts = stems.trigrams(typed)
    alike = Q(folded__startswith=typed[:2])  # short words with a slip in the middle share no three signs
    if connection.vendor == "sqlite":
        match = " OR ".join(f'"{part}"' for part in parts)
        found = RawSQL("SELECT rowid FROM base_search_shapes WHERE base_search_shapes MATCH %s", [match])
        near = near.filter(alike | Q(pk__in=found))
    else:
        near = near.filter(functools.reduce(operator.or_, [Q(folded__contains=part) for part in parts], alike))
    rated = sorted(
        (count, word, stem)
        for word, folded, stem in near.values_list("word", "folded", "stem")
        if (count := stems.slips(typed, folded, most)) <= most
    )
    return [(word, stem) for count, word, stem in rated if count == rated[0][0]][:MOST_NEAR]
