"""Those who look after the room: the back office, the journal; and computers that many share."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitors
from tests.journeys.hands import Hands, said
from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser
IS_SHARED = (
    "This is a shared computer. You are signed out after 10 minutes without doing anything, "
    "and after an hour at the latest."
)


def test_an_administrator_works_in_the_back_office_in_swedish(visitors: Visitors, stage: Stage) -> None:
    page = visitors.signed_in("administrator")
    answer = page.goto("/redaktion/")
    assert answer is not None
    assert answer.status == 200
    assert page.url.endswith("/redaktion/")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page.locator("main").get_by_role("heading").first).to_be_visible()


@pytest.mark.parametrize("role", ["", "resident 15", "guide"])
def test_nobody_else_finds_the_back_office(visitors: Visitors, stage: Stage, role: str) -> None:
    page = visitors.signed_in(role) if role else visitors()
    answer = page.goto("/redaktion/")
    visitors.expected.append("status of 404")
    assert answer is not None
    assert answer.status == 404 or "/logga-in" in page.url


def test_an_auditor_reads_the_journal_and_narrows_it(visitors: Visitors, stage: Stage, javascript: bool) -> None:
    page = visitors.signed_in("auditor", javascript=javascript)
    page.goto("/journal")
    rows = page.locator("main tbody tr")
    everything = rows.count()
    assert everything > 5
    page.get_by_label(said("What was done")).fill("events.registered")
    page.locator("main form button[type=submit]").first.click()
    expect(rows.first.locator("td").first).to_have_text("events.registered")


def test_a_shared_computer_says_how_long_and_forgets_everybody(visitors: Visitors, stage: Stage) -> None:
    page = visitors.signed_in("guide", anew=True)
    hands = Hands(page)
    page.goto("/disk/delad-dator")
    hands.write("What the computer is called", "Dator 3")
    hands.press_button("Make this a shared computer")
    # The guide is signed out by it, and whoever comes next is told.
    page.goto("/logga-in")
    hands.sees(IS_SHARED)
    hands.write("Card number", stage.holder.number)
    hands.write("The four words", stage.holder.words)
    hands.press_button("Sign in")
    hands.comes_to("/min-sida")
    limits = page.locator("[data-session-limits]")
    assert int(limits.get_attribute("data-session-idle") or 0) <= 600
    hands.finds_no_fault()

    expect(page.locator("section.banner[data-tone=warning]")).to_be_visible()

    # Two minutes before the ten minutes of rest are over it warns, and one press goes on.
    page.clock.install()
    page.reload()
    page.clock.fast_forward("08:10")
    warning = page.get_by_role("alert")
    expect(warning).to_contain_text(said("Your time is running out."))
    with page.expect_response("**/fortsatt*"):
        warning.get_by_role("button").click()
    expect(warning).to_be_hidden()

    page.locator("section.banner").get_by_role("button", name=said("I am done")).click()
    page.goto("/min-sida")
    assert "/logga-in" in page.url
    hands.sees(IS_SHARED)
