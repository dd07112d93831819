"""A resident adds a passkey, an e-mail address and time codes to the same person, and comes in by each."""

import os
import re
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from digirum.base import clock
from tests.journeys.checks import HtmlChecker
from tests.journeys.conftest import Visitors

pytestmark = pytest.mark.browser
SIX_DIGITS = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)
SEEN: set[str] = set()
PICTURES = os.environ.get("DIGIRUM_PICTURES", "")


def with_a_device(page: Page) -> None:
    """Gives the browser a device that keeps passkeys and knows its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def picture(page: Page, name: str) -> None:
    """Keeps a picture of the page where somebody wants to look at it."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def sign_out(page: Page) -> None:
    page.goto("/logga-ut")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda address: "/logga-ut" not in address)


def name_of(page: Page) -> str:
    if not page.url.endswith("/mitt-konto"):
        page.goto("/mitt-konto")
    return page.locator("dd bdi").first.inner_text()


def test_a_passkey_is_added_and_signs_in_the_same_person(
    visitors: Visitors, axe: Callable[[Page], list[str]], html_checker: HtmlChecker
) -> None:
    page = visitors.signed_in("resident", anew=True)
    with_a_device(page)
    name = name_of(page)
    page.goto("/mitt-konto/passkey")
    assert axe(page) == []
    picture(page, "passkeys")
    page.get_by_label("Vad du kallar enheten").fill("Min telefon")
    page.get_by_role("button", name="Lägg till en passkey").click()
    page.wait_for_url("**/mitt-konto")
    picture(page, "account")
    assert axe(page) == []
    assert html_checker.errors(page.content()) == []

    sign_out(page)
    page.goto("/logga-in/passkey?next=/mitt-konto")
    picture(page, "sign-in-passkey")
    assert axe(page) == []
    page.get_by_role("button", name="Använd min passkey").click()
    page.wait_for_url("**/mitt-konto")
    assert name_of(page) == name
    page.get_by_role("link", name="Se och ändra passkeys").click()
    expect(page.get_by_text("Min telefon", exact=True).first).to_be_visible()


def test_without_scripts_the_passkey_page_says_what_it_needs(visitors: Visitors) -> None:
    page = visitors(javascript=False)
    page.goto("/logga-in/passkey")

    expect(page.get_by_text("kräver en nyare webbläsare")).to_be_visible()
    expect(page.get_by_role("button", name="Använd min passkey")).to_be_hidden()


def test_an_address_and_time_codes_are_added_and_asked_for_in_turn(visitors: Visitors, javascript: bool) -> None:
    page = visitors.signed_in("resident", anew=True, javascript=javascript)
    address = f"kim-{'script' if javascript else 'plain'}@example.se"
    name = name_of(page)
    page.goto("/mitt-konto/e-post")
    page.get_by_label("E-postadress").fill(address)
    page.get_by_role("button", name="Skicka en kod till mig").click()
    picture(page, "add-email-code")
    page.get_by_label("Koden i mejlet").fill(code_sent_to(visitors, address))
    page.get_by_role("button", name="Lägg till adressen").click()
    page.wait_for_url("**/mitt-konto")

    page.goto("/mitt-konto/engangskoder")
    picture(page, "time-codes")
    secret = page.locator("strong.numbers").inner_text().replace(" ", "")
    page.get_by_label("Koden i din app").fill(shown(secret, 0))
    page.get_by_role("button", name="Slå på tidskoder").click()
    page.wait_for_url("**/mitt-konto")

    sign_out(page)
    page.goto("/logga-in")
    page.get_by_role("link", name=re.compile("e-post")).first.click()
    page.get_by_label("E-postadress").fill(address)
    page.get_by_role("button", name="Skicka en kod till mig").click()
    page.get_by_label("Koden i mejlet").fill(code_sent_to(visitors, address))
    page.get_by_role("button", name="Logga in").click()
    page.get_by_label("Koden i din app").fill(shown(secret, 1))
    picture(page, "time-code")
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("**/min-sida")
    assert name_of(page) == name


def shown(secret: str, ahead: int) -> str:
    """What the app shows so many half minutes from now: each code works once."""
    return str(format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30 + ahead)))


def code_sent_to(visitors: Visitors, address: str) -> str:
    """The code of the newest e-mail to the address, which the worker sends in its own time."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        codes = [found for mail in visitors.site.mail(address) for found in _codes_in(mail) if found not in SEEN]
        if codes:
            SEEN.add(codes[-1])
            return codes[-1]
        time.sleep(0.2)
    raise AssertionError(f"No e-mail with a code came to {address}.")


def _codes_in(mail: EmailMessage) -> list[str]:
    body = mail.get_body(("plain",))
    assert body is not None
    return SIX_DIGITS.findall(body.get_content())
