"""Adding, changing and removing the words that everything is tagged with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from digirum.base import search
from digirum.base.audience import Audience
from digirum.base.generations import raise_generation
from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.record import record
from digirum.people.models import Person
from digirum.topics import rules
from digirum.topics.models import Area, Competence, HelpTopic, Theme
from digirum.topics.search import index_topic

type Term = Area | Competence | HelpTopic | Theme

FRAMEWORK: tuple[type[models.Model], ...] = (Area, Competence)
FIXED = {"number", "area", "name_sv", "name_en"}


@transaction.atomic
def add_term[T: (HelpTopic, Theme)](*, by: Person | None, at: datetime, term: T, values: Mapping[str, Any]) -> T:
    """Adds a theme or a help topic: ``term`` is an unsaved one, ``values`` its columns and its ``competences``."""
    _may(by, at)
    _check(type(term), None, values)
    return _write(term, values, by=by, at=at, verb="topics.term_added")


@transaction.atomic
def change_term[T: (Area, Competence, HelpTopic, Theme)](
    *, by: Person | None, at: datetime, term: T, values: Mapping[str, Any]
) -> T:
    """Changes a term. Numbers and official names of the framework are never changed."""
    _may(by, at)
    locked = type(term)._default_manager.select_for_update().get(pk=term.pk)
    _check(type(term), term.pk, values)
    if type(term) in FRAMEWORK:
        values = {name: value for name, value in values.items() if name not in FIXED}
    return _write(locked, values, by=by, at=at, verb="topics.term_changed")


@transaction.atomic
def remove_term(*, by: Person | None, at: datetime, term: Term) -> None:
    """Removes a theme or a help topic that nothing is tagged with."""
    _may(by, at)
    if isinstance(term, FRAMEWORK):
        raise Refused(
            _("The framework is the same everywhere, so nothing is removed from it."), code="framework-is-fixed"
        )
    record(by=by, verb="topics.term_removed", noun=term, at=at, audience=Audience.PUBLIC)
    raise_generation("topics", "place")
    try:
        with transaction.atomic():
            search.remove(term)
            term.delete()
    except (models.ProtectedError, models.RestrictedError) as error:
        raise Refused(
            _("Something is tagged with %(name)s. Take the tag away there first.") % {"name": str(term)},
            code="term-in-use",
        ) from error


def _may(by: Person | None, at: datetime) -> None:
    if by is not None and not rules.may_change_vocabulary(by, at=at):
        raise NotAllowed(_("Only editors and administrators change the vocabulary."), code="not-allowed")


def _check(model: type[models.Model], pk: object, values: Mapping[str, Any]) -> None:
    if "name_sv" in values and not values["name_sv"]:
        raise Refused(_("Write a name in Swedish."), code="name-needed", field="name_sv")
    slug = values.get("slug")
    if slug and model._default_manager.filter(slug=slug).exclude(pk=pk).exists():
        raise Refused(_("The address is taken. Choose another one."), code="slug-taken", field="slug")


def _write[T: (Area, Competence, HelpTopic, Theme)](
    noun: T, values: Mapping[str, Any], *, by: Person | None, at: datetime, verb: str
) -> T:
    tags = values.get("competences")
    for name, value in values.items():
        if name != "competences":
            setattr(noun, name, value)
    noun.save()
    if tags is not None and isinstance(noun, HelpTopic):
        noun.competences.set(tags)
    if isinstance(noun, HelpTopic):
        index_topic(noun)
    record(by=by, verb=verb, noun=noun, at=at, audience=Audience.PUBLIC)
    raise_generation("topics")
    return noun
