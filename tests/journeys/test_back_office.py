"""The back office in a browser: nothing from elsewhere, no fault but the two known of Wagtail, and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.journeys.checks import axe_violations
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.browser
PAGES = (
    "", "programme/", "programme/new/", "times/", "sign-ups/", "images/", "images/add/", "centres/", "help-topics/",
    "persons/", "roles/new/", "deliveries/", "remarks/", "tasks/",
)  # fmt: skip
# docs/decisions/0005-back-office.md
KNOWN = {"images/add/": ("label (critical): .ui-autocomplete-input",), "images/": ("link-in-text-block",)}


def test_its_pages_speak_swedish_and_axe_finds_nothing_new(visitors: Visitors) -> None:
    page = visitors.signed_in("administrator")
    for path in PAGES:
        answer = page.goto(f"/redaktion/{path}", wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, path
        expect(page.locator("html")).to_have_attribute("lang", "sv")
        found = [fault for fault in axe_violations(page) if not fault.startswith(KNOWN.get(path, ("-",)))]
        assert found == [], path


def test_an_event_is_found_and_changed_by_keyboard_alone(visitors: Visitors) -> None:
    page = visitors.signed_in("coordinator")
    page.goto("/redaktion/programme/", wait_until="networkidle")
    page.keyboard.press("Tab")
    expect(page.locator(".skiplink")).to_be_focused()
    search = page.locator("main input[name=q]")
    search.focus()
    page.keyboard.type("VR")
    row = page.locator("main table").get_by_role("link", name="Prova VR").first
    expect(row).to_be_visible()
    row.focus()
    page.keyboard.press("Enter")
    price = page.locator("input[name=price_text_sv]")
    price.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Gratis för alla")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Prova VR")
