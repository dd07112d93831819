"""There is always a way in: a command makes the first administrator and lets one back in; the demo has codes too."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from time_machine import travel

from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.models import JournalEntry
from digirum.people import rules
from digirum.people.actions import one_time_codes
from digirum.people.models import OneTimeCode, Organisation, Person, Role, RoleGrant, Session
from digirum.people.strength import Method
from digirum.people.tests.residents import person_called
from digirum.people.tests.staff import holder_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CODE = re.compile(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}\b")


def code_from_command(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    call_command("first_administrator", *words)
    said = capsys.readouterr().out
    assert reverse("people:sign_in_by_code") in said
    return str(CODE.findall(said)[0])


def typed(client: Client, code: str, **more: str) -> int:
    return client.post(reverse("people:sign_in_by_code"), {"code": code}, **more).status_code  # type: ignore[arg-type]  # REMOTE_ADDR


def test_the_command_makes_an_administrator_of_the_city_and_a_code_that_lets_them_in_strongly(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    code = code_from_command(capsys)

    assert typed(client, code.lower().replace("-", " "), REMOTE_ADDR="203.0.113.7") == 302
    person = Person.objects.get(pseudonym="Administratör")
    assert rules.has_role(person, Role.ADMINISTRATOR, at=datetime.now(UTC))
    assert RoleGrant.objects.get(person=person).organisation == Organisation.objects.get(kind="city", parent=None)
    session = Session.objects.get(person=person)
    assert (session.method, session.kind) == (Method.RESCUE, Session.Kind.STAFF)
    assert client.session["strength"] == "strong"


def test_the_second_time_it_lets_the_same_administrator_back_in(capsys: pytest.CaptureFixture[str]) -> None:
    code_from_command(capsys, "--name", "Alva")
    code_from_command(capsys, "--name", "Alva")

    assert Person.objects.filter(pseudonym="Alva").count() == 1
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1
    assert JournalEntry.objects.filter(verb="people.code_made", role="system").count() == 2


def test_the_code_works_once(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    code = code_from_command(capsys)

    assert typed(client, code) == 302
    assert typed(Client(), code) == 200


@pytest.mark.parametrize(("minutes", "status"), [(29, 302), (31, 200)])
def test_the_code_is_valid_for_half_an_hour(
    client: Client, capsys: pytest.CaptureFixture[str], minutes: int, status: int
) -> None:
    with travel(NOW, tick=False):
        code = code_from_command(capsys)
    with travel(NOW + timedelta(minutes=minutes), tick=False):
        assert typed(client, code) == status


def test_wrong_codes_from_one_address_are_soon_slowed_down(client: Client) -> None:
    answers = [typed(client, "AAAA-AAAA-AAAA-AAAA") for _try in range(11)]

    assert answers == [200] * 10 + [429]


@pytest.mark.parametrize(
    ("demo", "address", "status"),
    [(True, "127.0.0.1", 302), (True, "::1", 302), (True, "203.0.113.7", 200), (False, "127.0.0.1", 200)],
)
def test_the_demos_codes_work_in_the_demo_and_on_its_own_computer_only(
    client: Client, settings: Settings, demo: bool, address: str, status: int
) -> None:
    settings.DEMO = demo
    person = person_called()
    code = one_time_codes.demo_code(person=person, at=datetime.now(UTC))

    assert typed(client, code, REMOTE_ADDR=address) == status


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_FORWARDED_HOST", "HTTP_VIA"])
def test_the_demos_codes_work_for_nobody_who_comes_through_a_proxy(
    client: Client, settings: Settings, header: str
) -> None:
    settings.DEMO = True
    code = one_time_codes.demo_code(person=person_called(), at=datetime.now(UTC))

    assert typed(client, code, REMOTE_ADDR="127.0.0.1", **{header: "127.0.0.1"}) == 200
    assert typed(client, code, REMOTE_ADDR="127.0.0.1") == 302


def test_only_an_administrator_lets_somebody_else_in() -> None:
    guide = holder_of(Role.GUIDE)
    for role in (Role.COORDINATOR, Role.EDITOR, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            one_time_codes.let_in(by=holder_of(role), person=guide, at=NOW)

    code = one_time_codes.let_in(by=holder_of(Role.ADMINISTRATOR), person=guide, at=NOW)
    assert one_time_codes.use_code_given_by_hand(typed=code, at=NOW, demo=False).person == guide


def test_nobody_is_let_in_who_has_been_shut_out() -> None:
    person = person_called()
    Person.objects.filter(pk=person.pk).update(is_active=False)

    with pytest.raises(Refused):
        one_time_codes.let_in(by=None, person=Person.objects.get(pk=person.pk), at=NOW)
    assert not OneTimeCode.objects.exists()
