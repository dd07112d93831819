"""Fixtures of the journeys: the running site, visitors with browsers of different kinds, axe and the HTML checker."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

import pytest
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.journeys.checks import HtmlChecker, axe_violations, chromium, html_checker_process
from tests.journeys.hands import WAYS, Hands, Way
from tests.journeys.stage import Stage
from tests.site import Site, running_site

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
SCREENS = {"desktop": (1280, 900), "tablet": (820, 1180), "phone": (390, 844), "narrow": (320, 640)}
PATIENCE = 15_000  # milliseconds that an element gets to appear

type Screen = Literal["desktop", "tablet", "phone", "narrow"]


@dataclass
class Visitors:
    """Opens browsers' windows: each call is another person, with cookies of their own.

    What goes wrong in a window (a script error, a refusal by the page's security policy, a request to somebody else)
    fails the test at its end, unless the test puts a part of the sentence into ``expected``.
    """

    browser: Browser
    site: Site
    expected: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    sessions: dict[str, list[SetCookieParam]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def __call__(
        self,
        *,
        javascript: bool = True,
        screen: Screen = "desktop",
        scheme: Literal["light", "dark"] = "light",
        contrast: Literal["more", "no-preference"] = "no-preference",
        language: str = "sv-SE",
        cookies: Sequence[SetCookieParam] = (),
    ) -> Page:
        """A new visitor's empty page; addresses may be written from the slash on."""
        width, height = SCREENS[screen]
        context = self.browser.new_context(
            base_url=self.site.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            has_touch=screen != "desktop",
            color_scheme=scheme,
            contrast=contrast,
            reduced_motion="reduce",
            locale=language,
            timezone_id="Europe/Stockholm",
        )
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: self.wrong.append(f"script error: {error.error}"))
        context.on("console", lambda said: self.wrong.append(f"console: {said.text}") if said.type == "error" else None)
        context.on("request", self._see_request)
        if cookies:
            context.add_cookies(cookies)
        self.contexts.append(context)
        return context.new_page()

    def signed_in(self, role: str, *, anew: bool = False, javascript: bool = True, screen: Screen = "desktop") -> Page:
        """A window of the demo's person with this role ("resident", "guide" …), or of one of the stage, on "my page".

        The first window signs in by a code from the server's own command; later ones share its session, which is quick.
        ``anew`` gives a session of its own, for tests that end it.
        """
        if role in self.sessions and not anew:
            page = self(javascript=javascript, screen=screen, cookies=self.sessions[role])
            page.goto("/min-sida")
            return page
        page = self(javascript=javascript, screen=screen)
        page.goto("/logga-in/kod")
        page.locator("input[name=code]").fill(self.codes.pop(role, "") or self.site.sign_in_code(role))
        page.locator("input[name=code]").press("Enter")
        page.wait_for_url(lambda url: "/logga-in" not in url)
        if not anew:
            self.sessions[role] = [cast(SetCookieParam, cookie) for cookie in page.context.cookies()]
        return page

    def close(self) -> list[str]:
        """Close every window; give what went wrong and was not expected."""
        for context in self.contexts:
            context.close()
        return [fault for fault in self.wrong if not any(part in fault for part in self.expected)]

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((self.site.url, "data:", "blob:", "about:")):
            self.wrong.append(f"request to somebody else: {request.url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for each test process, with an empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The running demo room, shared by the journeys of this test process: use your own persons and events in it."""
    # All of them come from one address, as they do in a centre: it may try more often than a home.
    with running_site("shared", extra={"DIGIRUM_CENTRE_NETWORKS": "127.0.0.0/8,::1/128"}) as site:
        yield site


@pytest.fixture
def own_site() -> Iterator[Site]:
    """A running demo room for one test alone, to be killed or filled."""
    with running_site("own") as site:
        yield site


@pytest.fixture(scope="session")
def sessions() -> dict[str, list[SetCookieParam]]:
    """The cookies of those who have signed in on the shared site: role -> cookies."""
    return {}


@pytest.fixture(scope="session")
def stage(site: Site, sign_in_codes: dict[str, str]) -> Stage:
    """People, keys and events for the journeys; their codes let ``visitors.signed_in`` in without another process."""
    stage = Stage.set_on(site)
    sign_in_codes.update(stage.codes)
    return stage


@pytest.fixture(scope="session")
def sign_in_codes() -> dict[str, str]:
    """Codes that have been made and not used: by role, or by the name that the stage gives a person."""
    return {}


@pytest.fixture
def visitors(
    browser: Browser, site: Site, sessions: dict[str, list[SetCookieParam]], sign_in_codes: dict[str, str]
) -> Iterator[Visitors]:
    """Opens windows: ``visitors(javascript=False, screen="phone")``, ``visitors.signed_in("guide")``."""
    visitors = Visitors(browser, site, sessions=sessions, codes=sign_in_codes)
    yield visitors
    assert visitors.close() == []


@pytest.fixture
def page(visitors: Visitors) -> Page:
    """A visitor at a desktop computer, with scripts."""
    return visitors()


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """Runs a journey twice: with scripts and without."""
    return bool(request.param)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    """Runs a journey three times: with a mouse and scripts, without scripts, by the keyboard alone."""
    return cast(Way, request.param)


@pytest.fixture
def hands(visitors: Visitors, way: Way) -> Callable[..., Hands]:
    """``hands("resident 3")``: somebody signed in, who uses pages in that way; ``hands()``: a visitor."""

    def given(who: str = "", *, anew: bool = False) -> Hands:
        javascript = way != "without-scripts"
        page = visitors.signed_in(who, anew=anew, javascript=javascript) if who else visitors(javascript=javascript)
        return Hands(page, way)

    return given


@pytest.fixture(scope="session")
def html_checker() -> Iterator[HtmlChecker]:
    """``html_checker.errors(html)``"""
    with html_checker_process() as checker:
        yield checker


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """``axe(page)``: what axe finds there."""
    return axe_violations


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A journey that failed shows what the site had to say."""
    report = yield
    if report.failed and isinstance(item, pytest.Function):
        sites = [value for value in item.funcargs.values() if isinstance(value, Site)]
        sites += [value.site for value in item.funcargs.values() if isinstance(value, Visitors)]
        for site in sites:
            report.sections.append(("What the site logged last", site.log()[-4000:]))
    return report
