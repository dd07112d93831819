"""Raising and reading generations. An act raises them in its own transaction, only when what the public sees changes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from digirum.base.models import Generation

_RAISE = (
    "INSERT INTO base_generation (key, number) VALUES (%s, 1) "
    "ON CONFLICT (key) DO UPDATE SET number = base_generation.number + 1"
)


def raise_generation(*keys: str) -> None:
    """Counts up the generation of each key, so that every cached page that shows it is rendered anew.

    Must run inside the act's transaction (``RuntimeError`` otherwise), so that the page changes exactly when the act
    is committed. Keys are raised in sorted order, so that two acts cannot wait for each other in a ring.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Raise generations inside the transaction of the act.")
    with connection.cursor() as cursor:
        for key in sorted(set(keys)):
            cursor.execute(_RAISE, [key])


def read_generations(keys: Iterable[str]) -> dict[str, int]:
    """The present number of each key (0 for one never raised), by one indexed read on the primary database."""
    wanted = sorted(set(keys))
    found = dict(Generation.objects.using("default").filter(key__in=wanted).values_list("key", "number"))
    return {key: found.get(key, 0) for key in wanted}
