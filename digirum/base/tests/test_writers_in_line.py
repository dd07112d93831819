"""On SQLite the threads of a process take turns to write: and none fails."""

from __future__ import annotations

import time
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from digirum.base.generations import raise_generation, read_generations
from tests.databases import TestDatabase

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # PostgreSQL has rows to lock, and tells who waits when it is their turn.
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite lets one write at a time"),
]
WRITERS, EACH, HELD = 12, 4, 0.01


def test_each_waits_for_its_turn_and_none_fails(database: TestDatabase) -> None:
    def write() -> None:
        for _turn in range(EACH):
            with transaction.atomic():
                raise_generation("in-line")
                time.sleep(HELD)
        connection.close()

    threads = [Thread(target=write) for _writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_generations(["in-line"]) == {"in-line": WRITERS * EACH}


@pytest.mark.parametrize("ending", [None, RuntimeError, IntegrityError])
def test_the_turn_is_given_on_however_a_transaction_ends(
    database: TestDatabase, ending: type[Exception] | None
) -> None:
    def begin_and_end() -> None:
        with transaction.atomic():
            if ending is not None:
                raise ending

    if ending is None:
        begin_and_end()
    else:
        with pytest.raises(ending):
            begin_and_end()
    _another_can_write()


def test_the_turn_is_given_on_by_a_connection_that_is_closed_in_the_middle(database: TestDatabase) -> None:
    def leave() -> None:
        connection.set_autocommit(False)
        connection.close()

    thread = Thread(target=leave)
    thread.start()
    thread.join()
    _another_can_write()


def _another_can_write() -> None:
    done = []

    def write() -> None:
        with transaction.atomic():
            raise_generation("another")
        connection.close()
        done.append(True)

    thread = Thread(target=write, daemon=True)
    thread.start()
    thread.join(10)
    assert done
