"""Loading the vocabulary that comes with the room. Twice is the same as once, and what editors wrote stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import translation

from digirum.base.audience import Audience
from digirum.base.generations import raise_generation
from digirum.journal.record import record
from digirum.people.models import Person
from digirum.topics import vocabulary
from digirum.topics.models import Area, Competence, HelpTopic, Theme
from digirum.topics.search import index_topic


@dataclass(frozen=True)
class Loaded:
    """How many terms were new, and how many got a text that they lacked."""

    added: int = 0
    completed: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(self.added + other.added, self.completed + other.completed)


@transaction.atomic
def load_framework(*, by: Person | None, at: datetime) -> Loaded:
    """Puts the areas and competences of DigComp 3.0 in place. Texts that are there already are left alone."""
    data = vocabulary.read("framework")
    done = Loaded()
    with translation.override("sv"):
        for row in data["areas"]:
            fields = vocabulary.texts(row, "name", "description")
            done += _load(Area, {"number": row["number"]}, fields, {}, by=by, at=at)
        for row in data["competences"]:
            fields = vocabulary.texts(row, "name", "description")
            area = {"area_id": int(row["number"].split(".")[0])}
            done += _load(Competence, {"number": row["number"]}, fields, area, by=by, at=at)
    return done


@transaction.atomic
def load_vocabulary(*, by: Person | None, at: datetime) -> Loaded:
    """Puts the framework, the themes and the 25 help topics in place. Texts that are there already are left alone."""
    done = load_framework(by=by, at=at)
    with translation.override("sv"):
        for row in vocabulary.read("themes")["themes"]:
            fields = vocabulary.texts(row, "name", "description")
            done += _load(Theme, {"slug": row["slug"]}, fields, {"order": row["order"]}, by=by, at=at)
        themes = dict(Theme.objects.values_list("slug", "pk"))
        for place, row in enumerate(vocabulary.read("help_topics")["topics"], start=1):
            fields = vocabulary.texts(row, "name", "description", "words")
            rest = {"order": place * 10, "theme_id": themes[row["theme"]]}
            done += _load(HelpTopic, {"slug": row["slug"]}, fields, rest, by=by, at=at, competences=row["competences"])
    return done


def _load(
    model: type[models.Model],
    key: dict[str, Any],
    texts: dict[str, str],
    rest: dict[str, Any],
    *,
    by: Person | None,
    at: datetime,
    competences: list[str] | None = None,
) -> Loaded:
    """One term: made if it is missing, else completed where a text is missing."""
    noun, is_new = model._default_manager.select_for_update().get_or_create(**key, defaults={**texts, **rest})
    missing = {} if is_new else {name: text for name, text in texts.items() if not getattr(noun, name)}
    if not is_new and not missing:
        return Loaded()
    if is_new and competences:
        noun.competences.set(competences)  # type: ignore[attr-defined]  # only help topics bring competences
    for name, text in missing.items():
        setattr(noun, name, text)
    if missing:
        noun.save(update_fields=list(missing))
    if isinstance(noun, HelpTopic):
        index_topic(noun)
    record(by=by, verb="topics.term_loaded", noun=noun, at=at, audience=Audience.PUBLIC)
    raise_generation("topics")
    return Loaded(added=int(is_new), completed=int(not is_new))
