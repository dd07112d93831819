"""The programme by month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digirum.base import pagecache
from digirum.events import actions
from digirum.events.tests.scene import NOW, START, event, occurrence
from digirum.events.tests.visitors import html, words
from digirum.events.views import month

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Nobody's clock goes while a page is read."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_short_address_leads_to_the_month_that_it_is(client: Client) -> None:
    assert client.get("/program/manad").headers["Location"] == "/program/manad/2026-11"


def test_it_holds_the_days_of_its_month_by_the_wall_clock(client: Client) -> None:
    last_minute = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
    for name, start in (("I november", last_minute), ("I december", last_minute + timedelta(minutes=1))):
        occurrence(of=event(texts={"name_sv": name}), start=start)
    november, december = words(client, "/program/manad/2026-11"), words(client, "/program/manad/2026-12")
    assert "I november" in november
    assert "I december" not in november
    assert "I december" in december
    assert "1 tillfälle den här månaden" in december


def test_a_day_with_much_leads_to_its_list(client: Client) -> None:
    for number in range(6):
        occurrence(of=event(texts={"name_sv": f"Nr {number}"}))
    page = html(client, "/program/manad/2026-11")
    assert 'href="/program?dag=2026-11-26"' in page
    assert "2 till" in page


def test_a_month_with_more_than_can_be_drawn_still_shows_every_day(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month, "MOST", 2)
    for number in range(4):
        occurrence(of=event(texts={"name_sv": f"Nr {number}"}), start=START + timedelta(days=number % 2))
    page = words(client, "/program/manad/2026-11")
    assert "Fler än 2 tillfällen" in page
    assert "Se dagen" in page


def test_what_is_called_off_is_said_in_words(client: Client) -> None:
    held = occurrence()
    actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Halka.")
    assert "Inställt: Prova VR" in words(client, "/program/manad/2026-11")


def test_an_empty_month_shows_a_way_on(client: Client) -> None:
    assert "Inget den här månaden än" in words(client, "/program/manad/2027-05")


@pytest.mark.parametrize("path", ["2026-13", "0000-01", "1999-12", "2101-01"])
def test_a_month_that_is_none_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/program/manad/{path}").status_code == 404


def test_it_asks_the_database_the_same_for_few_and_for_many(client: Client) -> None:
    costs = []
    for number in range(1, 13):
        occurrence(of=event(texts={"name_sv": f"Nr {number}"}))
        if number in {1, 3, 12}:
            pagecache.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get("/program/manad/2026-11")
            costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2] <= 6, costs
