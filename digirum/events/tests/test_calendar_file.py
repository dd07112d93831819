"""An occurrence for people's own calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from digirum.events import actions
from digirum.events.models import Occurrence
from digirum.events.tests.scene import HOUR, NOW, START, event, occurrence
from digirum.events.tests.visitors import path_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Nobody's clock goes while a file is read."""
    with time_machine.travel(NOW, tick=False):
        yield


def calendar(client: Client, held: Occurrence, prefix: str = "") -> Any:
    response = client.get(prefix + path_of(held, "/kalender.ics"))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n")), "lines are folded (RFC 5545, 3.1)"
    read = Calendar.from_ical(response.content)
    assert isinstance(read, Calendar)
    assert not read.errors
    return read


def entry(client: Client, held: Occurrence, prefix: str = "") -> Any:
    (found,) = calendar(client, held, prefix).events
    return found


def test_it_tells_what_when_and_where(client: Client) -> None:
    held = occurrence(of=event(texts={"name_sv": "Prova VR", "summary_sv": "Res i glasögon; på riktigt, du."}))
    found = entry(client, held)
    assert found["SUMMARY"] == "Prova VR"
    assert "Res i glasögon; på riktigt, du." in found["DESCRIPTION"]
    assert found["LOCATION"] == "Digidel"
    assert found["URL"].endswith(path_of(held))
    assert found["STATUS"] == "CONFIRMED"
    assert found["UID"].startswith(str(held.pk))


def test_times_are_the_city_s_own_with_the_zone_s_rules_in_the_file(client: Client) -> None:
    held = occurrence()
    found = calendar(client, held)
    (zone,) = found.timezones
    assert zone["TZID"] == "Europe/Stockholm"
    assert found.events[0]["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert found.events[0].start == datetime(2026, 11, 26, 14, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
    assert {component.name for component in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    made = zone.to_tz(lookup_tzid=False)
    city = ZoneInfo("Europe/Stockholm")
    for day in ((2026, 10, 25), (2026, 11, 26), (2027, 3, 28), (2027, 6, 1)):
        assert datetime(*day, 12, tzinfo=made).utcoffset() == datetime(*day, 12, tzinfo=city).utcoffset()


def test_moved_it_keeps_its_name_and_counts_up_so_that_calendars_take_it_over(client: Client) -> None:
    held = occurrence()
    before = entry(client, held)
    later = START + timedelta(days=1)
    moved = actions.move_occurrence(
        by=None, at=NOW + HOUR, occurrence=held, starts_at=later, ends_at=later + HOUR, revision=held.revision
    )
    after = entry(client, moved)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.start == later
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_called_off_it_says_so_and_counts_up(client: Client) -> None:
    held = occurrence()
    before = entry(client, held)
    actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Halka.")
    after = entry(client, held)
    assert after["STATUS"] == "CANCELLED"
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert "Halka." in after["DESCRIPTION"]


def test_it_speaks_the_reader_s_language(client: Client) -> None:
    assert entry(client, occurrence(), "/en")["SUMMARY"] == "Try VR"
