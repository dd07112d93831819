"""What the programme shows on my page, on the first page, on a centre's page and in the site's map."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digirum.base.audience import Audience
from digirum.events import actions
from digirum.events.showing import public_paths
from digirum.events.tests.scene import HOUR, NOW, START, centre, event, fill, leave, occurrence, resident, wait, who
from digirum.events.tests.visitors import browser_of, path_of, words
from digirum.topics.models import Level

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Nobody's clock goes while a page is read."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_my_page_tells_how_each_sign_up_stands_with_the_next_first() -> None:
    person = resident()
    full, offered, line = (
        occurrence(1, of=event(texts={"name_sv": name}), start=START + number * DAY)
        for number, name in enumerate(("Har", "Erbjuds", "Väntar"))
    )
    actions.register(by=person, at=NOW, occurrence=full)
    (first,) = fill(offered)
    wait(offered, person=person)
    leave(first)
    fill(line)
    wait(line)
    wait(line, person=person)
    page = words(browser_of(person), "/min-sida").split("Det du har anmält dig till")[1]
    for said in ("Har", "Du har en plats", "Erbjuds", "En plats är ledig: svara före", "Väntar", "Nummer 2 i kön"):
        assert said in page
    assert page.index("Har ") < page.index("Erbjuds") < page.index("Väntar")


def test_my_page_says_what_will_be_there_before_there_is_anything() -> None:
    assert "Det du anmäler dig till i programmet visas här." in words(browser_of(resident()), "/min-sida")


def test_my_page_asks_the_same_for_one_line_and_for_many() -> None:
    person, costs = resident(), []
    browser = browser_of(person)
    browser.get("/min-sida")
    for number in range(1, 7):
        held = occurrence(1, start=START + number * DAY)
        fill(held)
        wait(held, person=person)
        if number in {1, 2, 6}:
            with CaptureQueriesContext(connection) as queries:
                browser.get("/min-sida")
            costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2], costs


def test_the_first_page_shows_what_is_on_today(client: Client) -> None:
    occurrence(of=event(texts={"name_sv": "Kväll"}), start=NOW + 9 * HOUR)
    occurrence(of=event(texts={"name_sv": "Senare"}), start=START)
    page = words(client, "/")
    assert "I dag kl. 18.00–20.00 Kväll" in page
    assert "Senare" not in page


def test_the_first_page_shows_what_comes_when_nothing_is_on_today(client: Client) -> None:
    assert "Programmet är på gång" in words(client, "/")
    occurrence(of=event(texts={"name_sv": "Senare"}))
    assert "På gång Torsdag 26 november kl. 14.00–16.00 Senare" in words(client, "/")


def test_the_first_page_shows_beginners_three_different_ways_in(client: Client) -> None:
    often = event(texts={"name_sv": "Ofta"}, level=Level.BASIC)
    for number in range(5):
        occurrence(of=often, start=START + number * DAY)
    occurrence(of=event(texts={"name_sv": "Sällan"}, level=Level.BASIC), start=START + 9 * DAY)
    occurrence(of=event(texts={"name_sv": "Svår"}, level=Level.ADVANCED), start=NOW + HOUR)
    page = words(client, "/").split("För dig som är ny")[1]
    assert page.count("Ofta") == 1
    assert "Sällan" in page
    assert "Svår" not in page


def test_a_centre_shows_what_comes_up_there(client: Client) -> None:
    here = centre("bibblan")
    occurrence(of=event(texts={"name_sv": "Här"}, centre=here))
    occurrence(of=event(texts={"name_sv": "Där"}))
    page = words(client, "/center/bibblan")
    assert "På gång här" in page
    assert "Här" in page.split("På gång här")[1]
    assert "Där" not in page.split("På gång här")[1]


def test_the_site_s_map_holds_what_is_public_alone() -> None:
    for name, audience in (("Alla", Audience.PUBLIC), ("Staden", Audience.CITY)):
        event(texts={"name_sv": name}, audience=audience)
    event(texts={"name_sv": "Utkast"}, published=False)
    assert {path for path, _changed in public_paths()} == {"/program", "/avboka", "/program/alla"}


def test_a_seat_leads_from_my_page_to_what_one_can_do_about_it() -> None:
    held = occurrence()
    (mine,) = fill(held)
    page = browser_of(who(mine)).get("/min-sida").content.decode()
    assert f'href="{path_of(held, "/anmalan/min")}"' in page
