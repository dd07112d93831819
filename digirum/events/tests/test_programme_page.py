"""The programme: the next first, day by day, narrowed as one likes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digirum.base import pagecache
from digirum.base.audience import Audience
from digirum.events import actions
from digirum.events.models import Event, Kind
from digirum.events.tests.scene import HOUR, NOW, START, centre, event, occurrence, resident, staff
from digirum.events.tests.visitors import browser_of, html, words
from digirum.people.models import Role
from digirum.topics.models import Level

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Nobody's clock goes while a page is read."""
    with time_machine.travel(NOW, tick=False):
        yield


def named(name: str, **changes: Any) -> Event:
    return event(texts={"name_sv": name, "name_en": f"{name} in English"}, **changes)


def titles(client: Client, path: str = "/program") -> list[str]:
    return re.findall(r'occurrence-title"><a[^>]*>([^<]*)', html(client, path))


def test_it_lists_what_is_not_over_the_next_first_under_the_names_of_the_days(client: Client) -> None:
    for name, start in (("Sist", NOW + 9 * DAY), ("Nu", NOW - HOUR), ("Över", NOW - DAY), ("I dag", NOW + HOUR)):
        occurrence(of=named(name), start=start)
    assert titles(client) == ["Nu", "I dag", "Sist"]
    page = words(client, "/program")
    assert page.index("I dag kl. 08.00–10.00") < page.index("Onsdag 2 december")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("typ=course", ["Kursen"]),
        ("niva=basic", ["Kursen"]),
        ("sprak=ar", ["Arabiskan"]),
        ("center=bibblan", ["Kursen", "Arabiskan"]),
        ("dag=2026-11-27", ["Arabiskan"]),
        ("typ=course&sprak=ar", []),
        ("typ=finns-inte", ["Kursen", "Arabiskan", "Annat"]),
        ("dag=i-morgon&efter=skräp", ["Kursen", "Arabiskan", "Annat"]),
    ],
)
def test_each_choice_narrows_it_and_nonsense_does_not(client: Client, query: str, found: list[str]) -> None:
    here = centre("bibblan")
    occurrence(of=named("Kursen", kind=Kind.COURSE, level=Level.BASIC, centre=here))
    occurrence(of=named("Arabiskan", languages=("ar", "sv"), centre=here), start=START + DAY)
    occurrence(of=named("Annat"), start=START + 2 * DAY)
    assert titles(client, f"/program?{query}") == found


def test_a_time_moved_to_another_centre_is_found_there_and_not_at_its_event_s_own(client: Client) -> None:
    here, there = centre("har"), centre("dar")
    held = occurrence(of=named("Gäst", centre=here))
    type(held).objects.filter(pk=held.pk).update(centre=there)
    assert titles(client, "/program?center=dar") == ["Gäst"]
    assert titles(client, "/program?center=har") == []


def test_each_choice_is_said_and_can_be_taken_away(client: Client) -> None:
    occurrence(of=named("Kursen", kind=Kind.COURSE, level=Level.BASIC))
    page = html(client, "/program?typ=course&niva=basic&dag=2026-11-26")
    assert 'href="/program?typ=course&amp;niva=basic"' in page
    assert 'href="/program?dag=2026-11-26&amp;niva=basic"' in page
    assert "1 tillfälle" in words(client, "/program?typ=course")


def test_search_finds_the_forms_of_swedish_words_and_what_was_meant(client: Client) -> None:
    occurrence(of=named("Känn igen bedragaren", themes=()))
    occurrence(of=named("Räkningar på nätet"), start=START + DAY)
    assert titles(client, "/program?q=räkningen") == ["Räkningar på nätet"]
    assert titles(client, "/program?q=bedragare") == ["Känn igen bedragaren"]
    assert titles(client, "/program?q=rakningar") == ["Räkningar på nätet"]
    assert "Vi sökte på" in words(client, "/program?q=räknigar")


def test_what_is_taken_out_of_the_programme_is_not_found(client: Client) -> None:
    held = occurrence(of=named("Räkningar på nätet"))
    assert titles(client, "/program?q=räkningar") == ["Räkningar på nätet"]
    actions.unpublish_event(by=None, at=NOW, event=held.event)
    assert titles(client, "/program?q=räkningar") == []


def test_pages_follow_each_other_without_loss_or_repetition_even_at_the_same_moment(client: Client) -> None:
    for number in range(45):
        occurrence(of=named(f"Nr {number}"), start=START + (number // 15) * DAY)
    seen: list[str] = []
    path = "/program"
    while path:
        seen += titles(client, path)
        after = re.search(r'rel="next" href="([^"]+)"', html(client, path))
        path = after[1].replace("&amp;", "&") if after else ""
    assert len(seen) == 45 == len(set(seen))


def test_an_empty_programme_says_what_will_be_here_and_what_to_do_now(client: Client) -> None:
    assert "Programmet är på gång" in words(client, "/program")
    occurrence(of=named("Kursen"))
    page = words(client, "/program?typ=fair")
    assert "Inget passar allt du har valt" in page
    assert "Se allt" in page


def test_what_is_not_for_all_is_there_only_for_those_it_is_for(client: Client) -> None:
    unit = centre().organisation
    for name, audience in (("Alla", Audience.PUBLIC), ("Inloggade", Audience.SIGNED_IN), ("Staden", Audience.CITY)):
        occurrence(of=named(name, audience=audience))
    occurrence(of=event(texts={"name_sv": "Utkast"}, published=False))
    assert titles(client) == ["Alla"]
    assert sorted(titles(browser_of(resident()))) == ["Alla", "Inloggade"]
    assert sorted(titles(browser_of(staff(Role.EMPLOYEE, unit)))) == ["Alla", "Inloggade"], "a key wakes no role"
    assert titles(client, "/program?q=staden") == []


def test_texts_come_in_the_reader_s_language_and_say_so_where_they_fell_back(client: Client) -> None:
    occurrence(of=named("Kursen"))
    occurrence(of=event(texts={"name_sv": "Bara svenska"}), start=START + DAY)
    page = html(client, "/en/program")
    assert "Kursen in English" in page
    assert re.search(r'<a href="/en/program/bara-svenska/[^"]+" lang="sv">Bara svenska', page)


def test_a_called_off_time_is_said_to_be(client: Client) -> None:
    held = occurrence(of=named("Kursen"))
    actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Halka.")
    assert "Inställt" in words(client, "/program")


@pytest.mark.parametrize("query", ["", "?typ=workshop&niva=basic&sprak=sv&dag=2026-11-26", "?center=bibblan"])
def test_it_asks_the_database_the_same_for_few_and_for_many(client: Client, query: str) -> None:
    here, costs = centre("bibblan"), []
    for number in range(1, 25):
        occurrence(of=named(f"Nr {number}", languages=("sv",), level=Level.BASIC, centre=here), start=START)
        if number in {1, 3, 24}:
            pagecache.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/program{query}")
            costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2] <= 12, costs


@pytest.mark.parametrize("prefix", ["", "/latt", "/en", "/ar"])
def test_it_speaks_every_language(client: Client, prefix: str) -> None:
    occurrence()
    assert f'href="{prefix}/program/' in html(client, f"{prefix}/program")


def test_nobody_counts_heads(client: Client) -> None:
    held = occurrence(7)
    actions.register(by=resident(), at=NOW, occurrence=held)
    page = words(client, "/program")
    assert "Platser kvar" in page
    assert "6" not in re.sub(r"26 november|11-26|16", "", page)


def test_the_hours_are_those_of_the_wall_on_both_sides_of_the_night_when_clocks_change(client: Client) -> None:
    for start in (datetime.fromisoformat("2027-03-27T12:00+00:00"), datetime.fromisoformat("2027-03-28T11:00+00:00")):
        occurrence(of=named("Vår"), start=start)
    assert words(client, "/program").count("kl. 13.00–15.00") == 2
