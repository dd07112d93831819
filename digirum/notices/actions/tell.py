"""Telling a person something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from digirum.notices.channels import channels
from digirum.notices.kinds import Value, kinds
from digirum.notices.models import Delivery, Notice
from digirum.people.models import Person


def tell(
    *,
    person: Person,
    kind: str,
    at: datetime,
    key: str,
    params: Mapping[str, Value] | None = None,
    path: str = "",
) -> Notice:
    """Makes sure that ``person`` gets to know: in the room always, and through each channel that reaches them.

    Must run inside the act's transaction (``RuntimeError`` otherwise): either both happen or neither. ``key`` makes it
    happen once; a second call with the same key returns the first notice. ``path`` is an address without language.
    ``KeyError`` for a kind that nobody registered.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Tell people inside the transaction of the act.")
    values = {
        name: {"moment": value.isoformat()} if isinstance(value, datetime) else value
        for name, value in (params or {}).items()
    }
    notice, is_new = Notice.objects.get_or_create(
        key=key,
        defaults={"person": person, "kind": kinds[kind].name, "values": values, "path": path, "told_at": at},
    )
    if is_new:
        Delivery.objects.bulk_create(
            Delivery(notice=notice, channel=channel.name, next_try_at=at)
            for channel in channels
            if channel.reaches(person)
        )
    return notice
