"""Signing up: a seat, a full workshop, the line, the offer on one's own page, and giving the seat back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitors
from tests.journeys.hands import WAYS, Hands, Way, said
from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser


def test_the_last_seat_goes_to_who_waits_and_says_yes(
    hands: Callable[..., Hands], way: Way, stage: Stage, visitors: Visitors
) -> None:
    turn = WAYS.index(way)
    address = stage.times[f"one-seat-{turn}"]

    # A visitor is told what is needed, and comes back to the same place when signed in.
    visitor = hands()
    visitor.open(address)
    visitor.follow("Sign up")
    visitor.is_at("You need a key to sign up")
    expect(visitor.page.locator(f"main a[href*='next={address.replace('/', '%2F')}']").first).to_be_visible()

    first = hands(f"resident {2 * turn}")
    first.open(address)
    first.follow("Sign up")
    first.is_at("Do you want to sign up for this?")
    first.press_button("Yes, sign me up")
    first.is_at("You have a seat")

    second = hands(f"resident {2 * turn + 1}")
    second.open(address)
    second.follow("Stand in line")
    second.press_button("Yes, put me in line")
    second.is_at("You stand in line")
    second.sees("You are the first in line.")
    second.finds_no_fault()

    # The first one's plans change. What that means is read back before it is done.
    first.open("/min-sida")
    first.press(first.page.locator(f"main a[href='{address}/anmalan/min']").first)
    first.follow("Cancel the sign-up")
    first.is_at("Do you want to cancel this?")
    first.press_button("Yes, cancel")
    first.is_at("You have cancelled")

    # Who waits left no address: the offer stands on their page.
    second.open("/min-sida")
    second.press(second.page.locator(f"main .occurrence a[href='{address}/anmalan/min']").first)
    second.is_at("A seat is free for you")
    second.finds_no_fault()
    second.press_button("Yes, I take the seat")
    second.is_at("You have a seat")
    second.follow("Print")
    expect(second.page.locator("h1")).to_contain_text(said("You have a seat"))

    second.open(f"{address}/anmalan/avboka")
    second.press_button("Yes, cancel")
    second.is_at("You have cancelled")
    second.open(address)
    expect(second.page.locator("main").get_by_role("link", name=said("Sign up"), exact=True)).to_be_visible()


def test_without_a_key_one_takes_one_on_the_way_and_comes_back(hands: Callable[..., Hands], stage: Stage) -> None:
    visitor = hands()
    visitor.open(stage.times["open-0"])
    visitor.follow("Sign up")
    visitor.follow("I have no key")
    visitor.press_button("Take the key")
    visitor.follow("I have saved it, go on")
    visitor.is_at("Do you want to sign up for this?")
    visitor.press_button("Yes, sign me up")
    visitor.is_at("You have a seat")


def test_a_calendar_entry_is_taken_home(visitors: Visitors, stage: Stage) -> None:
    page = visitors()
    page.goto(stage.times["open-1"])
    with page.expect_download() as download:
        page.get_by_role("link", name=said("Put it in my calendar")).click()
    assert b"BEGIN:VEVENT" in download.value.path().read_bytes()
