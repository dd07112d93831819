"""Search: one table, written by us, with the same answers on SQLite and PostgreSQL.

A room calls ``index`` in the act that changes a thing, and ``remove`` in the one that takes it away. What is found, and
in which order, is decided here, in Python, from few rows that the database picks by its index; so both databases agree.
``docs/decisions/0002-search.md`` tells why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from digirum.base import searchindex, stems
from digirum.base.audience import Audience
from digirum.base.languages import DEFAULT
from digirum.base.models import SearchDoc, SearchWord

MOST_CANDIDATES = 400
MOST_WORDS = 8
LONGEST_QUERY = 200
SHORTEST_PART = 4
AROUND = 80
UNIQUE = ("object_type", "object_id", "language")
WRITTEN = ("audience", "title", "summary", "path", "date", "title_stems", "stems")


@dataclass(frozen=True)
class Doc:
    """What a room tells of one thing in one language. ``text`` is searched and not shown; ``path`` has no prefix."""

    language: str
    title: str
    path: str
    summary: str = ""
    text: str = ""
    audience: str = Audience.PUBLIC
    date: datetime | None = None


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and why: ``snippet`` is the part of the summary with the words in ``why``."""

    object_type: str
    object_id: str
    language: str
    title: str
    path: str
    snippet: str
    why: tuple[str, ...]
    date: datetime | None


@dataclass(frozen=True)
class Found:
    """One page of hits. ``count`` is how many there are in all, up to a few hundred; ``corrected`` what was meant."""

    hits: list[Hit]
    count: int
    corrected: str = ""


@dataclass(frozen=True)
class Term:
    """One word of a query: the stems that answer it, from the nearest (its own) to the farthest."""

    typed: str
    stems: tuple[str, ...]
    corrected: str = ""


def index(noun: models.Model, docs: Iterable[Doc]) -> None:
    """Replaces all that is known of a thing by these rows, one a language, in the transaction of the act."""
    kind, identifier = _name(noun)
    given = list(docs)
    with transaction.atomic():
        SearchDoc.objects.filter(object_type=kind, object_id=identifier).exclude(
            language__in=[doc.language for doc in given]
        ).delete()
        index_many([(noun, given)])


def index_many(things: Iterable[tuple[models.Model, Iterable[Doc]]]) -> None:
    """The same for many things at once, which is much quicker; languages that are no longer given stay."""
    rows: list[SearchDoc] = []
    words: dict[tuple[str, str], SearchWord] = {}
    for noun, docs in things:
        kind, identifier = _name(noun)
        rows.extend(_row(kind, identifier, doc, words) for doc in docs)
    with transaction.atomic():
        SearchDoc.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=UNIQUE, update_fields=WRITTEN, batch_size=500
        )
        # In one order, so that two acts cannot wait for each other in a ring.
        SearchWord.objects.bulk_create([words[key] for key in sorted(words)], ignore_conflicts=True, batch_size=500)


def sweep(at: datetime) -> None:
    """Forgets the words of things that are no longer there (a daily work; reads the stems of all rows once)."""
    used: dict[str, set[str]] = {}
    for language, joined in SearchDoc.objects.values_list("language", "stems").iterator(1_000):
        used.setdefault(stems.stemmer_of(language), set()).update(joined.split())
    unused = [
        key
        for key, stemmer, stem in SearchWord.objects.values_list("pk", "stemmer", "stem").iterator(5_000)
        if stem not in used.get(stemmer, ())
    ]
    for start in range(0, len(unused), 500):
        SearchWord.objects.filter(pk__in=unused[start : start + 500]).delete()


def remove(noun: models.Model) -> None:
    """Forgets a thing. Call it before the noun is deleted, while it has its id."""
    kind, identifier = _name(noun)
    SearchDoc.objects.filter(object_type=kind, object_id=identifier).delete()


def find(
    query: str,
    language: str,
    *,
    kinds: Iterable[str] | None = None,
    audiences: Iterable[str] = (Audience.PUBLIC,),
    at: datetime | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """What answers a query, the best first: in the reader's language, else in Swedish.

    All words must be found (in any of their forms, inside longer words, without å, ä and ö); where that gives nothing,
    the things with most of them; a word that occurs nowhere is read as the nearest that does. ``kinds`` are model labels
    (``events.event``). Things whose ``date`` is before ``at`` come last.
    """
    spoken = list(dict.fromkeys([language, DEFAULT.code]))
    wanted = sorted(kinds) if kinds is not None else None
    ranked: list[tuple[tuple[float, ...], SearchDoc, list[Term]]] = []
    corrected = ""
    for place, code in enumerate(spoken):
        terms = _terms(query, stems.stemmer_of(code))
        docs = searchindex.candidates(terms_of(terms), code, wanted, sorted(audiences), MOST_CANDIDATES)
        ranked += [(_rank(doc, terms, place, at), doc, terms) for doc in docs]
        if docs and not corrected and any(term.corrected for term in terms):
            corrected = " ".join(term.corrected or term.typed for term in terms)
    ranked.sort(key=lambda entry: entry[0])
    once: dict[tuple[str, str], tuple[SearchDoc, list[Term]]] = {}
    for _score, doc, terms in ranked:
        once.setdefault((doc.object_type, doc.object_id), (doc, terms))
    chosen = list(once.values())
    hits = [_hit(doc, terms) for doc, terms in chosen[offset : offset + limit]]
    return Found(hits, len(chosen), corrected)


def terms_of(terms: Sequence[Term]) -> list[tuple[str, ...]]:
    """For each word of the query the stems of which one must be there."""
    return [term.stems for term in terms]


# Writing ----------------------------------------------------------------------------------------------------------------


def _name(noun: models.Model) -> tuple[str, str]:
    return noun._meta.label_lower, str(noun.pk)


def _row(kind: str, identifier: str, doc: Doc, words: dict[tuple[str, str], SearchWord]) -> SearchDoc:
    """The row for a thing in one language; the words that it is found by are added to ``words``."""
    stemmer = stems.stemmer_of(doc.language)
    title = stems.words(doc.title)
    everything = dict.fromkeys([*title, *stems.words(doc.summary), *stems.words(doc.text)])
    for word in everything:
        if (stemmer, word) not in words:
            stem = stems.stem(word, stemmer)
            words[stemmer, word] = SearchWord(
                stemmer=stemmer, word=word, folded=stems.fold(word), stem=stem, length=len(word)
            )
    return SearchDoc(
        object_type=kind,
        object_id=identifier,
        language=doc.language,
        audience=doc.audience,
        title=doc.title[:300],
        summary=doc.summary,
        path=doc.path,
        date=doc.date,
        title_stems=_joined(title, stemmer),
        stems=_joined(everything, stemmer),
    )


def _joined(found: Iterable[str], stemmer: str) -> str:
    return " ".join(dict.fromkeys(stems.stem(word, stemmer) for word in found))


# Reading ----------------------------------------------------------------------------------------------------------------


def _terms(query: str, stemmer: str) -> list[Term]:
    typed = list(dict.fromkeys(stems.words(query[:LONGEST_QUERY])))
    telling = [word for word in typed if word not in stems.empty_words(stemmer)] or typed
    return [_term(word, stemmer) for word in telling[:MOST_WORDS]]


def _term(word: str, stemmer: str) -> Term:
    """The word's own stem first; then those of the words written alike without dots; then of longer words around it."""
    own = stems.stem(word, stemmer)
    known = SearchWord.objects.filter(stemmer=stemmer)
    found = [own] if known.filter(stem=own).exists() else []
    if not found:
        found = list(known.filter(folded=stems.fold(word)).order_by("word").values_list("stem", flat=True))
    if len(word) >= SHORTEST_PART:
        found += searchindex.around(stems.fold(word), stemmer)
    if found:
        return Term(word, tuple(dict.fromkeys(found)))
    meant = searchindex.nearest(stems.fold(word), stemmer)
    return Term(word, tuple(dict.fromkeys(stem for _word, stem in meant)) or (own,), meant[0][0] if meant else "")


def _rank(doc: SearchDoc, terms: Sequence[Term], place: int, at: datetime | None) -> tuple[float, ...]:
    """Smaller is better: past, words missing, how well they fit, language, newest."""
    title, everything = doc.title_stems.split(), set(doc.stems.split())
    missing, score = 0, 0.0
    for term in terms:
        fits = [n for n, stem in enumerate(term.stems) if stem in everything]
        if not fits:
            missing += 1
            continue
        score += 1 / (1 + min(fits[0], 3))
        if any(stem in title for stem in term.stems[:1]):
            score += 2 + 1 / len(title)
        elif any(stem in title for stem in term.stems):
            score += 1
    past = at is not None and doc.date is not None and doc.date < at
    return (missing, past, -round(score, 6), place, -doc.pk)


def _hit(doc: SearchDoc, terms: Sequence[Term]) -> Hit:
    stemmer = stems.stemmer_of(doc.language)
    wanted = {stem for term in terms for stem in term.stems}
    seen = dict.fromkeys(stems.words(f"{doc.title} {doc.summary}"))
    why = tuple(word for word in seen if stems.stem(word, stemmer) in wanted)
    return Hit(
        doc.object_type, doc.object_id, doc.language, doc.title, doc.path, _around(doc.summary, why), why, doc.date
    )


def _around(summary: str, why: Sequence[str]) -> str:
    """The part of the summary where the first of the words stands."""
    if len(summary) <= 2 * AROUND:
        return summary
    places = [place for word in why if (place := summary.lower().find(word)) >= 0]
    start = max(0, min(places, default=0) - AROUND)
    begin = summary.find(" ", start) + 1 if start else 0
    end = summary.rfind(" ", begin, begin + 2 * AROUND)
    end = end if end > begin else begin + 2 * AROUND
    return ("… " if begin else "") + summary[begin:end] + (" …" if end < len(summary) else "")
