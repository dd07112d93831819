"""Events as schema.org data, with the fields that the city's import reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from digirum.events import actions
from digirum.events.models import Attendance
from digirum.events.tests.scene import HOUR, NOW, START, event, fill, occurrence, organisation
from digirum.events.tests.visitors import html, path_of
from digirum.topics.models import Area, Competence, Level, Theme

pytestmark = pytest.mark.django_db

FIELDS = {
    "identifier", "name", "description", "startDate", "endDate", "eventSchedule", "location", "organizer", "keywords",
    "isAccessibleForFree", "eventAttendanceMode", "eventStatus", "offers", "physicalAccessibilityFeatures",
    "typicalAgeRange", "potentialAction", "image", "url",
}  # fmt: skip


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Nobody's clock goes while a page is read."""
    with time_machine.travel(NOW, tick=False):
        yield


def data(client: Client, path: str) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html(client, path), flags=re.DOTALL)
    read: dict[str, Any] = json.loads(block)
    return read


def test_an_event_with_everything_has_every_field(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digirum.events.about.drawing_of", lambda _event: "/static/events/vr.svg")
    area, _made = Area.objects.get_or_create(number=1, defaults={"name": "Information"})
    number, _made = Competence.objects.get_or_create(number="1.1", defaults={"area": area, "name": "Söka"})
    theme, _made = Theme.objects.get_or_create(slug="arbete", defaults={"name": "Arbete"})
    held = occurrence(
        of=event(
            texts={"name_sv": "Prova VR", "description_sv": "Kom **och** prova."}, level=Level.BASIC,
            competences=(number,), themes=(theme,), organisers=(organisation(),), access_facts=("lift", "borrow-device"),
            attendance=Attendance.MIXED, age_from=13, age_to=19, url="https://example.org/mote",
        )
    )  # fmt: skip
    found = data(client, path_of(held))
    assert set(found) >= FIELDS
    assert found["@type"] == "Event"
    assert found["startDate"] == "2026-11-26T14:00:00+01:00"
    assert found["description"] == "Kom och prova."
    assert found["location"][0]["@type"] == "Place"
    assert found["physicalAccessibilityFeatures"] == ["elevator"]
    assert found["typicalAgeRange"] == "13-19"
    assert found["isAccessibleForFree"] is True
    assert found["potentialAction"] == {"@type": "JoinAction", "target": "https://example.org/mote"}
    assert found["eventSchedule"][0]["startTime"] == "14:00:00"
    assert found["eventSchedule"][0]["scheduleTimezone"] == "Europe/Stockholm"
    sets = {term["termCode"]: term["inDefinedTermSet"]["name"] for term in found["keywords"]}
    assert sets["1.1"] == sets["basic"] == "DigComp 3.0"
    assert sets["arbete"] == "Teman"


@pytest.mark.parametrize(
    ("capacity", "stock"), [(9, "InStock"), (2, "LimitedAvailability"), (None, "InStock"), (1, "SoldOut")]
)
def test_the_offer_tells_of_seats_no_more_than_the_page_does(client: Client, capacity: int | None, stock: str) -> None:
    held = occurrence(capacity)
    if capacity == 1:
        fill(held)
    offer = data(client, path_of(held))["offers"]
    assert offer["availability"].endswith(stock)
    assert set(offer) <= {"@type", "url", "availability", "price", "priceCurrency", "validFrom", "description"}


def test_called_off_and_moved_are_states(client: Client) -> None:
    held = occurrence()
    assert data(client, path_of(held))["eventStatus"].endswith("EventScheduled")
    later = START + timedelta(days=1)
    moved = actions.move_occurrence(
        by=None, at=NOW, occurrence=held, starts_at=later, ends_at=later + HOUR, revision=held.revision
    )
    found = data(client, path_of(moved))
    assert found["eventStatus"].endswith("EventRescheduled")
    assert found["previousStartDate"] == "2026-11-26T14:00:00+01:00"
    actions.cancel_occurrence(by=None, at=NOW, occurrence=moved, reason="Halka.")
    assert data(client, path_of(moved))["eventStatus"].endswith("EventCancelled")


def test_the_event_s_own_page_holds_the_times_to_come(client: Client) -> None:
    made = event(texts={"name_sv": "Ofta"})
    for number in range(3):
        occurrence(of=made, start=START + timedelta(days=number))
    found = data(client, "/program/ofta")
    assert [schedule["startDate"] for schedule in found["eventSchedule"]] == ["2026-11-26", "2026-11-27", "2026-11-28"]
    assert found["identifier"] == str(made.pk)


def test_a_price_is_told_in_words_and_is_not_free(client: Client) -> None:
    held = occurrence(of=event(texts={"name_sv": "Ute", "price_text_sv": "40 kronor"}))
    found = data(client, path_of(held))
    assert found["isAccessibleForFree"] is False
    assert found["offers"]["description"] == "40 kronor"


def test_nothing_that_is_written_can_end_the_block(client: Client) -> None:
    nasty = "</script><script>alert(1)</script><!-- \u2028 &"
    held = occurrence(of=event(texts={"name_sv": "Elak", "summary_sv": nasty}))
    assert "<script>alert" not in html(client, path_of(held))
    assert data(client, path_of(held))["description"] == nasty
