"""Queries whose SQL is written once.

Writing the SQL of a query with joins costs Django more than running it: about 1 ms against 0.1 ms. Where the same query
is asked in every sign-up, it is prepared: built once with example values, and from then on only the values change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import connections, models
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler


@dataclass(frozen=True)
class Value:
    """One value that changes: the field that it is compared with, and an example that occurs nowhere else."""

    field: models.Field[Any, Any]
    example: object

    def adapted(self, value: object, using: str) -> object:
        """The value as the database wants it."""
        return self.field.get_db_prep_value(value, connections[using])


@dataclass(frozen=True)
class _Written:
    """The SQL with its values, and the compiler that knows how to read its rows."""

    compiler: SQLCompiler
    sql: str
    values: tuple[Any, ...]
    places: dict[int, int]


class Prepared[M: models.Model]:
    """A queryset that differs only in values: ``build`` gets them in the order of ``values``."""

    def __init__(self, build: Callable[..., models.QuerySet[M]], *values: Value) -> None:
        self.build, self.values = build, values
        self._written: dict[tuple[str, str], _Written] = {}

    def all(self, *values: object, using: str = "default") -> list[M]:
        """The rows for these values, as the queryset would give them."""
        key = (using, connections[using].vendor)
        written = self._written.get(key) or self._written.setdefault(key, self._write(using))
        filled = list(written.values)
        adapted = [value.adapted(given, using) for value, given in zip(self.values, values, strict=True)]
        for place, number in written.places.items():
            filled[place] = adapted[number]
        asked: Any = _Asked(self.build, written, filled, using)
        return list(ModelIterable(asked))

    def first(self, *values: object, using: str = "default") -> M | None:
        """The first row, or None. (A query that may find many says ``[:1]`` itself.)"""
        return next(iter(self.all(*values, using=using)), None)

    def _write(self, using: str) -> _Written:
        queryset = self.build(*(value.example for value in self.values))
        compiler = queryset.query.get_compiler(using=using)
        sql, params = compiler.as_sql()
        examples = [value.adapted(value.example, using) for value in self.values]
        places = {place: examples.index(param) for place, param in enumerate(params) if param in examples}
        if set(places.values()) != set(range(len(self.values))):
            raise ValueError(
                "Each value must be found in the query: choose examples that the database does not change."
            )
        return _Written(compiler, sql, tuple(params), places)


class _Asked:
    """What Django's own reader of rows asks of a queryset, with the SQL written already."""

    _known_related_objects: dict[Any, Any] = {}

    def __init__(self, build: Any, written: _Written, values: Sequence[Any], using: str) -> None:
        self.db, self.query, self._fetch_mode = using, self, models.FETCH_ONE
        self._written, self._values = written, values

    def get_compiler(self, using: str) -> SQLCompiler:
        """The compiler that read the query first, for this thread's connection, without writing the SQL anew."""
        compiler = copy(self._written.compiler)
        compiler.connection = connections[using]
        answer = (self._written.sql, tuple(self._values))
        compiler.as_sql = lambda *_args, **_options: answer  # type: ignore[method-assign]  # that is the point
        return compiler
