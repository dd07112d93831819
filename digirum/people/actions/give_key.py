"""A guide gives somebody a key at the desk."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.refusal import NotAllowed
from digirum.journal.record import record
from digirum.people import making_keys, rules
from digirum.people.actions.take_key import new_person
from digirum.people.making_keys import Issued
from digirum.people.models import Person


def give_key(*, by: Person, pseudonym: str, language: str, at: datetime, person_id: UUID | None = None) -> Issued:
    """Makes a person and their key on the spot; the guide prints the card. Nothing personal is asked."""
    must_serve_desk(by, at)
    drawn = making_keys.draft()
    with transaction.atomic():
        person = new_person(pseudonym=pseudonym, language=language, at=at, person_id=person_id)
        issued = making_keys.store(drawn, person=person, by=by, at=at)
        record(by=by, verb="people.key_given", noun=issued.key, at=at)
    return issued


def must_serve_desk(by: Person | None, at: datetime) -> None:
    """Refuses whoever is neither guide, coordinator nor administrator."""
    if not rules.may_serve_desk(by, at=at):
        raise NotAllowed(_("Only who serves the desk may do this."), code="not-allowed")
