"""The key: taken in three steps at most, printed, used to sign in; lost, and replaced at the desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.checks import HtmlChecker
from tests.journeys.conftest import Visitors
from tests.journeys.hands import Hands, said
from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser


def card_on(page: Page) -> tuple[str, str]:
    """The number and the four words that the page shows."""
    number = page.locator(".key-card-number b").first.inner_text()
    words = page.locator(".key-card-words").first.inner_text().split()
    assert len(words) == 4
    return number, " ".join(words)


def sign_out(hands: Hands) -> None:
    hands.open("/logga-ut")
    hands.press_button("Sign out")
    hands.comes_to("/")


def sign_in_by_words(hands: Hands, number: str, words: str) -> None:
    hands.open("/logga-in")
    hands.write("Card number", number)
    hands.write("The four words", words)
    hands.press_button("Sign in")
    hands.comes_to("/min-sida")


def test_a_key_is_taken_printed_and_opens_again(
    hands: Callable[..., Hands], stage: Stage, html_checker: HtmlChecker
) -> None:
    visitor = hands()
    page = visitor.page
    visitor.open("/")
    visitor.follow("Take a key")
    # Step one of two: nothing is asked but what one wants to be called, and a name is there already.
    proposed = page.get_by_label(said("Your name in the room")).input_value()
    assert proposed
    visitor.press_button("Take the key")
    # Step two: the card.
    expect(page.locator("h1")).to_contain_text(proposed)
    number, words = card_on(page)
    visitor.finds_no_fault()
    assert html_checker.errors(page.content()) == []

    with page.expect_download() as download:
        visitor.press_button("Save the card as PDF")
    assert download.value.suggested_filename.endswith(".pdf")
    assert download.value.path().read_bytes().startswith(b"%PDF")
    visitor.press(page.get_by_role("button", name=said("Print"), exact=True))
    expect(page.locator(".key-card")).to_have_count(2)
    assert card_on(page) == (number, words)
    visitor.finds_no_fault()
    visitor.follow("I have printed it, go on")
    visitor.is_at("Hello, %(name)s!", name=proposed)

    sign_out(visitor)
    page.goto("/min-sida")
    assert "/logga-in" in page.url
    sign_in_by_words(visitor, number, words.upper())
    visitor.is_at("Hello, %(name)s!", name=proposed)


def test_wrong_words_are_told_and_nothing_typed_is_lost(hands: Callable[..., Hands], stage: Stage) -> None:
    visitor = hands()
    visitor.open("/logga-in")
    visitor.write("Card number", stage.holder.number)
    visitor.write("The four words", "ett två tre fyra")
    visitor.press_button("Sign in")
    expect(visitor.page.locator("main [role=alert], main .error-summary").first).to_be_visible()
    expect(visitor.page.get_by_label(said("Card number"))).to_have_value(stage.holder.number)


def test_the_qr_code_signs_in_by_one_press(visitors: Visitors, stage: Stage) -> None:
    page = visitors(screen="phone")
    page.goto(f"/nyckel/qr#{stage.holder.token}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/min-sida")
    expect(page.locator("h1")).to_contain_text(stage.holder.name)


def test_a_guide_gives_a_key_and_replaces_it_when_it_is_lost(hands: Callable[..., Hands], stage: Stage) -> None:
    guide = hands("guide")
    page = guide.page
    guide.open("/disk/nyckel")
    name = page.get_by_label(said("Name in the room")).first.input_value()
    guide.press_button("Give the key")
    guide.is_at("The key of %(name)s", name=name)
    number, words = card_on(page)
    guide.finds_no_fault()
    guide.follow("Done, next person")

    holder = hands()
    sign_in_by_words(holder, number, words)

    # The card is lost. The guide finds the person, says how they know them, and the old card opens nothing more.
    guide.write("Card number or name in the room", name)
    guide.press_button("Find")
    guide.follow(name)
    guide.tick(page.get_by_label(said("I know the person from before")))
    guide.press_button("Make a new card")
    new_number, new_words = card_on(page)
    assert new_number != number
    holder.open("/min-sida")
    assert "/logga-in" in holder.page.url
    sign_in_by_words(holder, new_number, new_words)
    holder.is_at("Hello, %(name)s!", name=name)
