"""A passkey is added to the same person, signs them in strongly, and nobody else's answer is taken for theirs."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from time_machine import travel

from digirum.journal.models import JournalEntry
from digirum.people import ways_in
from digirum.people.models import Person, Role, Session
from digirum.people.strength import Method
from digirum.people.tests.residents import key_of, person_called, sign_in_client
from digirum.people.tests.software_passkey import SoftwarePasskey
from digirum.people.tests.staff import holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> Iterator[None]:
    with travel(NOW, tick=False):
        yield


def options_on(client: Client, page: str) -> dict[str, Any]:
    told: dict[str, Any] = client.get(reverse(f"people:{page}")).context["options"]
    return told


def add(client: Client, passkey: SoftwarePasskey, name: str = "Min telefon") -> Any:
    answer = passkey.create(options_on(client, "passkeys"))
    return client.post(reverse("people:passkeys"), {"name": name, "credential": json.dumps(answer)})


def use(client: Client, passkey: SoftwarePasskey, **more: str) -> Any:
    answer = passkey.get(options_on(client, "sign_in_by_passkey"))
    return client.post(reverse("people:sign_in_by_passkey"), {"credential": json.dumps(answer), **more})


@pytest.fixture
def person(client: Client) -> Person:
    """Somebody with a key, who has just signed in with it."""
    person = person_called()
    key_of(person)
    sign_in_client(client, person, method=Method.WORDS, at=NOW)
    return person


def test_a_passkey_is_added_and_signs_in_the_same_person_strongly(client: Client, person: Person) -> None:
    passkey = SoftwarePasskey()

    assert add(client, passkey).headers["Location"] == reverse("people:account")
    assert ways_in.of(person) == ["key", "passkey"]
    assert JournalEntry.objects.filter(verb="people.passkey_added", object_id=str(person.subject.pk)).exists()

    visitor = Client()
    arrived = use(visitor, passkey, next="/mitt-konto")
    assert arrived.headers["Location"] == "/mitt-konto"
    assert Session.objects.filter(person=person, method=Method.PASSKEY).count() == 1
    assert visitor.session["strength"] == "strong"


def test_adding_a_passkey_gives_the_session_a_new_cookie(client: Client, person: Person) -> None:
    before = client.cookies["nyckel"].value

    add(client, SoftwarePasskey())

    assert client.cookies["nyckel"].value != before
    assert client.get(reverse("people:account")).status_code == 200


def test_a_device_that_does_not_check_who_holds_it_is_not_taken(client: Client, person: Person) -> None:
    answer = add(client, SoftwarePasskey(verifies=False))

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert ways_in.of(person) == ["key"]


def test_an_answer_to_an_older_question_is_not_taken(client: Client, person: Person) -> None:
    passkey = SoftwarePasskey()
    add(client, passkey)
    visitor = Client()
    older = passkey.get(options_on(visitor, "sign_in_by_passkey"))
    options_on(visitor, "sign_in_by_passkey")

    answer = visitor.post(reverse("people:sign_in_by_passkey"), {"credential": json.dumps(older)})

    assert answer.status_code == 200
    assert "_auth_user_id" not in visitor.session


def test_an_answer_signed_by_another_device_is_not_taken(client: Client, person: Person) -> None:
    mine, theirs = SoftwarePasskey(), SoftwarePasskey()
    add(client, mine)
    theirs.owner, theirs.identifier = mine.owner, mine.identifier
    visitor = Client()

    assert use(visitor, theirs).status_code == 200
    assert "_auth_user_id" not in visitor.session


def test_an_answer_for_another_site_is_not_taken(client: Client, person: Person) -> None:
    passkey = SoftwarePasskey()
    add(client, passkey)
    passkey.host = "evil.example"
    visitor = Client()

    assert use(visitor, passkey).status_code == 200
    assert "_auth_user_id" not in visitor.session


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "no json",
        "[]",
        "7",
        "{}",
        '{"response": []}',
        '{"id": "a", "rawId": "a", "type": 1, "response": {}}',
        "null",
    ],
)
@pytest.mark.parametrize("page", ["sign_in_by_passkey", "passkeys"])
def test_what_no_browser_would_send_is_refused_in_words(client: Client, person: Person, page: str, sent: str) -> None:
    options_on(client, page)

    answer = client.post(reverse(f"people:{page}"), {"credential": sent})

    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_one_may_take_away_ones_own_passkey_and_nobody_elses(client: Client, person: Person) -> None:
    add(client, SoftwarePasskey())
    passkey = Authenticator.objects.get(user=person)
    other = Client()
    sign_in_client(other, person_called("Glad Räv 12"), at=NOW)

    assert other.post(reverse("people:remove_passkey", args=[passkey.pk])).status_code == 404
    assert client.post(reverse("people:remove_passkey", args=[passkey.pk])).status_code == 302
    assert ways_in.of(person) == ["key"]


def test_the_only_way_in_is_not_taken_away(client: Client, person: Person) -> None:
    add(client, SoftwarePasskey())
    person.keys.all().delete()
    passkey = Authenticator.objects.get(user=person)

    answer = client.post(reverse("people:remove_passkey", args=[passkey.pk]))

    assert answer.status_code == 200
    assert ways_in.of(person) == ["passkey"]


def test_a_guide_who_signed_in_by_the_key_cannot_add_a_passkey_and_so_come_by_the_role(client: Client) -> None:
    guide = holder_of(Role.GUIDE)
    key_of(guide)
    sign_in_client(client, guide, method=Method.WORDS, at=NOW)

    assert add(client, SoftwarePasskey()).status_code == 200
    assert ways_in.of(guide) == ["key"]


def test_who_has_been_shut_out_does_not_come_in_by_a_passkey(client: Client, person: Person) -> None:
    passkey = SoftwarePasskey()
    add(client, passkey)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    visitor = Client()

    assert use(visitor, passkey).status_code == 200
    assert "_auth_user_id" not in visitor.session
