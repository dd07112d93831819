"""Whoever holds a slip from the desk can cancel with its code, and nobody can guess one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from digirum.events import actions
from digirum.events.models import State
from digirum.events.tests.scene import NOW, guide, occurrence, state
from digirum.events.tests.visitors import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Nobody's clock goes while a page is read."""
    with time_machine.travel(NOW, tick=False):
        yield


def _slip() -> actions.Slip:
    held = occurrence(3)
    return actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)


def test_the_code_is_read_back_as_what_it_is_for_before_anything_happens(client: Client) -> None:
    slip = _slip()
    page = client.post("/avboka", {"code": slip.code.lower().replace("-", " ")}).content.decode()
    assert "Är det här du vill avboka?" in page
    assert "Prova VR" in page
    assert state(slip.registration) == State.CONFIRMED


def test_a_second_press_cancels_and_says_so(client: Client) -> None:
    slip = _slip()
    response = client.post("/avboka", {"code": slip.code, "ja": "1"})
    assert response.headers["Location"] == "/avboka/klar"
    assert state(slip.registration) == State.CANCELLED
    assert "Du har avbokat" in words(client, "/avboka/klar")


def test_a_code_used_twice_says_that_there_is_nothing_left_to_do(client: Client) -> None:
    slip = _slip()
    client.post("/avboka", {"code": slip.code, "ja": "1"})
    page = client.post("/avboka", {"code": slip.code, "ja": "1"}).content.decode()
    assert "Anmälan är redan avslutad" in page


@pytest.mark.parametrize(
    ("code", "said"), [("", "Skriv koden som står på din lapp."), ("AAAA-AAAA", "Vi hittar inte koden.")]
)
def test_a_code_that_is_none_is_told_in_words_that_help(client: Client, code: str, said: str) -> None:
    assert said in client.post("/avboka", {"code": code}).content.decode()


def test_guessing_is_stopped(client: Client) -> None:
    slip = _slip()
    for number in range(10):
        client.post("/avboka", {"code": f"AAAA-AA{number:02d}"})
    page = client.post("/avboka", {"code": slip.code, "ja": "1"}).content.decode()
    assert "för många koder" in page
    assert state(slip.registration) == State.CONFIRMED


def test_the_page_opens_without_a_key(client: Client) -> None:
    assert "Avboka med kod" in words(client, "/avboka")
