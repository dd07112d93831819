"""Hands: the same journey with a mouse or by the keyboard alone, where every stop of the focus must be seen."""

import re
from typing import Literal
from urllib.parse import urlsplit

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from tests.journeys.checks import axe_violations

type Way = Literal["with-scripts", "without-scripts", "by-keyboard"]
WAYS: tuple[Way, ...] = ("with-scripts", "without-scripts", "by-keyboard")
MOST_STOPS = 220  # tabs until we say that it cannot be reached
VISIBLE = """element => {
  const rung = (one, part) => {
    const style = getComputedStyle(one, part);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  };
  const ring = rung(element) || rung(element, '::after');  // a whole card that is a link is rung around
  const box = element.getBoundingClientRect();
  return ring && box.bottom > 0 && box.top < innerHeight;
}"""


def said(english: str, **named: object) -> str:
    """How the room says this in Swedish: journeys name texts as the code does, and meet them as people do."""
    with translation.override("sv"):
        return translation.gettext(english) % named if named else translation.gettext(english)


class Hands:
    """How somebody uses a page."""

    def __init__(self, page: Page, way: Way = "with-scripts") -> None:
        self.page = page
        self.way = way

    @property
    def by_keyboard(self) -> bool:
        """Whether there is no mouse."""
        return self.way == "by-keyboard"

    def finds_no_fault(self) -> None:
        """What only this journey comes to is held to the same as every page; axe itself needs scripts."""
        if self.way != "without-scripts":
            assert axe_violations(self.page) == []

    def open(self, address: str) -> None:
        """Go to an address of the site."""
        self.page.goto(address)

    def press(self, target: Locator) -> None:
        """A click, or Enter."""
        if not self.by_keyboard:
            target.click()
            return
        self.reach(target)
        self.page.keyboard.press("Enter")

    def comes_to(self, path: str) -> None:
        """Wait until the page at that address is there."""
        self.page.wait_for_url(lambda address: urlsplit(address).path == path)

    def press_button(self, name: str) -> None:
        """The button of that name (in English, as in the code) in the page's own part."""
        self.press(self.page.locator("main").get_by_role("button", name=said(name)).first)

    def follow(self, name: str) -> None:
        """The link of that name in the page's own part."""
        self.press(self.page.locator("main").get_by_role("link", name=said(name)).first)

    def write(self, label: str, text: str) -> None:
        """Fill in the field of that label, in place of what stands there."""
        field = self.page.locator("main").get_by_label(re.compile(f"^{re.escape(said(label))}( \\(|$)")).first
        if not self.by_keyboard:
            field.fill(text)
            return
        self.reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        expect(field).to_have_value(text)

    def sees(self, english: str, **named: object) -> None:
        """The page says this, somewhere in its own part."""
        expect(self.page.locator("main").get_by_text(said(english, **named)).first).to_be_visible()

    def is_at(self, english: str, **named: object) -> None:
        """The page's heading says this."""
        expect(self.page.locator("h1")).to_contain_text(said(english, **named))

    def tick(self, target: Locator) -> None:
        """Check a box, or choose one of a group."""
        if not self.by_keyboard:
            target.check()
            return
        if target.get_attribute("type") == "radio":
            name = target.get_attribute("name")
            self.reach(self.page.locator(f"input[type=radio][name={name}]").first)
            for _choice in range(20):
                if target.is_checked():
                    break
                self.page.keyboard.press("ArrowDown")
        else:
            self.reach(target)
            self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def reach(self, target: Locator) -> None:
        """Tab until the focus is there. Whoever begins at the page's top skips to the content first."""
        expect(target).to_be_visible()
        wanted = target.element_handle()
        at_the_top = self.page.evaluate("document.activeElement === document.body && scrollY === 0")
        if at_the_top and wanted.evaluate("e => e.closest('main') !== null && document.querySelector('.skip-link')"):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate("document.activeElement.className") == "skip-link", "the first stop skips"
            self.page.keyboard.press("Enter")
        for _stop in range(MOST_STOPS):
            if wanted.evaluate("element => element === document.activeElement"):
                assert wanted.evaluate(VISIBLE), f"the focus cannot be seen at {wanted.evaluate('e => e.outerHTML')}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_STOPS} tabs do not reach {wanted.evaluate('element => element.outerHTML')}")
