"""What a person decides about their own account, and the flag that an administrator sets."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base import languages
from digirum.base.reading import Reading
from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.record import record
from digirum.people import names, rules
from digirum.people.models import Person


@transaction.atomic
def change_pseudonym(*, by: Person, pseudonym: str, at: datetime) -> Person:
    """Another name in the room. Two people may have the same name: nothing is decided by it."""
    name = names.tidy(pseudonym)
    person = Person.objects.locked(by)
    if person.pseudonym != name:
        person.pseudonym = name
        person.save(update_fields=["pseudonym"])
        record(by=by, verb="people.renamed", noun=person.subject, at=at)
    by.pseudonym = name
    return person


@transaction.atomic
def choose_reading(*, by: Person, language: str, reading: Reading, at: datetime) -> Person:
    """The language of the person's letters, and how they like to read; on every device where they sign in."""
    if language not in languages.BY_CODE:
        raise Refused(_("Choose one of the languages in the list."), code="unknown-language", field="language")
    person = Person.objects.locked(by)
    person.language, person.reading = language, str(reading)
    person.save(update_fields=["language", "reading"])
    record(by=by, verb="people.reading_chosen", noun=person.subject, at=at)
    by.language, by.reading = person.language, person.reading
    return person


@transaction.atomic
def choose_acceptance(*, by: Person, automatically: bool, at: datetime) -> Person:
    """Whether a seat that is freed for the person is taken at once, without asking."""
    person = Person.objects.locked(by)
    person.accepts_automatically = automatically
    person.save(update_fields=["accepts_automatically"])
    record(by=by, verb="people.acceptance_chosen", noun=person.subject, at=at)
    by.accepts_automatically = automatically
    return person


@transaction.atomic
def protect(*, by: Person, person: Person, protected: bool, at: datetime) -> Person:
    """Says that a person's identity is protected, or no longer: such a person stands in no list and in no export."""
    if not rules.may_protect(by, at=at):
        raise NotAllowed(_("Only an administrator can protect an identity. Ask one."), code="not-allowed")
    locked = Person.objects.locked(person)
    locked.is_protected = protected
    locked.save(update_fields=["is_protected"])
    verb = "people.identity_protected" if protected else "people.identity_unprotected"
    record(by=by, verb=verb, noun=locked.subject, at=at)
    return locked
