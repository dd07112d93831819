"""Raising and reading generations. An act raises them in its own transaction, only when what the public sees changes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from functools import lru_cache

from django.db import connections, transaction

from digirum.base import driver

PRIMARY = "default"
SITE = "site"
_RAISE = (
    "INSERT INTO base_generation (key, number) VALUES (%s, 1) "
    "ON CONFLICT (key) DO UPDATE SET number = base_generation.number + 1"
)
_ANEW = (
    "INSERT INTO base_generation (key, number) VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET number = excluded.number"
)


def raise_generation(*keys: str) -> None:
    """Counts up the generation of each key, so that every cached page that shows it is rendered anew.

    Must run inside the act's transaction (``RuntimeError`` otherwise), so that the page changes exactly when the act
    is committed. Keys are raised in sorted order, so that two acts cannot wait for each other in a ring.
    """
    connection = transaction.get_connection(PRIMARY)
    if not connection.in_atomic_block:
        raise RuntimeError("Raise generations inside the transaction of the act.")
    for key in sorted(set(keys)):
        driver.write(connection, _RAISE, [key])


def read_generations(keys: Iterable[str]) -> dict[str, int]:
    """The present number of each key (0 for one never raised), by one indexed read on the primary database."""
    wanted = sorted(set(keys))
    found: dict[str, int] = dict(driver.fetch(connections[PRIMARY], _select(len(wanted)), wanted))
    return {key: found.get(key, 0) for key in wanted}


@lru_cache(maxsize=64)
def _select(count: int) -> str:
    return f"SELECT key, number FROM base_generation WHERE key IN ({','.join(['%s'] * count)})"  # noqa: S608 - marks only


def start_anew() -> None:
    """Makes every page that any cache holds outdated. Call it when the data is not a later state of what was there
    before: after a restore, or for a database that has just been made."""
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute(_ANEW, [SITE, secrets.randbits(52)])
