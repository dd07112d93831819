"""My account: what I decide about myself, and nobody else's business."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller, travel

from digirum.journal.models import JournalEntry
from digirum.people.models import Person, Role
from digirum.people.strength import Method
from digirum.people.tests.residents import key_of, person_called, sign_in_client
from digirum.people.tests.staff import holder_of
from digirum.people.urls_account import urlpatterns

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PREFIXES = ("", "/latt", "/en", "/ar")


@pytest.fixture(autouse=True)
def now() -> Iterator[Traveller]:
    with travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(client: Client) -> Person:
    person = person_called("Lugn Ekorre 27")
    key_of(person)
    sign_in_client(client, person, method=Method.WORDS, at=NOW)
    return person


def test_the_overview_tells_what_there_is(client: Client, person: Person) -> None:
    page = client.get("/mitt-konto").content.decode()

    assert "Lugn Ekorre 27" in page
    for name in (
        "account_name",
        "account_reading",
        "account_acceptance",
        "add_email",
        "passkeys",
        "time_codes",
        "my_data",
        "erase",
    ):
        assert reverse(f"people:{name}") in page


def test_a_name_is_changed_and_one_that_tells_too_much_is_not(client: Client, person: Person) -> None:
    client.post("/mitt-konto/namn", {"pseudonym": "  Blå   Tärna 33 "})
    assert Person.objects.get(pk=person.pk).pseudonym == "Blå Tärna 33"

    for typed in ("", "x", "kim@example.se", "Kim 070-123 45 67", "y" * 61):
        assert client.post("/mitt-konto/namn", {"pseudonym": typed}).status_code == 200
    assert Person.objects.get(pk=person.pk).pseudonym == "Blå Tärna 33"


def test_reading_settings_kept_in_the_account_follow_to_another_device(client: Client, person: Person) -> None:
    client.post(
        "/mitt-konto/lasning", {"language": "en", "size": "larger", "contrast": "more", "theme": "", "aloud": ""}
    )

    assert Person.objects.get(pk=person.pk).language == "en"
    other = Client()
    sign_in_client(other, person, at=NOW)
    page = other.get("/mitt-konto").content.decode()
    assert 'data-size="larger"' in page
    assert 'data-contrast="more"' in page
    assert "lasning" not in other.cookies


def test_what_this_browser_chose_comes_before_what_the_account_says(client: Client, person: Person) -> None:
    client.post("/mitt-konto/lasning", {"language": "sv", "size": "larger", "contrast": "", "theme": "", "aloud": ""})
    client.cookies["lasning"] = "large..."

    assert 'data-size="large"' in client.get("/mitt-konto").content.decode()


def test_a_setting_that_is_none_is_refused(client: Client, person: Person) -> None:
    answer = client.post("/mitt-konto/lasning", {"language": "xx", "size": "huge"})

    assert answer.status_code == 200
    assert Person.objects.get(pk=person.pk).reading == ""


def test_freed_seats_are_taken_at_once_or_asked_for(client: Client, person: Person) -> None:
    client.post("/mitt-konto/plats", {"automatically": "on"})
    assert Person.objects.get(pk=person.pk).accepts_automatically

    client.post("/mitt-konto/plats", {})
    assert not Person.objects.get(pk=person.pk).accepts_automatically
    assert JournalEntry.objects.filter(verb="people.acceptance_chosen").count() == 2


@pytest.mark.parametrize("name", ["add_email", "passkeys", "time_codes", "remove_email", "remove_time_codes", "erase"])
def test_changing_how_one_signs_in_asks_once_more_after_ten_minutes(
    client: Client, person: Person, now: Traveller, name: str
) -> None:
    assert client.get(reverse(f"people:{name}")).status_code == 200
    now.shift(timedelta(minutes=11))

    answer = client.get(reverse(f"people:{name}"))

    assert answer.headers["Location"].startswith(reverse("people:sign_in_again") + "?next=")


def test_who_has_a_role_that_sleeps_reads_so_and_how_to_wake_it(client: Client) -> None:
    guide = holder_of(Role.GUIDE)
    sign_in_client(client, guide, method=Method.WORDS, at=NOW)

    assert reverse("people:sign_in_strongly") in client.get("/mitt-konto").content.decode()


OPEN = {"sign_in_by_email", "sign_in_by_passkey", "sign_in_by_code", "erased"}
ELSEWHERE = {"email_code", "time_code"}  # steps that lead back to their first one
CITY = {"sso", "sso_answer", "add_sso"}  # not set up here


@pytest.mark.parametrize("name", [pattern.name for pattern in urlpatterns])
@pytest.mark.parametrize("prefix", PREFIXES)
def test_each_page_answers_a_visitor_in_each_language(client: Client, name: str, prefix: str) -> None:
    address = prefix + reverse(f"people:{name}", args=[7] if name == "remove_passkey" else [])

    answer = client.get(address)

    if name in CITY:
        assert answer.status_code in {302, 404, 405}
    elif name in OPEN:
        assert answer.status_code == 200
    else:
        first = "people:sign_in_by_email" if name in ELSEWHERE else "people:sign_in"
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(prefix + reverse(first))


@pytest.mark.parametrize("name", sorted(OPEN - {"erased"}))
def test_a_form_sent_without_its_protection_is_refused(name: str) -> None:
    visitor = Client(enforce_csrf_checks=True)

    assert visitor.post(reverse(f"people:{name}"), {"email": "x@example.se", "code": "x"}).status_code == 403
