"""Queries whose SQL is written once.

Writing the SQL of a query with joins costs Django more than running it: about 1 ms against 0.1 ms. Where the same query
is asked in every sign-up, it is prepared: built once with example values, and from then on only the values change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, cast
from uuid import UUID

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState

from digirum.base import driver, routing


@dataclass(frozen=True)
class Value:
    """One value that changes: the field that it is compared with, and an example that occurs nowhere else."""

    field: models.Field[Any, Any]
    example: object

    def adapted(self, value: object, connection: BaseDatabaseWrapper) -> object:
        """The value as the database wants it."""
        return self.field.get_db_prep_value(value, connection)


@dataclass(frozen=True)
class _Nouns:
    """How the nouns of one model are read out of a row, and those beside it."""

    model: type[models.Model]
    columns: slice
    names: tuple[str, ...]
    key: int
    related: tuple[tuple[_Nouns, Callable[..., None], Callable[..., None]], ...]

    def read(self, row: Sequence[Any], using: str) -> models.Model | None:
        """What ``Model.from_db`` makes, without asking each field in turn: what a field is told here, the database has
        told. (Only fields that hold files have more to do then.) Fields that were not read are read when asked for.
        """
        if row[self.key] is None:
            return None
        noun = self.model.__new__(self.model)
        noun._state = ModelState()
        noun._state.adding, noun._state.db = False, using
        noun.__dict__.update(zip(self.names, row[self.columns], strict=True))
        for beside, tell_us, tell_them in self.related:
            other = beside.read(row, using)
            tell_us(noun, other)
            if other is not None:
                tell_them(other, noun)
        return noun


@dataclass(frozen=True)
class _Written:
    """The SQL with its values, and how its rows are read: worked out once, since Django does it anew for every query."""

    sql: str
    values: tuple[Any, ...]
    places: dict[int, int]
    understood: tuple[tuple[int, Callable[[Any], Any]], ...]
    nouns: _Nouns

    def read(self, row: Sequence[Any], using: str) -> models.Model | None:
        """The model of one row, with those that are read beside it."""
        told = list(row)
        for place, understand in self.understood:
            if told[place] is not None:
                told[place] = understand(told[place])
        return self.nouns.read(told, using)


def _understood(converters: Sequence[Any], expression: Any, connection: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """What makes a value of what the database says in one column. SQLite keeps identifiers and moments as text, and they
    are most of what is read: Django's way to them is the long one."""
    names = [getattr(converter, "__name__", "") for converter in converters]
    if connection.vendor == "sqlite" and names == ["convert_uuidfield_value"]:
        return UUID
    if connection.vendor == "sqlite" and names == ["convert_datetimefield_value"]:
        return _moment

    def by_django(value: Any) -> Any:
        for converter in converters:
            value = converter(value, expression, connection)
        return value

    return by_django


def _moment(said: datetime | str) -> datetime:
    """A moment as SQLite keeps it: UTC, without saying so. Its driver knows a column of moments by its declared kind."""
    return (said if isinstance(said, datetime) else datetime.fromisoformat(said)).replace(tzinfo=UTC)


def _nouns(known: dict[str, Any], select: Sequence[Any]) -> _Nouns:
    """Reads what Django knows of a query's columns."""
    first, last = known["select_fields"][0], known["select_fields"][-1] + 1
    names = tuple(entry[0].target.attname for entry in select[first:last])
    model: type[models.Model] = known["model"]
    if known.get("from_parent") or any(isinstance(field, models.FileField) for field in model._meta.concrete_fields):
        raise TypeError(f"{model.__name__} is not made of its columns alone, so a prepared query cannot read it.")
    related = tuple(
        (_nouns(beside, select), beside["local_setter"], beside["remote_setter"])
        for beside in known.get("related_klass_infos", ())
    )
    return _Nouns(model, slice(first, last), names, first + names.index(str(model._meta.pk.attname)), related)


class Prepared[M: models.Model]:
    """A queryset that differs only in values: ``build`` gets them in the order of ``values``."""

    def __init__(self, build: Callable[..., models.QuerySet[M]], *values: Value) -> None:
        self.build, self.values = build, values
        self._written: dict[tuple[str, str], _Written] = {}

    def all(self, *values: object, using: str = "default") -> list[M]:
        """The rows for these values, as the queryset would give them."""
        connection = connections[using]
        key = (using, connection.vendor)
        written = self._written.get(key) or self._written.setdefault(key, self._write(using))
        filled = list(written.values)
        adapted = [value.adapted(given, connection) for value, given in zip(self.values, values, strict=True)]
        for place, number in written.places.items():
            filled[place] = adapted[number]
        return [cast("M", written.read(row, using)) for row in driver.fetch(connection, written.sql, filled)]

    def first(self, *values: object, using: str = "default") -> M | None:
        """The first row, or None. (A query that may find many says ``[:1]`` itself.)"""
        return next(iter(self.all(*values, using=using)), None)

    def _write(self, using: str) -> _Written:
        queryset = self.build(*(value.example for value in self.values))
        compiler = queryset.query.get_compiler(using=using)
        sql, params = compiler.as_sql()
        examples = [value.adapted(value.example, connections[using]) for value in self.values]
        places = {place: examples.index(param) for place, param in enumerate(params) if param in examples}
        if set(places.values()) != set(range(len(self.values))):
            raise ValueError(
                "Each value must be found in the query: choose examples that the database does not change."
            )
        select = compiler.select
        return _Written(
            sql,
            tuple(params),
            places,
            tuple(
                (place, _understood(converters, expression, connections[using]))
                for place, (converters, expression) in compiler.get_converters(entry[0] for entry in select).items()
            ),
            _nouns(compiler.klass_info, select),
        )


@dataclass(frozen=True)
class _Insertion:
    """The SQL that writes a row of a model, and how each value is told, in its order."""

    sql: str
    told: tuple[Callable[[models.Model], Any], ...]
    makes_key: bool


_insertions: dict[tuple[str, type[models.Model]], _Insertion] = {}


def insert(noun: models.Model, using: str = "default") -> None:
    """Writes a new row, as ``save(force_insert=True)`` does, with SQL that is written once; no signal is sent."""
    connection, model = connections[using], type(noun)
    key = (connection.vendor, model)
    known = _insertions.get(key) or _insertions.setdefault(key, _insertion(model, using))
    routing.wrote()
    values = [told(noun) for told in known.told]
    if known.makes_key:
        noun.pk = driver.fetch(connection, known.sql, values)[0][0]
    else:
        driver.write(connection, known.sql, values)
    noun._state.adding, noun._state.db = False, using


def _insertion(model: type[models.Model], using: str) -> _Insertion:
    own = model._meta.pk
    makes_key = isinstance(own, models.AutoField)
    fields = tuple(field for field in model._meta.concrete_fields if not (makes_key and field.primary_key))
    quote = connections[using].ops.quote_name
    columns, marks = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of the models
    told = tuple(_told(field, using) for field in fields)
    return _Insertion(f"{sql} RETURNING {quote(str(own.column))}" if makes_key else sql, told, makes_key)


def _told(field: models.Field[Any, Any], using: str) -> Callable[[models.Model], Any]:
    """What reads a field's value of a noun, as the database wants it. Plain values are told as they are; the others
    (identifiers, moments, what a field fills in when it is saved) as Django tells them."""
    if type(field) in PLAIN and not field.db_column:
        return cast("Callable[[models.Model], Any]", attrgetter(str(field.attname)))
    return lambda noun: field.get_db_prep_save(field.pre_save(noun, add=True), connections[using])


PLAIN = frozenset(
    {
        models.BooleanField, models.CharField, models.IntegerField, models.PositiveIntegerField,
        models.PositiveSmallIntegerField, models.TextField,
    }
)  # fmt: skip
