"""The QR code of a key: its token goes from the fragment into a form, by a script, and nowhere else."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.browser
TOKEN = "dG9rZW4tb2Ytbm9ib2R5cw"


def test_the_token_is_sent_at_one_press_and_stands_in_no_address(visitors: Visitors) -> None:
    page = visitors(screen="phone")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
    page.goto(f"/nyckel/qr#{TOKEN}")

    expect(page.locator("[data-key-qr] button")).to_be_focused()
    assert page.url.endswith("/nyckel/qr")
    assert page.locator("input[name=token]").input_value() == TOKEN
    page.keyboard.press("Enter")
    # Nobody holds this token: the page says so, and shows the way by the words.
    expect(page.locator("main .notice")).to_be_visible()
    expect(page.locator("main a[href='/logga-in']")).to_be_visible()
    assert not any(TOKEN in address for address in asked)
    page.go_back()
    assert TOKEN not in page.url


@pytest.mark.parametrize("javascript", [True, False])
def test_without_a_token_or_a_script_the_page_leads_to_the_words(visitors: Visitors, javascript: bool) -> None:
    page = visitors(javascript=javascript)
    page.goto("/nyckel/qr" if javascript else f"/nyckel/qr#{TOKEN}")
    expect(page.locator("[data-key-qr]")).to_be_hidden()
    page.locator("main a[href='/logga-in']").click()
    expect(page.locator("input[name=words]")).to_be_visible()
