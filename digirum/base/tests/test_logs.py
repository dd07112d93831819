"""Logs tell what happened, and nothing of whom."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from digirum.base import logs

WORDS = "granit lampett vinbär segelduk"
CARD = "4821 7730 5"
MAIL = "anna.andersson@example.org"


class Lines:
    """What was logged, as text and as objects."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def logged(settings: Settings) -> Iterator[Lines]:
    settings.ROOT_URLCONF = "digirum.base.tests.pages"
    lines = Lines()
    handler = logging.StreamHandler(lines.stream)
    handler.setFormatter(logs.formatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lines
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def test_each_answer_is_one_line_with_route_status_time_and_the_request_s_id(client: Client, logged: Lines) -> None:
    response = client.get("/vanlig?q=anna")
    entry = logged.entries[-1]
    assert entry.pop("ms") >= 0
    assert entry.pop("timestamp").endswith("Z")
    assert entry == {
        "event": "answered",
        "method": "GET",
        "route": "tests:plain",
        "status": 200,
        "request_id": response["X-Request-ID"],
        "level": "info",
        "logger": "digirum.access",
    }


def test_what_django_says_of_a_request_afterwards_carries_its_id_too(client: Client, logged: Lines) -> None:
    response = client.get("/finns-inte")
    told = [entry for entry in logged.entries if entry["logger"] == "django.request"]
    assert [entry["request_id"] for entry in told] == [response["X-Request-ID"]]


def test_the_proxy_s_id_is_kept_if_it_is_one(client: Client, logged: Lines) -> None:
    assert client.get("/vanlig", headers={"X-Request-ID": "edge-0123456789"})["X-Request-ID"] == "edge-0123456789"
    assert MAIL not in client.get("/vanlig", headers={"X-Request-ID": MAIL})["X-Request-ID"]


def test_a_fault_tells_its_kind_and_where_but_not_its_words(client: Client, logged: Lines) -> None:
    client.get("/trasig")
    entry = next(entry for entry in logged.entries if "fault" in entry)
    assert entry["fault"] == "ZeroDivisionError"
    assert any("pages.py" in frame and "broken" in frame for frame in entry["where"])
    assert entry["route"] == "tests:broken"
    assert entry["request_id"]


def test_nothing_personal_is_ever_logged(client: Client, logged: Lines) -> None:
    personal = {"words": WORDS, "number": CARD, "email": MAIL, "address": "Storgatan 1"}
    for address in ("/trasig", "/nope", "/knacka", f"/nyckel/{CARD.replace(' ', '')}", f"/person/{MAIL}"):
        client.get(address, personal)
        client.post(address, personal, headers={"User-Agent": MAIL, "Referer": f"https://a.example/{MAIL}"})
    log = logging.getLogger("some.library")
    log.warning("Could not send to %s from 192.0.2.44 about card %s, see https://a.example/%s", MAIL, CARD, MAIL)
    log.error("Failed", extra={"email": MAIL, "words": WORDS, "reason": f"550 {MAIL} unknown"})
    try:
        raise ValueError(MAIL, CARD, WORDS)
    except ValueError:
        log.exception("Trouble")
    assert len(logged.entries) > 10
    said = [entry["event"] for entry in logged.entries]
    assert "Could not send to [mail] from [address] about card [number], see [url]" in said
    assert "Not Found" in said
    for secret in (MAIL, "anna", "192.0.2.44", CARD, CARD.replace(" ", ""), *WORDS.split(), "Storgatan"):
        assert secret not in logged.text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("to anna@example.org.", "to [mail]"),
        ("from 2001:db8:85a3:0:0:8a2e:370:7334", "from [address]"),
        ("call +46 70 123 45 67", "call [number]"),
        ("number 19121212-1212", "number [number]"),
        ("in 1200 ms, 15 of 30", "in 1200 ms, 15 of 30"),
    ],
)
def test_what_is_hidden(said: str, written: str) -> None:
    assert logs.hide(said) == written
