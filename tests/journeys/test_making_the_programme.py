"""Those who make the programme: an event from the first word to the day it is called off; two who write at once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from digirum.base import clock
from tests.journeys.conftest import Visitors
from tests.journeys.hands import WAYS, Hands, Way, said
from tests.journeys.stage import Stage

pytestmark = pytest.mark.browser


def write_day(hands: Hands, label: str, day: date) -> None:
    """A day in the browser's own control, whose parts stand in the order of the browser's language."""
    field = hands.page.get_by_label(said(label), exact=True)
    if not hands.by_keyboard:
        field.fill(day.isoformat())
        return
    for order in ("%m%d%Y", "%Y\t%m%d", "%d%m%Y"):
        hands.reach(field)
        hands.page.keyboard.type(day.strftime(order))
        if field.input_value() == day.isoformat():
            return
        hands.page.keyboard.press("Shift+Tab")
        field.evaluate("element => element.blur()")
    raise AssertionError(f"typing gives {field.input_value()!r}")


def write_time(hands: Hands, label: str, time: str) -> None:
    field = hands.page.get_by_label(said(label), exact=True)
    if not hands.by_keyboard:
        field.fill(time)
        return
    hands.reach(field)
    hour, minute = time.split(":")
    hands.page.keyboard.type(f"{int(hour) - 12:02}{minute}PM")
    if field.input_value() != time:
        field.evaluate("element => element.blur()")
        hands.reach(field)
        hands.page.keyboard.type(f"{hour}{minute}")
    expect(field).to_have_value(time)


def choose(hands: Hands, field: Locator, value: str) -> None:
    if not hands.by_keyboard:
        field.select_option(value)
        return
    hands.reach(field)
    for _option in range(60):
        if field.input_value() == value:
            return
        hands.page.keyboard.press("ArrowDown")
    raise AssertionError(f"no {value}")


def test_an_event_is_made_published_and_called_off_and_who_signed_up_is_told(
    hands: Callable[..., Hands], way: Way, stage: Stage, visitors: Visitors
) -> None:
    name = f"Släktforska på nätet {WAYS.index(way)} {stage.holder.number}"
    coordinator = hands("coordinator")
    page = coordinator.page
    coordinator.open("/samordna/program")
    coordinator.follow("New event")
    coordinator.write("Name", name)
    choose(coordinator, page.locator("select[name=centre]"), "stadsbiblioteket")
    coordinator.write("Seats", "2")
    coordinator.press_button("Save")
    coordinator.is_at(name)
    coordinator.sees("Draft: only its editors see it.")

    coordinator.follow("Add times")
    write_day(coordinator, "Day", clock.local_day(clock.now()) + timedelta(days=9))
    write_time(coordinator, "Starts", "13:00")
    write_time(coordinator, "Ends", "15:00")
    coordinator.press_button("Add")
    coordinator.press_button("Publish")
    expect(page.get_by_text(said("Published."), exact=True)).to_be_visible()
    coordinator.finds_no_fault()

    # A visitor finds it at once; a resident signs up.
    resident = hands(f"resident {6 + WAYS.index(way)}")
    resident.open(f"/program?q={name.split(maxsplit=1)[0].lower()}+{stage.holder.number}")
    resident.press(resident.page.locator("main").get_by_role("link", name=name).first)
    resident.is_at(name)
    if resident.page.locator("main").get_by_role("link", name=said("Sign up"), exact=True).count() == 0:
        resident.press(resident.page.locator("main a[href*='-1300']").first)
    resident.follow("Sign up")
    resident.press_button("Yes, sign me up")
    resident.is_at("You have a seat")

    coordinator.follow("Call off")
    coordinator.press_button("Call it off")
    expect(page.locator("main .field-error").first).to_be_visible()
    visitors.expected.append("status of 422")
    coordinator.write("The reason", "Den som skulle hålla i det är sjuk.")
    coordinator.press_button("Call it off")
    coordinator.sees("Called off. Everybody who left an address is told.")

    resident.open("/min-sida")
    expect(resident.page.locator("main .notice", has_text=name).first).to_be_visible()
    resident.press(resident.page.locator("main .notice a", has_text=name).first)
    expect(resident.page.locator("main")).to_contain_text("sjuk")
    resident.finds_no_fault()


def test_fewer_seats_than_are_taken_throw_nobody_out(hands: Callable[..., Hands], stage: Stage) -> None:
    coordinator = hands("coordinator")
    coordinator.open(f"/samordna{stage.times['to-change']}/platser")
    coordinator.write("Seats", "1")
    coordinator.press_button("Save")
    said_so = said("Nobody is thrown out")
    expect(coordinator.page.locator("body")).to_contain_text("1")
    assert said_so
    expect(coordinator.page.locator("main .notice").first).to_be_visible()


def test_of_two_who_write_at_once_the_later_one_sees_both_texts(visitors: Visitors, stage: Stage) -> None:
    address = f"/samordna{stage.times['to-change'].rpartition('/')[0]}/andra"
    first, second = visitors.signed_in("coordinator"), visitors.signed_in("coordinator")
    for page in (first, second):
        page.goto(address)
    summary = said("In one sentence")
    first.get_by_label(summary).first.fill("Den förstas mening.")
    first.locator("main form.form button[type=submit]").first.click()
    first.wait_for_url(lambda url: not url.endswith("/andra"))

    second.get_by_label(summary).first.fill("Den andras mening.")
    with second.expect_response(lambda response: response.request.method == "POST") as answered:
        second.locator("main form.form button[type=submit]").first.click()
    assert answered.value.status == 409
    visitors.expected.append("409")
    row = second.locator("main table tr", has_text="Den andras mening.")
    expect(row).to_contain_text("Den förstas mening.")
    # Nothing was lost, and saving again is knowingly done.
    expect(second.get_by_label(summary).first).to_have_value("Den andras mening.")
    second.locator("main form.form button[type=submit]").first.click()
    second.wait_for_url(lambda url: not url.endswith("/andra"))
    expect(second.locator("main")).to_contain_text("Den andras mening.")
