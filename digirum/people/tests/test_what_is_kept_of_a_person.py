"""Every field that holds personal data says why it is kept, by which right, who sees it and for how long."""

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from digirum.base.registries import exports, personal_data
from digirum.journal.models import JournalEntry
from digirum.people import privacy
from digirum.people.export_words import LABELS
from digirum.people.models import Person
from digirum.people.tests.residents import key_of, person_called, sign_in_client


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return {str(key) for key in value} | {key for part in value.values() for key in _keys(part)}
    return {key for part in value for key in _keys(part)} if isinstance(value, list) else set()


HERE = ["people", "account", "mfa", "socialaccount"]


def test_no_personal_field_of_this_room_is_undeclared() -> None:
    assert privacy.undeclared(HERE) == []


def test_the_test_would_find_an_undeclared_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control."""
    entries = dict(personal_data._entries)
    entries.pop("people.Person.email")
    entries.pop("people.RoleGrant.given_by")
    monkeypatch.setattr(personal_data, "_entries", entries)

    assert privacy.undeclared(["people"]) == ["people.Person.email", "people.RoleGrant.given_by"]


def test_what_is_declared_is_there_and_says_everything() -> None:
    for entry in personal_data:
        assert all(str(part).strip() for part in (entry.purpose, entry.basis, entry.seen_by, entry.kept)), entry.name
    for name in ("people.Person.pseudonym", "account.EmailAddress.email", "mfa.Authenticator.data"):
        assert name in personal_data


def test_the_room_knows_no_more_of_a_person_than_this() -> None:
    """Whoever adds a column to the person must come here, and declare it."""
    declared = {entry.field for entry in personal_data if entry.model == "people.Person"}
    others = {"id", "is_superuser", "is_active", "erased_at"}

    assert {field.name for field in Person._meta.fields} - others == declared
    assert not any(isinstance(field, models.GenericIPAddressField) for field in Person._meta.fields)


@pytest.mark.django_db
class TestExport:
    """What is kept of me, to see and to take along: inside my own session alone."""

    def test_it_is_everything_that_the_rooms_have_said_of_me_and_of_nobody_else(self, client: Client) -> None:
        person, other = person_called("Lugn Ekorre 27"), person_called("Glad Räv 12")
        key, others = key_of(person), key_of(other, new=True)
        sign_in_client(client, person)

        answer = client.get(reverse("people:my_data_file"))

        told = answer.json()
        assert told["people.account"]["name"] == "Lugn Ekorre 27"
        assert told["people.keys"]["keys"][0]["number"] == key.key.number
        assert others.key.number not in answer.content.decode()
        assert other.pseudonym not in answer.content.decode()
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer.headers["Cache-Control"]

    def test_the_page_says_the_same_and_why(self, client: Client) -> None:
        person = person_called("Lugn Ekorre 27")
        sign_in_client(client, person)

        page = client.get(reverse("people:my_data")).content.decode()

        assert "Lugn Ekorre 27" in page
        assert escape(str(personal_data["people.Person.pseudonym"].purpose)) in page

    def test_the_page_calls_everything_by_words_of_the_language(self, client: Client) -> None:
        person = person_called()
        key_of(person)
        sign_in_client(client, person)

        keys = _keys({export.name: export.collect(person.pk) for export in exports})

        assert sorted(keys - LABELS.keys()) == []
        assert "member_since" not in client.get(reverse("people:my_data")).content.decode()

    def test_codes_are_said_in_words_on_the_page_and_kept_in_the_file(self, client: Client) -> None:
        person = person_called()
        key_of(person)
        sign_in_client(client, person)

        page = client.get(reverse("people:my_data")).content.decode()

        assert ("<bdi>open</bdi>" in page, "<bdi>Har tagit en nyckel</bdi>" in page) == (False, True)
        assert "<bdi>Svenska</bdi>" in page
        assert client.get(reverse("people:my_data_file")).json()["people.account"]["assurance"] == "open"

    @pytest.mark.parametrize("page", ["my_data", "my_data_file", "erase", "account"])
    def test_a_visitor_sees_nothing_of_it(self, client: Client, page: str) -> None:
        answer = client.get(reverse(f"people:{page}"))

        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("people:sign_in"))


@pytest.mark.django_db
def test_the_journal_of_what_i_did_to_my_account_holds_no_id_of_mine(client: Client) -> None:
    """It knows the opaque subject id alone, whose link to the person can be erased."""
    person = person_called()
    sign_in_client(client, person)
    client.post(reverse("people:account_name"), {"pseudonym": "Blå Tärna 33"})

    written = str(list(JournalEntry.objects.values()))
    assert JournalEntry.objects.filter(verb="people.renamed").exists()
    assert str(person.pk) not in written
    assert "Tärna" not in written
