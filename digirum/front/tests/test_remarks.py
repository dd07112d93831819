"""Telling us what does not work: without an account, and nothing that was typed is lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from digirum.front.actions import dispose_of_old_remarks, make_remark
from digirum.front.models import Remark
from digirum.journal.models import JournalEntry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_remark_is_kept_and_nobody_is_noted_as_its_author(client: Client) -> None:
    response = client.post("/kontakt", {"about": "accessibility", "text": "Knappen syns inte.", "page": "/program"})
    assert response.headers["Location"] == "/kontakt/tack"
    remark = Remark.objects.get()
    assert (remark.about, remark.text, remark.page, remark.language) == (
        "accessibility",
        "Knappen syns inte.",
        "/program",
        "sv",
    )
    assert JournalEntry.objects.get(verb="front.remarked").subject is None


def test_the_way_in_from_the_statement_has_its_choice_made(client: Client) -> None:
    radio = re.search(
        r'<input[^>]*value="accessibility"[^>]*>', client.get("/kontakt?om=accessibility").content.decode()
    )
    assert radio is not None
    assert "checked" in radio[0]


def test_what_was_typed_stays_when_something_is_missing(client: Client) -> None:
    response = client.post("/kontakt", {"text": "Knappen syns inte.", "answer_to": "granne"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Välj vad det gäller." in html
    assert "Knappen syns inte." in html
    assert 'value="granne"' in html
    assert not Remark.objects.exists()


def test_ten_remarks_an_hour_from_one_address_are_enough(client: Client) -> None:
    answers = [client.post("/kontakt", {"about": "other", "text": "x"}).status_code for _time in range(11)]
    assert answers == [302] * 10 + [429]


def test_an_address_of_another_site_is_not_taken_for_a_page(client: Client) -> None:
    assert "evil.example" not in client.get("/kontakt?sida=https://evil.example/").content.decode()


def test_remarks_are_disposed_of_after_a_year_with_a_line_each() -> None:
    make_remark(about=Remark.About.OTHER, text="x", page="", answer_to="", language="sv", at=AT)
    assert dispose_of_old_remarks(AT + timedelta(days=364)) == 0
    assert dispose_of_old_remarks(AT + timedelta(days=366)) == 1
    assert JournalEntry.objects.filter(verb="front.remark_disposed").count() == 1
