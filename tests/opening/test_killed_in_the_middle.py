"""Server and worker die by kill -9 in the middle of two hundred sign-ups: what was confirmed is there, and only once."""

import http.client
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.opening.test_supervisor import wait_until
from tests.sign_ins import PROTECTION
from tests.site import Site, running_site

pytestmark = [pytest.mark.browser, pytest.mark.both_databases]

PEOPLE, SEATS = 200, 150
KILLED_AFTER = (20, 60, 100)
PATIENCE = 150.0
FORM = urlencode({"csrfmiddlewaretoken": PROTECTION})


@dataclass
class Crowd:
    """Two hundred browsers that all press the button at once, and again when the answer does not come."""

    port: int
    address: str
    cookies: Mapping[str, str]
    confirmed: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    odd: list[str] = field(default_factory=list)
    broken: int = 0
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Everybody at once."""
        self.threads = [threading.Thread(target=self._sign_up, args=[name], daemon=True) for name in self.cookies]
        for thread in self.threads:
            thread.start()

    def wait(self) -> None:
        """Until everybody has an answer."""
        for thread in self.threads:
            thread.join(PATIENCE)

    def wait_for(self, answers: int) -> None:
        """Until so many know that they have a seat."""
        wait_until(lambda: self.answered() >= answers, PATIENCE)

    def answered(self) -> int:
        """How many know that they have a seat."""
        return len(self.confirmed)

    def _sign_up(self, name: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                status, leads_to = self._send("POST", self.address, self.cookies[name])
                if "/reservlista" in leads_to:  # as a browser does: who has a seat after all is led on to it
                    status, leads_to = self._send("GET", leads_to, self.cookies[name])
            except (OSError, http.client.HTTPException):
                self.broken += 1
                time.sleep(0.3)
                continue
            if leads_to.endswith("/anmalan/min"):
                self.confirmed.add(name)
            elif status == http.HTTPStatus.OK:
                self.full.add(name)
            else:
                self.odd.append(f"{name}: {status} {leads_to}")
            return

    def _send(self, method: str, address: str, cookie: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Host": "localhost", "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, address, FORM if method == "POST" else None, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location") or ""
        finally:
            connection.close()


def ask(site: Site, call: str) -> Any:
    """What a function of ``tests.opening.crowd`` prints in a process of the site."""
    printed = site.manage("shell", "--no-imports", "-c", f"from tests.opening import crowd; crowd.{call}")
    return json.loads(printed.splitlines()[-1])


def test_every_confirmed_sign_up_is_there_and_none_twice() -> None:
    with running_site("killed") as site:
        came = ask(site, f"tell_of_crowd({PEOPLE}, {SEATS})")
        crowd = Crowd(site.port, came["address"], came["cookies"])
        crowd.begin()
        for answers in KILLED_AFTER:
            crowd.wait_for(answers)
            site.kill()
            assert crowd.answered() < SEATS, "the kill came in the middle"
            site.start()
        crowd.wait()
        known = ask(site, "tell_what_is_known()")
        mailed = {str(message["To"]) for message in site.mail("vill-")}
    with_address = sorted(address(name) for name in crowd.confirmed if address(name))

    assert crowd.odd == []
    assert crowd.broken > 0, "the kills were felt"
    assert len(crowd.confirmed) == SEATS
    assert len(crowd.full) == PEOPLE - SEATS
    assert sorted(known["confirmed"]) == sorted(crowd.confirmed), "each that was told so has a seat, once, nobody else"
    assert known["others"] == []
    assert known["lines"] == list(range(1, SEATS + 1))
    assert (known["seats_taken"], known["waiting"]) == (SEATS, 0)
    assert known["journal"] == [1] * SEATS, "one line in the journal for each"
    assert known["told"] == known["outbox"] == with_address, "one message in the outbox for each who has an address"
    assert known["strays"] == 0
    assert mailed <= set(with_address), "no message to somebody who has no seat"
    assert set(known["states"]) <= {"waiting", "sent"}, "what is not sent yet still waits"


def address(name: str) -> str:
    """The mail address of one of the crowd: every fourth has one."""
    number = int(name.split()[1])
    return "" if number % 4 else f"vill-{number:03}@example.org"
