"""Writing in the journal: the one function that acts call."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import models, transaction

from digirum.base.audience import Audience
from digirum.base.prepared import insert
from digirum.base.requests import request_id
from digirum.journal.models import JournalEntry


class Actor(Protocol):
    """Whoever acts: known to the journal by an opaque subject id and a role, never by name."""

    @property
    def subject_id(self) -> UUID | None: ...

    @property
    def acting_role(self) -> str: ...


SYSTEM_ROLE = "system"


def record(
    *,
    by: Actor | None,
    verb: str,
    noun: models.Model,
    at: datetime,
    audience: Audience = Audience.ORGANISATION,
    assisted_by: Actor | None = None,
) -> JournalEntry:
    """Adds one line, in the transaction of the act (``RuntimeError`` outside of one).

    ``by`` is None for what the room does by itself. ``verb`` is ``room.verb_in_past_tense`` such as
    ``events.registered``. ``audience`` tells who may read of it, not who did it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Write in the journal inside the transaction of the act.")
    entry = JournalEntry(
        subject=by.subject_id if by else None,
        role=by.acting_role if by else SYSTEM_ROLE,
        verb=verb,
        object_type=noun._meta.label_lower,
        object_id=str(noun.pk),
        audience=audience,
        at=at,
        assisted_by=assisted_by.subject_id if assisted_by else None,
        request_id=request_id(),
    )
    insert(entry)
    return entry
