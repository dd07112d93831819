"""The room is open: its first page, in a real browser, with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.checks import HtmlChecker
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.browser


def test_a_visitor_finds_the_first_page(visitors: Visitors, javascript: bool) -> None:
    page = visitors(javascript=javascript)
    answer = page.goto("/")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1


def test_the_first_page_has_no_fault(page: Page, axe: Callable[[Page], list[str]], html_checker: HtmlChecker) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert html_checker.errors(answer.text()) == []
    assert axe(page) == []
