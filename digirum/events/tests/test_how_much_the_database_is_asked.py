"""How much the database is asked: each act of a sign-up, and each list, however long."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from digirum.events import actions
from digirum.events.tests.scene import NOW, occurrence, resident

pytestmark = pytest.mark.django_db


def _reads_and_writes(queries: CaptureQueriesContext) -> list[str]:
    verbs = [query["sql"].split()[0] for query in queries]
    return [verb for verb in verbs if verb in {"SELECT", "INSERT", "UPDATE", "DELETE"}]


def test_signing_up_is_four_statements() -> None:
    held, person = occurrence(20), resident()
    with CaptureQueriesContext(connection) as queries:
        actions.register(by=person, at=NOW, occurrence=held)
    assert _reads_and_writes(queries) == ["SELECT", "UPDATE", "INSERT", "INSERT"]
