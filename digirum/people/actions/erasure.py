"""Erasing an account: what is private goes, what is public record loses its person, and a restore does it again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.db.models import ManyToOneRel
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession
from wagtail.users.models import UserProfile

from digirum.base.refusal import NotAllowed
from digirum.base.registries import erasures
from digirum.journal.record import record
from digirum.people.models import ErasureRecord, Key, OneTimeCode, Person, RoleGrant, Session, Subject

log = structlog.get_logger(__name__)
# Whose rows the registered erasures and this act take away themselves.
EMPTY: dict[str, object] = {
    "pseudonym": "",
    "email": "",
    "language": "sv",
    "reading": "",
    "is_protected": False,
    "is_active": False,
    "is_superuser": False,
    "accepts_automatically": False,
    "assurance": "open",
    "last_login": None,
}


def log_file() -> Path:
    """Where erasures are written beside the database, so that a restored older one can be told of them."""
    return Path(settings.VAR) / "erasures.jsonl"


@transaction.atomic
def erase(*, by: Person | None, person: Person, at: datetime) -> ErasureRecord:
    """Erases the account, at the person's own wish (``by`` is the person) or again after a restore (``by`` None).

    Each room forgets the person in its order. The row itself goes too, unless a public record still points at it: then
    it stays without a name and cannot sign in. The journal keeps the decision; its subject leads to nobody any more.
    """
    if by is not None and by.pk != person.pk:
        raise NotAllowed(_("Only you can erase your account."), code="not-allowed")
    locked = Person.objects.locked(person)
    decision, _is_new = ErasureRecord.objects.get_or_create(person=locked.pk, defaults={"at": at})
    record(by=by, verb="people.erased", noun=decision, at=at)
    for erasure in sorted(erasures, key=lambda entry: entry.order):
        erasure.erase(locked.pk, at)
    locked = Person.objects.get(pk=locked.pk)
    if is_referred_to(locked):
        Person.objects.filter(pk=locked.pk).update(**EMPTY, joined_at=at, erased_at=at)
    else:
        locked.delete()
    transaction.on_commit(lambda: _write_down(decision))
    return decision


def forget(person_id: UUID, at: datetime) -> None:
    """This room's own part: ways to sign in, sessions, the link from the journal. Roles end and stay as a record."""
    for model in (EmailAddress, Authenticator, SocialAccount, UserProfile, EditingSession):
        model.objects.filter(user_id=person_id).delete()
    for owned in (Key, Session, OneTimeCode, Subject):
        owned._default_manager.filter(person_id=person_id).delete()
    RoleGrant.objects.holding_at(at).filter(person_id=person_id).update(ends_at=at)
    RoleGrant.objects.filter(person_id=person_id, begins_at__gt=at).delete()
    person = Person.objects.get(pk=person_id)
    person.groups.clear()
    person.user_permissions.clear()


def is_referred_to(person: Person) -> bool:
    """Whether any row of any room still points at the person."""
    relations = [
        field
        for field in Person._meta.get_fields(include_hidden=True)
        if isinstance(field, ManyToOneRel) and field.related_model is not None
    ]
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: person}).exists()
        for relation in relations
    )


def reapply_erasures(at: datetime) -> int:
    """After a restore: erases again who had been erased after the backup was made; returns how many that were."""
    known = set(ErasureRecord.objects.values_list("person", flat=True)) | set(_written_down())
    back = Person.objects.filter(pk__in=known, erased_at__isnull=True)
    count = 0
    for person in back:
        erase(by=None, person=person, at=at)
        count += 1
    return count


def _write_down(decision: ErasureRecord) -> None:
    line = json.dumps({"person": str(decision.person), "at": decision.at.isoformat()}) + "\n"
    try:
        with log_file().open("a", encoding="ascii") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        log.exception("an erasure could not be written beside the database")


def _written_down() -> Iterator[UUID]:
    if log_file().exists():
        for line in log_file().read_text(encoding="ascii").splitlines():
            yield UUID(json.loads(line)["person"])
