"""The driver asked straight answers as Django's cursor does, and nobody who listens is passed by."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from digirum.base import driver

READ = "SELECT key, number FROM base_generation WHERE key = %s"
WRITE = "INSERT INTO base_generation (key, number) VALUES (%s, %s)"
CHANGE = "UPDATE base_generation SET number = number + %s WHERE key = %s"

pytestmark = pytest.mark.django_db


def test_it_reads_what_it_wrote() -> None:
    assert driver.write(connection, WRITE, ["events", 3]) == 1
    assert driver.write(connection, CHANGE, [2, "events"]) == 1
    assert driver.write(connection, CHANGE, [2, "place"]) == 0
    assert driver.fetch(connection, READ, ["events"]) == [("events", 5)]
    assert driver.fetch(connection, READ, ["place"]) == []


def test_who_listens_hears_it() -> None:
    with CaptureQueriesContext(connection) as heard:
        driver.write(connection, WRITE, ["events", 3])
        assert driver.fetch(connection, READ, ["events"]) == [("events", 3)]
    assert len(heard) == 2


def test_its_errors_are_those_of_django() -> None:
    driver.write(connection, WRITE, ["events", 3])
    with pytest.raises(IntegrityError), transaction.atomic():
        driver.write(connection, WRITE, ["events", 4])
    assert driver.fetch(connection, READ, ["events"]) == [("events", 3)]


def test_it_asks_nothing_in_a_transaction_that_must_be_rolled_back() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            driver.fetch(connection, READ, ["events"])
