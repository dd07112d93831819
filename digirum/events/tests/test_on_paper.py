"""What is printed says the day in full: paper is read on another day than it came out of the printer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags

from digirum.events.tests.scene import HOUR, START, fill, guide, occurrence, wait, who
from digirum.events.tests.visitors import browser_of, path_of, words
from digirum.people.strength import Method

pytestmark = pytest.mark.django_db
IN_FULL = "torsdag 26 november 2026"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """Everything here is printed on the morning of the day itself, when pages on a screen say "today"."""
    with time_machine.travel(START - 3 * HOUR, tick=False):
        yield


@pytest.mark.parametrize("sheet", ["{time}/skriv-ut", "{event}/skriv-ut"])
def test_a_sheet_of_the_programme(client: Client, sheet: str) -> None:
    held = occurrence(3)
    address = sheet.format(time=path_of(held), event=f"/program/{held.event.slug}")
    assert "I dag" in words(client, path_of(held))
    in_words = words(client, address)
    assert IN_FULL in in_words.lower()
    assert "i dag" not in in_words.lower()


def test_a_receipt_of_a_seat_and_of_an_offer_with_its_last_moment() -> None:
    held = occurrence()
    (mine,) = fill(held)
    receipt = words(browser_of(who(mine)), path_of(held, "/anmalan/kvitto")).lower()
    assert IN_FULL in receipt
    assert "i dag" not in receipt

    later = occurrence()
    (first,) = fill(later)
    offered = wait(later)
    browser_of(who(first)).post(path_of(later, "/anmalan/avboka"), {"ja": "1"})
    receipt = words(browser_of(who(offered)), path_of(later, "/anmalan/kvitto")).lower()
    assert receipt.count(IN_FULL) == 2
    assert "i dag" not in receipt


def test_a_slip_from_the_desk_and_the_list_at_the_door() -> None:
    held = occurrence(3)
    desk = browser_of(guide(held), method=Method.PASSKEY)
    answer = desk.post(f"/disk{path_of(held, '/anmal')}", {"seats": "1"})
    assert re.search(r"\w{4}-\w{4}", answer.content.decode())
    slip = unescape(strip_tags(answer.content.decode())).lower()
    listed = words(desk, f"/disk{path_of(held, '/skriv-ut')}").lower()
    for sheet in (slip, listed):
        assert IN_FULL in sheet
        assert "i dag" not in sheet
