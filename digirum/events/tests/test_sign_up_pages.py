"""Signing up, standing in line, answering, changing and cancelling: each a form that works without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from digirum.base.audience import Audience
from digirum.events import actions
from digirum.events.models import Registration, State
from digirum.events.tests.scene import HOUR, NOW, START, event, fill, leave, occurrence, resident, state, wait, who
from digirum.events.tests.visitors import browser_of, html, path_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands on Monday morning until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_a_visitor_is_led_to_a_key_and_back(client: Client) -> None:
    held = occurrence()
    page = html(client, path_of(held, "/anmalan"))
    back = f"?next=%2Fprogram%2F{held.event.slug}%2F{held.key}%2Fanmalan"
    assert f"/logga-in{back}" in page
    assert f"/nyckel{back}" in page
    assert client.post(path_of(held, "/anmalan")).status_code == 200
    assert not Registration.objects.exists()


def test_what_one_signs_up_for_is_read_back_first_and_confirmed_after() -> None:
    held, person = occurrence(9), resident()
    browser = browser_of(person)
    asked = words(browser, path_of(held, "/anmalan"))
    for said in ("Prova VR", "Torsdag 26 november kl. 14.00–16.00", "Digidel", "Gratis", "Steg 1 av 2"):
        assert said in asked
    response = browser.post(path_of(held, "/anmalan"), {"seats": "2"})
    assert response.headers["Location"] == path_of(held, "/anmalan/min")
    assert Registration.objects.get().seats == 2
    done = words(browser, path_of(held, "/anmalan/min"))
    for said in ("Du har en plats", "Det här händer nu", "Skriv ut", "Lägg i min kalender", "Avboka"):
        assert said in done


def test_who_has_signed_up_is_led_to_what_they_have() -> None:
    held = occurrence(9)
    browser = browser_of(who(actions.register(by=resident(), at=NOW, occurrence=held)))
    for page in ("/anmalan", "/reservlista"):
        assert browser.get(path_of(held, page)).headers["Location"] == path_of(held, "/anmalan/min")
        assert browser.post(path_of(held, page), {"seats": "1"}).headers["Location"] == path_of(held, "/anmalan/min")
    assert Registration.objects.count() == 1


def test_where_it_is_full_one_is_led_to_the_line() -> None:
    held = occurrence()
    fill(held)
    wait(held)
    browser = browser_of(resident())
    assert browser.get(path_of(held, "/anmalan")).headers["Location"] == path_of(held, "/reservlista")
    page = words(browser, path_of(held, "/reservlista"))
    assert "1 står i kön före dig" in page
    assert "högst 19 timmar" in page
    browser.post(path_of(held, "/reservlista"), {"seats": "1"})
    assert "Du står i kö" in words(browser, path_of(held, "/anmalan/min"))
    assert "1 står före dig" in words(browser, path_of(held, "/anmalan/min"))


def test_who_wants_more_seats_than_there_are_is_led_to_the_line_with_the_number_kept() -> None:
    held = occurrence(2)
    actions.register(by=resident(), at=NOW, occurrence=held)
    browser = browser_of(resident())
    response = browser.post(path_of(held, "/anmalan"), {"seats": "2"})
    assert response.headers["Location"] == path_of(held, "/reservlista?platser=2")
    assert '<option value="2" selected>' in html(browser, path_of(held, "/reservlista?platser=2"))


@pytest.mark.parametrize("query", ["?platser=99", "?platser=x", "?platser=²", "?platser=-1"])
def test_a_number_of_seats_that_is_none_does_no_harm(query: str) -> None:
    held = occurrence()
    fill(held)
    assert "Ställ dig i kön" in html(browser_of(resident()), path_of(held, "/reservlista" + query))


def test_who_cannot_be_reached_may_choose_not_to_be_asked_and_who_can_is_not_bothered() -> None:
    held = occurrence()
    (first,) = fill(held)
    alone, reached = resident(), resident(email="a@example.org")
    assert "takes_seat_at_once" not in html(browser_of(reached), path_of(held, "/reservlista"))
    browser = browser_of(alone)
    browser.post(path_of(held, "/reservlista"), {"seats": "1", "takes_seat_at_once": "on"})
    assert "får du den genast" in words(browser, path_of(held, "/anmalan/min"))
    leave(first)
    assert "Du har en plats" in words(browser, path_of(held, "/anmalan/min"))


@pytest.mark.parametrize(("answer", "becomes"), [("ja", State.CONFIRMED), ("nej", State.CANCELLED)])
def test_a_freed_seat_is_answered_with_one_press(answer: str, becomes: State) -> None:
    held = occurrence()
    (first,) = fill(held)
    waiting = wait(held)
    leave(first)
    browser = browser_of(who(waiting))
    page = words(browser, path_of(held, "/anmalan/min"))
    assert "Du har fått en ledig plats" in page
    assert "Platsen hålls åt dig till i morgon kl. 04.15" in page
    response = browser.post(path_of(held, "/anmalan/svar"), {"svar": answer})
    assert response.headers["Location"] == path_of(held, "/anmalan/min")
    assert state(waiting) == becomes


def test_an_answer_too_late_is_told_in_a_sentence(clock: time_machine.Traveller) -> None:
    held = occurrence()
    (first,) = fill(held)
    waiting = wait(held)
    leave(first)
    clock.shift(timedelta(hours=21))
    browser = browser_of(who(waiting))
    response = browser.post(path_of(held, "/anmalan/svar"), {"svar": "ja"})
    assert response.status_code == 409
    assert "Tiden för att svara är slut" in response.content.decode()


@pytest.mark.parametrize("answer", [{}, {"svar": "kanske"}])
def test_an_answer_that_is_none_is_not_there(answer: dict[str, str]) -> None:
    held = occurrence()
    fill(held)
    assert browser_of(who(wait(held))).post(path_of(held, "/anmalan/svar"), answer).status_code == 404


def test_seats_are_changed_and_a_refusal_stands_by_the_field() -> None:
    held = occurrence(2)
    mine = actions.register(by=resident(), at=NOW, occurrence=held)
    browser = browser_of(who(mine))
    assert "Ändra platser" in words(browser, path_of(held, "/anmalan/min"))
    browser.post(path_of(held, "/anmalan/platser"), {"seats": "2"})
    mine.refresh_from_db()
    assert mine.seats == 2
    browser.post(path_of(held, "/anmalan/platser"), {"seats": "1"})
    actions.register(by=resident(), at=NOW, occurrence=held)
    page = browser.post(path_of(held, "/anmalan/platser"), {"seats": "2"}).content.decode()
    assert "Alla platser är tagna" in page
    assert 'class="field field-wrong"' in page


def test_cancelling_is_read_back_first_and_then_done() -> None:
    held = occurrence()
    (mine,) = fill(held)
    browser = browser_of(who(mine))
    assert "Vill du avboka det här?" in words(browser, path_of(held, "/anmalan/avboka"))
    assert state(mine) == State.CONFIRMED
    response = browser.post(path_of(held, "/anmalan/avboka"))
    assert response.headers["Location"] == path_of(held, "/anmalan/min")
    assert state(mine) == State.CANCELLED
    page = words(browser, path_of(held, "/anmalan/min"))
    assert "Du har avbokat" in page
    assert "Anmäl dig igen" in page


def test_what_has_begun_can_no_longer_be_cancelled_and_the_page_says_so(clock: time_machine.Traveller) -> None:
    held = occurrence()
    (mine,) = fill(held)
    clock.move_to(START - timedelta(minutes=30))
    browser = browser_of(who(mine))
    browser.get(path_of(held, "/anmalan/min"))
    clock.move_to(START + timedelta(minutes=1))
    response = browser.post(path_of(held, "/anmalan/avboka"))
    assert response.status_code == 409
    assert "Det har börjat" in response.content.decode()


def test_the_receipt_is_a_sheet_with_the_way_back() -> None:
    held = occurrence()
    (mine,) = fill(held)
    page = html(browser_of(who(mine)), path_of(held, "/anmalan/kvitto"))
    assert "Du har en plats" in page
    assert 'class="qr"' in page


@pytest.mark.parametrize("page", ["/anmalan/min", "/anmalan/kvitto", "/anmalan/platser", "/anmalan/avboka"])
def test_a_visitor_is_asked_to_sign_in_and_a_stranger_has_nothing_here(client: Client, page: str) -> None:
    held = occurrence(2)
    (_first, _second) = fill(held)
    assert client.get(path_of(held, page)).headers["Location"].startswith("/logga-in?next=")
    response = browser_of(resident()).get(path_of(held, page))
    assert response.status_code == 404 or "/anmalan" in response.headers["Location"]
    assert "Du har en plats" not in response.content.decode()


@pytest.mark.parametrize("page", ["/anmalan/svar", "/anmalan/avboka"])
def test_nobody_acts_on_another_s_seat(client: Client, page: str) -> None:
    held = occurrence()
    (mine,) = fill(held)
    assert client.post(path_of(held, page), {"svar": "nej"}).headers["Location"].startswith("/logga-in")
    browser_of(resident()).post(path_of(held, page), {"svar": "nej"})
    assert state(mine) == State.CONFIRMED


def test_what_cannot_be_signed_up_for_says_why(client: Client, clock: time_machine.Traveller) -> None:
    later = occurrence(of=event(texts={"name_sv": "Senare"}, opens_days_before=1))
    assert "Anmälan öppnar onsdag 25 november" in words(client, path_of(later, "/anmalan"))
    free = occurrence(None, of=event(texts={"name_sv": "Fritt"}, needs_registration=False))
    assert "Du behöver inte anmäla dig" in words(client, path_of(free, "/anmalan"))
    off = occurrence(of=event(texts={"name_sv": "Av"}))
    actions.cancel_occurrence(by=None, at=NOW, occurrence=off, reason="Halka.")
    assert "inställt" in words(client, path_of(off, "/reservlista"))
    clock.move_to(START + HOUR)
    assert "Anmälan har stängt" in words(client, path_of(later, "/anmalan"))


def test_in_the_last_hour_the_line_is_closed_and_the_door_is_shown(clock: time_machine.Traveller) -> None:
    held = occurrence()
    fill(held)
    clock.move_to(START - timedelta(minutes=50))
    page = html(browser_of(resident()), path_of(held, "/reservlista"))
    assert "Det börjar inom en timme" in page
    assert 'method="post"' not in re.sub(r"<header.*?</header>", "", page, flags=re.DOTALL)


def test_what_is_for_some_is_signed_up_for_by_them_alone() -> None:
    held = occurrence(of=event(audience=Audience.CITY))
    assert browser_of(resident()).post(path_of(held, "/anmalan"), {"seats": "1"}).status_code == 404


def test_a_form_from_another_site_does_nothing() -> None:
    held = occurrence(9)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = browser_of(resident()).cookies
    assert browser.post(path_of(held, "/anmalan"), {"seats": "1"}).status_code == 403
    assert not Registration.objects.exists()
