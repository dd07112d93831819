"""The desk prints somebody's messages: it says how it knew the person, and never meets a protected identity."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from digirum.base.refusal import Refused
from digirum.journal.models import JournalEntry
from digirum.notices import actions
from digirum.people.models import Person, Role
from digirum.people.tests.residents import guide_called, key_of, person_called, sign_in_client

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PAGE = "/disk/besked"


@pytest.fixture
def guide(client: Client) -> Person:
    guide = guide_called()
    sign_in_client(client, guide)
    return guide


def said(client: Client, number: str, how: str = "card") -> str:
    """What the page says to a number that is not printed for."""
    answer = client.post(PAGE, {"number": number, "recognised_by": how})
    assert answer.status_code == 422
    return re.sub(r'value="\w{64}"', "", answer.content.decode().partition("<main")[2]).replace(number, "")


def lines() -> list[str]:
    return list(JournalEntry.objects.filter(verb__startswith="notices.").values_list("verb", flat=True))


def test_nothing_is_printed_until_the_guide_says_how_the_person_was_recognised(client: Client, guide: Person) -> None:
    number = key_of(person_called("Modig Tall 44")).card.number
    answer = client.post(PAGE, {"number": number})
    assert (answer.status_code, lines()) == (422, [])
    with pytest.raises(Refused, match="kortet") as refusal:
        actions.print_for(by=guide, person=Person.objects.get(pseudonym="Modig Tall 44"), at=NOW, recognised_by=None)
    assert refusal.value.code == "not-recognised"


@pytest.mark.parametrize(
    ("how", "verb"),
    [
        ("card", "notices.printed_with_card"),
        ("known", "notices.printed_for_somebody_known"),
        ("document", "notices.printed_with_document"),
    ],
)
def test_the_journal_tells_for_whom_by_whom_and_on_what_grounds(
    client: Client, guide: Person, how: str, verb: str
) -> None:
    person = person_called("Modig Tall 44")
    number = key_of(person).card.grouped_number
    assert client.post(PAGE, {"number": number, "recognised_by": how}).status_code == 200
    line = JournalEntry.objects.latest("id")
    assert (line.verb, line.subject, line.assisted_by) == (verb, person.subject_id, guide.subject_id)


@pytest.mark.parametrize("role", [Role.GUIDE, Role.COORDINATOR])
def test_a_protected_identity_looks_like_a_number_that_is_no_card_s(client: Client, role: Role) -> None:
    person = person_called("Modig Tall 44")
    number = key_of(person).card.number
    Person.objects.filter(pk=person.pk).update(is_protected=True)
    sign_in_client(client, guide_called(role=role))
    assert said(client, number) == said(client, "000000000")
    assert lines() == []


def test_an_administrator_prints_for_a_protected_identity(client: Client) -> None:
    person = person_called("Modig Tall 44")
    number = key_of(person).card.number
    Person.objects.filter(pk=person.pk).update(is_protected=True)
    sign_in_client(client, guide_called(role=Role.ADMINISTRATOR))
    assert client.post(PAGE, {"number": number, "recognised_by": "document"}).status_code == 200
    assert lines() == ["notices.printed_with_document"]


def test_the_sheet_says_in_full_which_day_it_was_printed(client: Client, guide: Person) -> None:
    number = key_of(person_called("Modig Tall 44")).card.number
    sheet = client.post(PAGE, {"number": number, "recognised_by": "card"}).content.decode()
    assert re.search(r"Utskrivet i disken \w+dag \d+ \w+ 20\d\d kl\.", sheet)
    assert "i dag" not in sheet
