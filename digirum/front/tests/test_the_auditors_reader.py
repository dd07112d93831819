"""The auditor reads the journal: newest first, narrowed, paged by key, in a fixed number of queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digirum.journal.models import JournalEntry
from digirum.journal.record import record
from digirum.people.models import Role
from digirum.people.tests.residents import guide_called, sign_in_client

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def auditor() -> Client:
    """A browser in which an auditor has signed in."""
    client = Client()
    sign_in_client(client, guide_called("Revisor 1", role=Role.AUDITOR, at=AT - timedelta(days=400)))
    return client


def write(times: int, verb: str = "events.registered", day: int = 0) -> None:
    """Some lines about the same thing."""
    with transaction.atomic():
        for number in range(times):
            at = AT + timedelta(days=day, seconds=number)
            record(by=None, verb=verb, noun=JournalEntry(pk=9), at=at)


def verbs(client: Client, query: str) -> str:
    """The page."""
    response = client.get(f"/journal{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_lines_can_be_narrowed_by_verb_thing_and_day(auditor: Client) -> None:
    write(1)
    write(1, "events.cancelled", day=1)
    assert "<code>events.cancelled</code>" not in verbs(auditor, "?verb=events.registered")
    assert "<code>events.registered</code>" not in verbs(auditor, "?from_day=2026-11-24")
    assert "<code>events.registered</code>" in verbs(auditor, "?from_day=2026-11-23&to_day=2026-11-23")
    assert "<code>events.cancelled</code>" in verbs(auditor, "?object_type=journal.journalentry&object_id=9")


def test_bad_choices_say_so_and_show_everything(auditor: Client) -> None:
    write(1)
    html = verbs(auditor, "?from_day=yesterday&subject=nobody")
    assert "events.registered" in html
    assert "field-error" in html


def test_it_is_paged_by_key_and_loses_no_line(auditor: Client) -> None:
    write(120)
    seen, query = 0, "?verb=events.registered"
    for _page in range(3):
        html = verbs(auditor, query)
        seen += html.count("<code>events.registered</code>")
        if 'rel="next"' in html:
            query = html.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert seen == 120


def test_the_number_of_queries_does_not_grow_with_the_lines(auditor: Client) -> None:
    counts = []
    for times in (2, 45):
        write(times)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            verbs(auditor, "")
        counts.append(len(queries))
    assert counts[0] == counts[1]
