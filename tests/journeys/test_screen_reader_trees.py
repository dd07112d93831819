"""What a screen reader meets on the way through the main tasks: the whole tree, pinned in ``snapshots``.

Days, times and numbers are masked, and what the programme brings today is left out, since both change by themselves.
To look at a change and keep it: ``DIGIRUM_KEEP_TREES=1 .venv/bin/pytest tests/journeys/test_screen_reader_trees.py``.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visitors
from tests.journeys.hands import Hands, said
from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser
KEPT = Path(__file__).parent / "snapshots"
MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
DAYS = "måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag"
MASKS = [
    (rf"(?i)\b(?:(?:{DAYS})(?:,? \d+ (?:{MONTHS})(?: \d{{4}})?)?|i dag|i morgon|i går)\b", "‹day›"),
    (r"\d{4}-\d{2}-\d{2}-\d{4}", "‹time›"),
    (r"\d+[.:]\d+(?:–\d+[.:]\d+)?", "‹hours›"),
    (r"-\d+(?=/|$)", "-‹n›"),
    (r"(?<!level=)\d+", "‹n›"),
]
# What another day brings, another wording of "open now", a name that was drawn.
CHANGES = (
    ".occurrence, .time, .programme-day, .pager, [aria-labelledby=today], [aria-labelledby=before], "
    ".open-now, .seat-panel .tag, .key-card-words, main section[data-accent=visit] p"
)


def pinned(page: Page, name: str, drawn: str = "") -> None:
    """The tree of the page is the one that was kept under this name."""
    page.evaluate("chosen => document.querySelectorAll(chosen).forEach(one => one.remove())", CHANGES)
    tree = page.locator("body").aria_snapshot()
    if drawn:
        tree = tree.replace(drawn, "‹name›")
    for pattern, mask in MASKS:
        tree = re.sub(pattern, mask, tree, flags=re.MULTILINE)
    file = KEPT / f"{name}.yml"
    if os.environ.get("DIGIRUM_KEEP_TREES"):
        KEPT.mkdir(exist_ok=True)
        file.write_text(f"{tree}\n")
    assert f"{tree}\n" == (file.read_text() if file.exists() else "")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("home", "/"),
        ("programme", "/program"),
        ("event", "/program/drop-in"),
        ("sign-in", "/logga-in"),
        ("search", "/sok"),
    ],
)
def test_what_a_visitor_meets(visitors: Visitors, stage: Stage, name: str, address: str) -> None:
    page = visitors()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    pinned(page, name)


def test_the_steps_to_a_key(visitors: Visitors, stage: Stage) -> None:
    hands = Hands(visitors())
    hands.open("/nyckel")
    name = hands.page.get_by_label(said("Your name in the room")).input_value()
    pinned(hands.page, "key-1-name", name)
    hands.press_button("Take the key")
    hands.page.locator(".key-card").wait_for()
    pinned(hands.page, "key-2-card", name)
    hands.press(hands.page.get_by_role("button", name=said("Print"), exact=True))
    hands.page.locator(".key-sheet").wait_for()
    pinned(hands.page, "key-3-sheet", name)


def test_the_steps_to_a_seat(visitors: Visitors, stage: Stage) -> None:
    hands = Hands(visitors.signed_in("resident 13"))
    hands.open(stage.times["open-2"])
    pinned(hands.page, "occurrence")
    hands.open(f"{stage.times['open-2']}/anmalan")
    pinned(hands.page, "sign-up-1")
    hands.open(f"{stage.times['open-2']}/anmalan")
    hands.press_button("Yes, sign me up")
    hands.is_at("You have a seat")
    pinned(hands.page, "sign-up-2")


def test_the_list_at_the_door(visitors: Visitors, stage: Stage) -> None:
    page = visitors.signed_in("guide")
    page.goto(f"/disk{stage.times['listed']}")
    pinned(page, "desk-list")
