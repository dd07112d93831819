"""Every page of the room, in Swedish and in Arabic, light and dark, on a narrow screen, with large text, on a slow line.

One test for each page, because opening it is what takes the time. What was measured is printed at the end of the run.
"""

from collections.abc import Callable
from typing import cast

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page, Response

from tests.journeys.checks import HtmlChecker, axe_violations
from tests.journeys.conftest import Visitors
from tests.journeys.looks import FRAME, SIDEWAYS, SMALL_TARGETS, Measured, slow_connection
from tests.journeys.pages import ERRORS, EVERY, NO_PAGE, PUBLIC, PageOf
from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser
MOST_BYTES, MOST_SCRIPT = 100_000, 30_000
TRIES = 3
LONGER_THAN_AN_EMPTY_PAGE = 2000  # milliseconds that a page's largest part may come after that of an empty page


def window(visitors: Visitors, role: str) -> Page:
    """A window of somebody with this role, on no page yet."""
    if not role:
        return visitors()
    if role not in visitors.sessions:
        visitors.signed_in(role)
    return visitors(cookies=visitors.sessions[role])


@pytest.fixture(scope="session")
def empty_page() -> dict[str, float]:
    """How long the largest part of an empty page takes on the slow line; measured once in each process."""
    return {}


def test_every_address_is_in_the_list_or_says_why_not() -> None:
    listed = {page.name.partition(",")[0].partition(" ")[0] for page in EVERY}
    reasons = set().union(*NO_PAGE.values())
    named = set(names(get_resolver()))
    assert not {name for name in named if not name.startswith(("api:", "wagtail"))} - listed - reasons
    assert not reasons - named
    assert not listed & reasons


def names(resolver: URLResolver, before: str = "") -> list[str]:
    """The names of all addresses but the back office's, which is Wagtail's own."""
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            if entry.name:
                found.append(f"{before}{entry.name}")
        elif not str(entry.pattern).startswith("redaktion/"):
            found += names(entry, f"{before}{entry.namespace}:" if entry.namespace else before)
    return found


@pytest.mark.parametrize("wanted", EVERY, ids=lambda page: page.name)
def test_page(
    wanted: PageOf, visitors: Visitors, stage: Stage, html_checker: HtmlChecker, empty_page: dict[str, float],
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    visitors.expected += ["status of 404"] if wanted in ERRORS else []
    path = wanted.path(stage)
    page = window(visitors, wanted.role)
    if not empty_page:
        with slow_connection(page) as nothing:
            page.goto("/health/live")
        empty_page["lcp"] = nothing.lcp
    for _try in range(TRIES):
        with slow_connection(page) as measured:
            answer = page.goto(path)
        if not too_heavy(measured, empty_page["lcp"]):
            break  # else somebody else may have had the processor: the best of three is what the page can do
    faults = right_page(page, answer, wanted, path) + too_heavy(measured, empty_page["lcp"])
    faults += looked_at(page, answer, html_checker, ["sv", "ltr"])
    if wanted in PUBLIC and page.locator("form[method=post]").count() == 0:
        faults += [f"a cookie: {cookie}" for cookie in page.context.cookies()]
    arabic = page.goto(f"/ar{path}")
    faults += looked_at(page, arabic, html_checker, ["ar", "rtl"])
    record_property(
        "page", {"name": wanted.name, "empty": empty_page["lcp"], "faults": len(faults), **measured.as_dict()}
    )
    assert not faults, "\n".join(faults)


def right_page(page: Page, answer: Response | None, wanted: PageOf, path: str) -> list[str]:
    """The page itself came, not one that it leads to."""
    status = 404 if wanted in ERRORS else 200
    faults = [] if answer and answer.status == status else [f"status {answer and answer.status}"]
    return faults + ([] if page.url.endswith(path) else [f"it led to {page.url}"])


def too_heavy(measured: Measured, empty: float) -> list[str]:
    """What is beyond the budget of a first view."""
    faults = []
    if measured.total > MOST_BYTES:
        faults.append(f"{measured.total} bytes")
    if measured.script > MOST_SCRIPT:
        faults.append(f"{measured.script} bytes of scripts")
    if round(measured.cls, 2) > 0:
        faults.append(f"{measured.cls} of the screen moved")
    if measured.lcp > empty + LONGER_THAN_AN_EMPTY_PAGE:
        faults.append(f"the largest part came after {measured.lcp:.0f} ms, an empty page's after {empty:.0f} ms")
    return faults


def looked_at(page: Page, answer: Response | None, html_checker: HtmlChecker, frame: list[str]) -> list[str]:
    """The page in one language: valid, whole, without a fault for axe by day and night, at 320 pixels, in large text."""
    assert answer is not None
    faults = html_checker.errors(answer.body())
    faults += cast(list[str], page.evaluate(FRAME, frame))
    faults += axe_violations(page)
    page.emulate_media(color_scheme="dark")
    faults += [f"in the dark: {fault}" for fault in axe_violations(page, colours_only=True)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    faults += [f"at 320 px: {fault}" for fault in page.evaluate(SIDEWAYS)]
    faults += [f"a small target: {fault}" for fault in page.evaluate(SMALL_TARGETS, 44)]
    page.set_viewport_size({"width": 1280, "height": 900})
    # Twice the room's own text, which is 112.5 % of the browser's.
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    faults += [f"text at 200 %: {fault}" for fault in page.evaluate(SIDEWAYS)]
    return [f"{frame[0]}: {fault}" for fault in faults]


@pytest.mark.parametrize("wanted", [PUBLIC[0], PUBLIC[15], PUBLIC[20]], ids=lambda page: page.name)
def test_with_more_contrast(wanted: PageOf, visitors: Visitors, stage: Stage) -> None:
    for scheme in ("light", "dark"):
        page = visitors(contrast="more", scheme=scheme)
        page.goto(wanted.path(stage))
        assert axe_violations(page, colours_only=True) == []
