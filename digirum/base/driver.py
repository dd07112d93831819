"""Asking the database's driver straight, for the few questions that nearly every request asks.

Django's cursor looks after many things that these need not: it costs several times what the question itself does. Where
somebody listens to the queries (a test, a log of queries), Django's cursor is taken, so that nothing goes unheard.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def fetch(connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows that a statement gives. ``sql`` marks values with ``%s`` and holds no other per cent sign.

    The values are as the driver wants them (``get_db_prep_value``), the rows as the driver gives them. Errors are
    Django's (``django.db.Error``).
    """
    if _heard(connection):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows
    with connection.wrap_database_errors:
        found: list[tuple[Any, ...]] = _run(connection, sql, values).fetchall()
        return found


def write(connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> int:
    """How many rows a statement has written, changed or deleted; otherwise like ``fetch``."""
    if _heard(connection):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)
    with connection.wrap_database_errors:
        return int(_run(connection, sql, values).rowcount)


def _heard(connection: BaseDatabaseWrapper) -> bool:
    """Whether Django's own cursor is wanted: somebody listens, or there is no connection yet."""
    return bool(connection.connection is None or connection.execute_wrappers or connection.queries_logged)


def _run(connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> Any:
    connection.validate_no_broken_transaction()
    return connection.connection.execute(_marked(sql) if connection.vendor == "sqlite" else sql, values)


@lru_cache(maxsize=200)
def _marked(sql: str) -> str:
    """The statement with SQLite's marks."""
    return sql.replace("%s", "?")
