"""A constraint that both databases keep: no two rows of the same owner overlap.

PostgreSQL keeps it with an exclusion constraint over a range, SQLite with triggers. The act checks first, under a lock,
and says it in words; this is what holds when somebody forgets.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table

_POSTGRES = "EXCLUDE USING gist (int8range({start}, {end}, '{bounds}') WITH &&) WHERE ({where})"
_SQLITE = (
    "CREATE TRIGGER {name}_{event} BEFORE {event} ON %(table)s WHEN {when} AND EXISTS ("
    "SELECT 1 FROM %(table)s other WHERE {same} AND other.id IS NOT NEW.id"
    " AND other.{first} {less} NEW.{last} AND other.{last} {more} NEW.{first}) "
    "BEGIN SELECT RAISE(ABORT, 'constraint {name}'); END"
)


class NoOverlap(models.BaseConstraint):
    """Rows with the same ``owner`` columns have no moment of ``first``–``last`` in common.

    ``owner`` is a column of whole numbers, and after it perhaps a day of the week; where the first is null, or where the
    column ``free_if`` is not, the row is free of this constraint. ``span`` is ``"time"`` (two times of a day; the end
    itself is outside) or ``"date"`` (two dates; the last day is inside).
    """

    def __init__(
        self, *, owner: tuple[str, ...], first: str, last: str, span: str, free_if: str = "", name: str
    ) -> None:
        super().__init__(name=name)
        self.owner, self.first, self.last, self.span, self.free_if = owner, first, last, span, free_if

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """What a migration writes down."""
        path, args, kwargs = super().deconstruct()
        kwargs |= {"owner": self.owner, "first": self.first, "last": self.last, "span": self.span}
        if self.free_if:
            kwargs["free_if"] = self.free_if
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        """The part of CREATE TABLE on PostgreSQL; on SQLite the triggers are made right after the table."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
            return ""
        return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._exclusion()}"

    def create_sql(self, model: Any, schema_editor: Any) -> Statement:  # type: ignore[override]  # Django's own constraints give statements too
        """ALTER TABLE on PostgreSQL. (SQLite makes the whole table anew instead.)"""
        return Statement(
            f"ALTER TABLE %(table)s ADD {self.constraint_sql(model, schema_editor)}",
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Statement:  # type: ignore[override]  # Django's own constraints give statements too
        """ALTER TABLE on PostgreSQL. (SQLite makes the whole table anew instead.)"""
        return Statement(
            f"ALTER TABLE %(table)s DROP CONSTRAINT {schema_editor.quote_name(self.name)}",
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )

    def validate(
        self, model: type[models.Model], instance: models.Model, exclude: Any = None, using: str = "default"
    ) -> None:
        """Nothing: the act says it in words, against the locked rows."""

    def _exclusion(self) -> str:
        key = f"{self.owner[0]}::bigint"
        if len(self.owner) == 2:  # the second owner is a day of the week
            key = f"({key} * 7 + {self.owner[1]})"
        position = {
            "time": "{key} * 100000 + extract(epoch from {column})::bigint",
            "date": "{key} * 10000000 + ({column} - DATE '2000-01-01')",
        }[self.span]
        where = f"{self.owner[0]} IS NOT NULL" + (f" AND {self.free_if} IS NULL" if self.free_if else "")
        return _POSTGRES.format(
            start=position.format(key=key, column=self.first),
            end=position.format(key=key, column=self.last),
            bounds="[)" if self.span == "time" else "[]",
            where=where,
        )

    def _triggers(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        same = [f"other.{column} = NEW.{column}" for column in self.owner]
        when = f"NEW.{self.owner[0]} IS NOT NULL"
        if self.free_if:
            same.append(f"other.{self.free_if} IS NULL")
            when += f" AND NEW.{self.free_if} IS NULL"
        less, more = ("<", ">") if self.span == "time" else ("<=", ">=")
        return [
            Statement(
                _SQLITE.format(
                    name=self.name,
                    event=event,
                    when=when,
                    same=" AND ".join(same),
                    first=self.first,
                    last=self.last,
                    less=less,
                    more=more,
                ),
                table=Table(model._meta.db_table, schema_editor.quote_name),
            )
            for event in ("INSERT", "UPDATE")
        ]
