"""The page of one occurrence: how it stands, without counting heads."""

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
from digirum.events import actions
from digirum.events.tests.scene import HOUR, NOW, START, anew, event, fill, leave, occurrence, resident, wait, who
from digirum.events.tests.visitors import browser_of, html, path_of, words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PAGES = ("", "/kalender.ics", "/skriv-ut", "/anmalan", "/reservlista")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands on Monday morning until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize(
    ("seats", "taken", "said"),
    [(None, 0, "Plats för alla"), (9, 1, "Platser kvar"), (3, 1, "Få platser kvar"), (1, 1, "Fullt, reservlista")],
)
def test_it_says_in_words_whether_there_are_seats_and_never_how_many(
    client: Client, seats: int | None, taken: int, said: str
) -> None:
    held = occurrence(seats, of=event(seats_per_person=1))
    for _seat in range(taken):
        actions.register(by=resident(), at=NOW, occurrence=held)
    page = html(client, path_of(held))
    assert said in page
    assert f"{(seats or 0) - taken} plats" not in page
    assert f"{taken} plats" not in page


def test_what_it_says_follows_the_clock(client: Client, clock: time_machine.Traveller) -> None:
    held = occurrence(of=event(opens_days_before=1, closes_hours_before=2))
    said = []
    for moment in (NOW, START - DAY, START - 2 * HOUR, START, START + 2 * HOUR):
        clock.move_to(moment)
        said.append(words(client, path_of(held)))
    for page, sentence in zip(
        said, ("Anmälan öppnar onsdag 25 november", "Få platser kvar", "Anmälan har stängt", "Pågår nu", "Det har varit"),
        strict=True,
    ):  # fmt: skip
        assert sentence in page


def test_where_nobody_signs_up_one_just_comes(client: Client) -> None:
    held = occurrence(None, of=event(needs_registration=False))
    page = html(client, path_of(held))
    assert "Bara att komma" in page
    assert path_of(held, "/anmalan") not in page


def test_a_time_called_off_says_why_and_shows_a_way_on(client: Client) -> None:
    held = occurrence()
    actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Handledaren är sjuk.")
    page = words(client, path_of(held))
    assert "Det här är inställt" in page
    assert "Handledaren är sjuk." in page
    assert "Se andra tider" in page


@pytest.mark.parametrize("page", PAGES)
def test_from_where_it_was_one_is_led_to_where_it_is(client: Client, page: str) -> None:
    held = occurrence()
    old = path_of(held, page)
    moved = actions.move_occurrence(
        by=None, at=NOW, occurrence=held, starts_at=START + DAY, ends_at=START + DAY + HOUR, revision=held.revision
    )
    response = client.get(old)
    assert response.status_code == 302
    assert response.headers["Location"] == path_of(moved, page)
    page = words(client, path_of(moved))
    assert "Ny tid" in page
    assert "torsdag 26 november kl. 14.00–16.00" in page


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("audience", [Audience.SIGNED_IN, Audience.CITY])
def test_what_one_may_not_see_is_not_there(client: Client, page: str, audience: Audience) -> None:
    held = occurrence(of=event(audience=audience))
    assert client.get(path_of(held, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", ["2026-11-26-1401", "2026-02-30-1000", "2026-13-01-0000"])
def test_a_time_that_is_none_is_not_there(client: Client, page: str, key: str) -> None:
    held = occurrence()
    assert client.get(f"/program/{held.event.slug}/{key}{page}").status_code == 404


def test_who_has_signed_in_sees_their_own_seat_and_nobody_else_does(client: Client) -> None:
    held = occurrence(2)
    first, _second = fill(held)
    waiting = wait(held)
    assert "Du har en plats" in words(browser_of(who(first)), path_of(held))
    assert "Du är nummer 1 av 1 i kön" in words(browser_of(who(waiting)), path_of(held))
    leave(first)
    assert "Du har fått en ledig plats" in words(browser_of(who(waiting)), path_of(held))
    for somebody in (client, browser_of(resident())):
        assert "Ställ dig i kön" in words(somebody, path_of(anew(held)))


def test_how_long_the_line_is_is_told_to_who_has_signed_in_and_kept_out_of_the_cache(client: Client) -> None:
    held = occurrence(1)
    fill(held)
    page = f"/en{path_of(held)}"
    public = words(client, page)
    wait(held)
    second = wait(held)
    assert "2 stand in line now." in words(browser_of(resident()), page)
    assert "2 stand in line before you." in words(browser_of(resident()), f"{page}/reservlista")
    mine = browser_of(who(second))
    for theirs in (page, f"{page}/anmalan/min"):
        assert "You are number 2 of 2 in line." in words(mine, theirs)
    with CaptureQueriesContext(connection) as queries:
        again = words(client, page)
    assert "in line now" not in again
    assert (again, len(queries)) == (public, 1), "from the cache: one read of its generations"


def test_other_times_of_the_same_event_are_shown(client: Client) -> None:
    held = occurrence(of=event(texts={"name_sv": "Ofta"}))
    occurrence(of=held.event, start=START + DAY)
    assert "Andra tider Fredag 27 november" in words(client, path_of(held))


def test_it_asks_the_database_the_same_for_few_and_for_many(client: Client) -> None:
    held = occurrence(of=event(texts={"name_sv": "Ofta"}, languages=("sv", "en"), access_facts=("lift",)))
    costs = []
    for number in range(1, 9):
        occurrence(of=held.event, start=START + number * DAY)
        if number in {1, 3, 8}:
            pagecache.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get(path_of(held))
            costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2] <= 18, costs
