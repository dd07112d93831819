"""Erasing an account: what is private goes, what is public record loses its person, and a restore does it again."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from time_machine import Traveller, travel

from digirum.base.backups import after_restore
from digirum.base.refusal import NotAllowed
from digirum.base.registries import Erasure, erasures
from digirum.journal.models import JournalEntry
from digirum.people.actions import email, erasure, one_time_codes
from digirum.people.actions.roles import give_role
from digirum.people.models import ErasureRecord, Key, OneTimeCode, Person, Role, RoleGrant, Session, Subject
from digirum.people.strength import Method
from digirum.people.tests.residents import key_of, person_called, sign_in_client
from digirum.people.tests.staff import centre, holder_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """The file of erasures stands in a folder of the test's own."""
    settings.VAR = tmp_path


@pytest.fixture
def now() -> Iterator[Traveller]:
    with travel(NOW, tick=False) as traveller:
        yield traveller


def with_everything(client: Client) -> Person:
    """Somebody with every way to sign in."""
    person = person_called("Lugn Ekorre 27")
    key_of(person)
    row = email.ask_to_add_address(by=person, email="kim@example.se", at=NOW)
    email.confirm_address(by=person, identifier=row.id, typed=one_time_codes.code_of(row), at=NOW)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    SocialAccount.objects.create(user=person, provider="staden", uid="kim")
    sign_in_client(client, person, method=Method.PASSKEY, at=NOW)
    return Person.objects.get(pk=person.pk)


def test_nothing_that_leads_to_the_person_is_left(client: Client, now: Traveller) -> None:
    person = with_everything(client)
    subject = person.subject_id

    erasure.erase(by=person, person=person, at=NOW)

    assert not Person.objects.filter(pk=person.pk).exists()
    for model in (EmailAddress, Authenticator, SocialAccount, Key, Session, OneTimeCode, Subject):
        assert not model._default_manager.exists(), model
    entry = JournalEntry.objects.get(verb="people.erased")
    assert entry.subject == subject, "the decision is kept, under an id that leads to nobody any more"


def test_who_held_a_role_stays_as_a_row_without_a_name(client: Client, now: Traveller) -> None:
    person = with_everything(client)
    grant = give_role(by=None, at=NOW, person=person, role=Role.GUIDE, organisation=centre())

    erasure.erase(by=person, person=person, at=NOW + timedelta(hours=1))

    left = Person.objects.get(pk=person.pk)
    assert (left.pseudonym, left.email, left.reading, left.is_active) == ("", "", "", False)
    assert left.erased_at == NOW + timedelta(hours=1)
    assert RoleGrant.objects.get(pk=grant.pk).ends_at == NOW + timedelta(hours=1)
    assert not hasattr(left, "subject")


def test_an_administrator_who_is_erased_is_none_any_more() -> None:
    administrator = holder_of(Role.ADMINISTRATOR)

    erasure.erase(by=administrator, person=administrator, at=NOW)

    assert not Person.objects.get(pk=administrator.pk).is_superuser


def test_nobody_erases_somebody_else() -> None:
    person = person_called()

    with pytest.raises(NotAllowed):
        erasure.erase(by=holder_of(Role.ADMINISTRATOR), person=person, at=NOW)
    assert Person.objects.filter(pk=person.pk).exists()


def test_each_room_forgets_in_its_order_and_either_all_do_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    person = person_called()
    key_of(person)
    order: list[str] = []

    def breaks(_person_id: UUID, _at: datetime) -> None:
        raise RuntimeError

    entries = {
        "b": Erasure("b", lambda _person, _at: order.append("b"), order=2),
        "a": Erasure("a", lambda _person, _at: order.append("a"), order=1),
        "people.account": erasures["people.account"],
        "c": Erasure("c", breaks, order=99),
    }
    monkeypatch.setattr(erasures, "_entries", entries)

    with pytest.raises(RuntimeError):
        erasure.erase(by=person, person=person, at=NOW)

    assert order == ["a", "b"]
    assert Key.objects.filter(person=person).exists()
    assert not ErasureRecord.objects.exists()


def test_the_page_reads_back_what_goes_and_needs_a_box_to_be_ticked(client: Client, now: Traveller) -> None:
    person = with_everything(client)

    assert client.get(reverse("people:erase")).status_code == 200
    assert client.post(reverse("people:erase")).status_code == 200
    assert Person.objects.filter(pk=person.pk).exists()

    answer = client.post(reverse("people:erase"), {"understood": "on"})
    assert answer.headers["Location"] == reverse("people:erased")
    assert not Person.objects.filter(pk=person.pk).exists()
    assert client.get(reverse("people:erased")).status_code == 200
    assert client.get(reverse("people:account")).status_code == 302


def test_the_page_asks_who_it_is_once_more_after_ten_minutes(client: Client, now: Traveller) -> None:
    person = with_everything(client)
    now.shift(timedelta(minutes=11))

    answer = client.post(reverse("people:erase"), {"understood": "on"})

    assert answer.headers["Location"].startswith(reverse("people:sign_in_again"))
    assert Person.objects.filter(pk=person.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_restored_older_database_is_told_of_the_erasure(capsys: pytest.CaptureFixture[str]) -> None:
    person = person_called("Lugn Ekorre 27")
    identifier = person.pk
    erasure.erase(by=person, person=person, at=NOW)
    assert json.loads(erasure.log_file().read_text())["person"] == str(identifier)

    # The restored database is from before: it knows the person, and of no erasure.
    ErasureRecord.objects.all().delete()
    Person.objects.create(pk=identifier, pseudonym="Lugn Ekorre 27", joined_at=NOW)
    assert after_restore["people.erasures"].run == erasure.reapply_erasures
    call_command("reapply_erasures")

    assert not Person.objects.filter(pk=identifier).exists()
    assert ErasureRecord.objects.filter(person=identifier).exists()
    call_command("reapply_erasures")
    assert capsys.readouterr().out.split() == ["1", "erased", "again.", "0", "erased", "again."]
