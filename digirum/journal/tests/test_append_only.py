"""The journal: one line per act, and the database lets nobody change it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from digirum.base.audience import Audience
from digirum.base.requests import working_for
from digirum.journal.models import JournalEntry
from digirum.journal.record import record

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Librarian:
    """Somebody who acts."""

    subject_id = UUID("11111111-1111-4111-8111-111111111111")
    acting_role = "guide"


class Helper(Librarian):
    """Somebody who helps another to act."""

    subject_id = UUID("22222222-2222-4222-8222-222222222222")


def a_line(verb: str = "events.registered") -> JournalEntry:
    """One line about some noun (an earlier line serves as well as any)."""
    with transaction.atomic():
        return record(by=Librarian(), verb=verb, noun=JournalEntry(pk=7), at=AT, audience=Audience.CITY)


@pytest.mark.django_db
def test_a_line_says_who_did_what_to_what_when_and_for_whom() -> None:
    with working_for("request-1234"):
        line = a_line()
    assert (line.subject, line.role, line.verb) == (Librarian.subject_id, "guide", "events.registered")
    assert (line.object_type, line.object_id) == ("journal.journalentry", "7")
    assert (line.at, line.audience, line.assisted_by, line.request_id) == (AT, "city", None, "request-1234")


@pytest.mark.django_db
def test_who_helped_is_kept_beside_who_acted() -> None:
    with transaction.atomic():
        line = record(by=Librarian(), verb="v", noun=JournalEntry(pk=7), at=AT, assisted_by=Helper())
    assert line.assisted_by == Helper.subject_id


@pytest.mark.django_db
def test_what_the_room_does_by_itself_has_a_role_and_no_subject() -> None:
    with transaction.atomic():
        line = record(by=None, verb="v", noun=JournalEntry(pk=7), at=AT)
    assert (line.subject, line.role) == (None, "system")


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_a_programming_error() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(by=None, verb="v", noun=JournalEntry(pk=7), at=AT)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_journalentry SET verb = 'x'",
        "DELETE FROM journal_journalentry",
        "UPDATE journal_journalentry SET verb = 'x' WHERE id > 0",
    ],
)
def test_the_database_refuses_to_change_or_delete(statement: str) -> None:
    line = a_line()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert JournalEntry.objects.get().verb == line.verb


@pytest.mark.django_db
def test_postgresql_refuses_to_empty_the_table_too() -> None:
    a_line()
    if connection.vendor == "sqlite":
        # SQLite has no TRUNCATE: the refused DELETE above is the same road.
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            JournalEntry.objects.all().delete()
    else:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE journal_journalentry")
    assert JournalEntry.objects.count() == 1


@pytest.mark.django_db
def test_the_journal_can_be_read_by_noun_subject_and_time() -> None:
    first, second = a_line(), a_line("events.cancelled")
    entries = JournalEntry.objects
    assert list(entries.about(JournalEntry(pk=7)).newest_first()) == [second, first]
    assert entries.by(Librarian.subject_id).count() == 2
    assert entries.between(AT, AT.replace(hour=10)).count() == 2
    assert not entries.between(AT.replace(hour=10), AT.replace(hour=11)).exists()


@pytest.mark.django_db
def test_a_line_has_no_room_for_free_text() -> None:
    lengths = {field.name: getattr(field, "max_length", None) for field in JournalEntry._meta.get_fields()}
    assert "TextField" not in {field.get_internal_type() for field in JournalEntry._meta.get_fields()}
    assert max(length for length in lengths.values() if length) <= 80
