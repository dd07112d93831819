"""Centres and topics in the open API: what it tells, page by page, in the language asked for."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digirum.place import actions
from digirum.place.tests.scene import NOW, make_centre, make_period
from digirum.topics.actions import load_vocabulary

pytestmark = pytest.mark.django_db


@time_machine.travel(NOW, tick=False)
def test_a_centre_tells_its_hours_and_whether_it_is_open(client: Client) -> None:
    centre = make_centre(name_en="Digidel in English")
    make_period(centre, date(2027, 6, 21), date(2027, 8, 15))
    actions.close_day(by=None, at=NOW, centre=centre, day=date(2026, 12, 24), reasons={"reason_sv": "Julafton"})
    actions.offer_language(by=None, at=NOW, centre=centre, language="ar", weekday=0)
    told = client.get("/api/v1/centres/biblioteket").json()
    assert told["name"] == {"text": "Digidel biblioteket", "language": "sv"}
    assert told["is_open"] is True
    assert told["closes_at"].startswith("2026-11-23T17:00:00")
    assert told["week"][0] == {"weekday": 1, "opens": "10:00", "closes": "18:00"}
    assert told["periods"][0]["first_day"] == "2027-06-21"
    assert told["closed_days"] == [{"day": "2026-12-24", "reason": {"text": "Julafton", "language": "sv"}}]
    assert told["languages"] == [{"language": "ar", "weekday": 1}]
    english = client.get("/api/v1/centres/biblioteket?language=en").json()
    assert english["name"] == {"text": "Digidel in English", "language": "en"}
    assert client.get("/api/v1/centres/finns-inte").status_code == 404


def test_lists_are_read_page_by_page_without_gaps_or_repeats(client: Client) -> None:
    load_vocabulary(by=None, at=NOW)
    seen: list[str] = []
    address: str | None = "/api/v1/topics/help-topics?limit=7"
    while address:
        answer = client.get(address).json()
        seen += [item["slug"] for item in answer["items"]]
        address = answer["next"] and answer["next"].split("localhost:8000")[-1]
    assert len(seen) == 25
    assert seen == sorted(set(seen))


def test_an_answer_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    make_centre()
    first = client.get("/api/v1/centres")
    assert first.headers["ETag"]
    again = client.get("/api/v1/centres", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "after=Å", "language=xx"])
def test_a_question_that_makes_no_sense_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/api/v1/centres?{query}").status_code == 422


def test_a_page_of_centres_asks_no_more_of_the_database_for_more_centres(client: Client) -> None:
    make_centre()
    with CaptureQueriesContext(connection) as few:
        client.get("/api/v1/centres")
    for number in range(4):
        make_centre(f"filial-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/api/v1/centres")
    assert len(many) == len(few)


def test_the_framework_is_told_with_levels_and_areas(client: Client) -> None:
    load_vocabulary(by=None, at=NOW)
    assert len(client.get("/api/v1/topics/areas").json()["items"]) == 5
    assert len(client.get("/api/v1/topics/competences").json()["items"]) == 21
    assert client.get("/api/v1/topics/competences/4.2?language=en").json()["name"]["language"] == "en"
    levels = client.get("/api/v1/topics/levels").json()["items"]
    assert [level["level"] for level in levels][::2] == ["basic", "intermediate", "advanced", "highly-advanced"]
    assert len(client.get("/api/v1/topics/themes").json()["items"]) == 12
