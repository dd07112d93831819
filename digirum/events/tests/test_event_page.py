"""One event's page: what it is, for whom, when, and how one takes part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digirum.base import pagecache
from digirum.base.audience import Audience
from digirum.events.models import Attendance
from digirum.events.tests.scene import HOUR, NOW, START, centre, coordinator, event, occurrence, organisation, resident
from digirum.events.tests.visitors import browser_of, html, words
from digirum.people.strength import Method
from digirum.people.tests.residents import sign_in_client
from digirum.topics.models import Level

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Nobody's clock goes while a page is read."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_it_tells_all_facts_in_plain_words(client: Client) -> None:
    made = event(
        texts={"name_sv": "Prova VR", "summary_sv": "Res i glasögon.", "description_sv": "**Kom** och prova."},
        level=Level.BASIC, languages=("sv", "ar"), access_facts=("lift", "hearing-loop"), age_from=13, age_to=19,
        seats_per_person=3, organisers=(organisation(),), contact="Fråga i disken",
    )  # fmt: skip
    occurrence(of=made)
    page = words(client, "/program/prova-vr")
    for fact in (
        "Res i glasögon.", "Kom och prova.", "Du behöver inte kunna något i förväg.", "13–19 år", "Svenska, Arabiska",
        "Hiss", "Hörslinga", "högst 3 platser", "Gratis", "Enheten", "Fråga i disken", "Så anmäler du dig",
    ):  # fmt: skip
        assert fact in page
    assert "<strong>Kom</strong>" in html(client, "/program/prova-vr")


def test_a_place_that_is_no_centre_and_a_price_are_told_as_they_are(client: Client) -> None:
    made = event(texts={"name_sv": "Ute", "price_text_sv": "40 kronor"}, place_name="Torget", address="Storgatan 1")
    occurrence(of=made)
    page = words(client, "/program/ute")
    assert "Torget" in page
    assert "Storgatan 1" in page
    assert "40 kronor" in page


@pytest.mark.parametrize(
    ("language", "free"), [("", "Gratis"), ("latt/", "Det kostar inget"), ("en/", "Free"), ("ar/", "مجانًا")]
)
def test_without_a_word_of_a_price_it_is_free_in_every_language(client: Client, language: str, free: str) -> None:
    occurrence(of=event(texts={"name_sv": "Ute"}))
    assert free in words(client, f"/{language}program/ute")


def test_online_is_said(client: Client) -> None:
    event(texts={"name_sv": "Webb"}, attendance=Attendance.ONLINE)
    assert "På nätet" in words(client, "/program/webb")


def test_it_shows_the_next_ten_times_and_leads_to_the_rest(client: Client) -> None:
    made = event(texts={"name_sv": "Ofta"})
    for number in range(11):
        occurrence(of=made, start=START + number * DAY)
    page = html(client, "/program/ofta")
    assert page.count('class="time-when"') == 10
    assert html(client, "/program/ofta/tillfallen").count('class="time-when"') == 11


def test_it_remembers_what_has_been(client: Client) -> None:
    made = event(texts={"name_sv": "Invigning"})
    occurrence(of=made, start=NOW - 100 * DAY)
    assert "Lördag 15 augusti" in words(client, "/program/invigning")
    assert "Lördag 15 augusti" in words(client, "/program/invigning/tillfallen?visa=tidigare")
    assert "Inga tider just nu" in words(client, "/program/invigning")


def test_many_times_come_page_by_page_in_both_directions(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digirum.events.views.event.A_PAGE", 2)
    made = event(texts={"name_sv": "Ofta"})
    for number in range(3):
        occurrence(of=made, start=START + number * DAY)
        occurrence(of=made, start=NOW - (number + 1) * DAY)
    for query in ("?", "?visa=tidigare&amp;"):
        path = "/program/ofta/tillfallen" + query.removesuffix("&amp;").removesuffix("?")
        page = html(client, path)
        assert page.count('class="time-when"') == 2
        rest = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        assert html(client, rest).count('class="time-when"') == 1


@pytest.mark.parametrize("page", ["", "/tillfallen", "/skriv-ut"])
@pytest.mark.parametrize("audience", [Audience.SIGNED_IN, Audience.CITY, Audience.PARTNERS])
def test_what_one_may_not_see_is_not_there(client: Client, page: str, audience: Audience) -> None:
    event(texts={"name_sv": "Internt"}, audience=audience)
    assert client.get(f"/program/internt{page}").status_code == 404
    expected = 200 if audience == Audience.SIGNED_IN else 404
    assert browser_of(resident()).get(f"/program/internt{page}").status_code == expected


def test_a_draft_is_there_for_its_editors_alone_and_says_that_it_is_one(client: Client) -> None:
    draft = event(texts={"name_sv": "Utkast"}, published=False)
    assert client.get("/program/utkast").status_code == 404
    editor = Client()
    sign_in_client(editor, coordinator(draft), method=Method.PASSKEY, at=NOW)
    assert "Inte i programmet än" in words(editor, "/program/utkast")


def test_the_sheet_has_a_qr_code_back_to_the_page(client: Client) -> None:
    made = event(texts={"name_sv": "Prova VR"})
    occurrence(of=made)
    page = html(client, "/program/prova-vr/skriv-ut")
    assert 'class="qr"' in page
    assert "http://localhost:8000/program/prova-vr" in page.replace("http://localhost:18427", "http://localhost:8000")
    assert "Torsdag 26 november" in page


def test_a_text_that_fell_back_says_so(client: Client) -> None:
    event(texts={"name_sv": "Bara svenska"})
    page = html(client, "/ar/program/bara-svenska")
    assert '<h1 lang="sv">Bara svenska' in page


def test_it_asks_the_database_the_same_for_few_and_for_many(client: Client) -> None:
    made, costs = event(texts={"name_sv": "Ofta"}, centre=centre(), languages=("sv", "en")), []
    client.get("/program/ofta")
    for number in range(1, 9):
        occurrence(of=made, start=START + number * DAY)
        occurrence(of=made, start=NOW - number * DAY - HOUR)
        if number in {2, 3, 8}:
            pagecache.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get("/program/ofta")
            costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2] <= 18, costs
