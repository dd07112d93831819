"""Somebody takes a key online: a new person, of whom nothing is known but a name in the room."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base import ids
from digirum.base.refusal import Refused
from digirum.journal.record import record
from digirum.people import making_keys, names
from digirum.people.making_keys import Issued
from digirum.people.models import Person, Subject


def take_key(*, by: None = None, pseudonym: str, language: str, at: datetime, person_id: UUID | None = None) -> Issued:
    """Makes a person and their key, and returns the card to show this once.

    ``person_id`` is drawn when the form is opened, so that a form sent twice makes one person: the second time is
    refused (code ``taken-already``).
    """
    drawn = making_keys.draft()
    with transaction.atomic():
        person = new_person(pseudonym=pseudonym, language=language, at=at, person_id=person_id)
        issued = making_keys.store(drawn, person=person, by=None, at=at)
        record(by=person, verb="people.key_taken", noun=issued.key, at=at)
    return issued


def new_person(*, pseudonym: str, language: str, at: datetime, person_id: UUID | None) -> Person:
    """A person with the link to the journal, in the transaction of the act."""
    person, made = Person.objects.get_or_create(
        pk=person_id or ids.uuid7(),
        defaults={
            "pseudonym": names.tidy(pseudonym),
            "language": language,
            "joined_at": at,
            "password": make_password(None),  # none opens
        },
    )
    if not made:
        raise Refused(
            _("This key has been made already. Its words were shown once, and we have not kept them."),
            code="taken-already",
        )
    Subject.of(person, at)
    return Person.objects.get(pk=person.pk)
