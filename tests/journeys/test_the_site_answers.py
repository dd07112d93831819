"""The room is open: its first page, in a real browser, with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.checks import HtmlChecker
from tests.journeys.conftest import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.both_databases]


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


@pytest.mark.parametrize("role", ["resident", "guide"])
def test_the_demo_lets_one_in_by_a_code(visitors: Visitors, role: str) -> None:
    for _turn in range(2):
        page = visitors.signed_in(role)
        assert page.goto("/min-sida").status == 200  # type: ignore[union-attr] # an address on this site answers
        assert "/logga-in" not in page.url
