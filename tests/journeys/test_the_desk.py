"""The desk: signing somebody up who leaves nothing behind, the slip, the list at the door, who just comes by."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import WAYS, Hands, Way
from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser


def test_somebody_without_contact_data_gets_a_slip_and_cancels_with_its_code(
    hands: Callable[..., Hands], way: Way, stage: Stage
) -> None:
    guide = hands("guide")
    guide.open(f"/disk{stage.times[f'open-{WAYS.index(way)}']}")
    guide.follow("Sign somebody up")
    guide.press_button("Sign up and show the slip")
    guide.sees("You have a seat")
    code = guide.page.locator(".slip-code").inner_text().strip()
    assert re.fullmatch(r"\w{4}-\w{4}", code)
    guide.finds_no_fault()
    guide.follow("Back to the list")

    visitor = hands()
    visitor.open("/avboka")
    visitor.write("The code on your slip", code.lower())
    visitor.press_button("Go on")
    visitor.is_at("Is this what you want to cancel?")
    visitor.finds_no_fault()
    visitor.press_button("Yes, cancel")
    visitor.is_at("You have cancelled")

    visitor.open("/avboka")
    visitor.write("The code on your slip", code)
    visitor.press_button("Go on")
    visitor.is_at("You have cancelled")


def test_who_comes_is_checked_in_and_who_just_comes_by_is_let_in(
    hands: Callable[..., Hands], way: Way, stage: Stage
) -> None:
    guide = hands("guide")
    page = guide.page
    guide.open(f"/disk{stage.times[f'soon-{WAYS.index(way)}']}")
    come = page.locator("main p[role=status]")
    expect(come).to_contain_text("0")
    guide.finds_no_fault()
    guide.press_button("Check in")
    expect(come.locator("strong").first).to_have_text("1")
    guide.sees("Has come")
    guide.press_button("Undo")
    expect(come.locator("strong").first).to_have_text("0")
    guide.press_button("Check in")
    expect(come.locator("strong").first).to_have_text("1")

    guide.press_button("Let one person in at the door")
    expect(come.locator("strong").first).to_have_text("2")
    expect(come.locator("strong").nth(1)).to_have_text("3")
    guide.follow("Print the list")
    expect(page.locator("tbody tr")).to_have_count(3)


def test_the_desks_first_page_shows_what_is_on_today(hands: Callable[..., Hands], stage: Stage) -> None:
    guide = hands("guide")
    guide.open("/disk")
    guide.sees("Today's programme")
    guide.press(guide.page.locator("main a[href^='/disk/program/']").first)
    guide.sees("Have a seat")
