"""An e-mail address is added with a code that shows it is the person's, and is then a way in. Nobody learns who has one."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from time_machine import Traveller, travel

from digirum.base.refusal import Refused
from digirum.journal.models import JournalEntry
from digirum.people import ways_in
from digirum.people.actions import email, one_time_codes
from digirum.people.models import OneTimeCode, Person, Purpose, Session
from digirum.people.strength import Method
from digirum.people.tasks import send_code
from digirum.people.tests.racing import race
from digirum.people.tests.residents import key_of, person_called, sign_in_client

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> Iterator[Traveller]:
    with travel(NOW, tick=False) as traveller:
        yield traveller


def newest_code(purpose: Purpose = Purpose.SIGN_IN) -> OneTimeCode:
    return OneTimeCode.objects.filter(purpose=purpose).latest("made_at")


def with_address(address: str = "kim@example.se") -> Person:
    person = person_called()
    row = email.ask_to_add_address(by=person, email=address, at=NOW)
    return email.confirm_address(by=person, identifier=row.id, typed=one_time_codes.code_of(row), at=NOW)


def test_the_code_that_arrives_by_mail_is_the_one_that_fits() -> None:
    row = email.ask_to_add_address(by=person_called(), email="kim@example.se", at=NOW)

    send_code.func(str(row.id), "sv")

    message = mail.outbox[0]
    assert message.to == ["kim@example.se"]
    assert re.findall(r"\b\d{6}\b", str(message.body)) == [one_time_codes.code_of(row)]
    assert one_time_codes.code_of(row) not in message.subject


def test_neither_the_database_nor_the_queue_holds_the_code(django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's context manager
        row = email.ask_to_add_address(by=person_called(), email="kim@example.se", at=NOW)

    code = one_time_codes.code_of(row)
    assert code not in str(DBTaskResult.objects.values())
    assert code not in str(OneTimeCode.objects.values("purpose", "email", "tries", "most_tries"))


def test_a_confirmed_address_is_a_way_in_to_the_same_person() -> None:
    person = with_address("  Kim@Example.SE ")

    assert (person.email, ways_in.of(person)) == ("kim@example.se", ["email"])
    assert EmailAddress.objects.get(user=person).verified
    assert JournalEntry.objects.filter(verb="people.email_added", object_id=str(person.subject.pk)).exists()


def test_a_wrong_code_adds_nothing() -> None:
    person = person_called()
    row = email.ask_to_add_address(by=person, email="kim@example.se", at=NOW)

    with pytest.raises(Refused) as refusal:
        email.confirm_address(by=person, identifier=row.id, typed="000000", at=NOW)

    assert refusal.value.code == "wrong"
    assert Person.objects.get(pk=person.pk).email == ""


def test_somebody_elses_code_adds_nothing() -> None:
    row = email.ask_to_add_address(by=person_called(), email="kim@example.se", at=NOW)

    with pytest.raises(Refused):
        email.confirm_address(
            by=person_called("Glad Räv 12"), identifier=row.id, typed=one_time_codes.code_of(row), at=NOW
        )


def test_an_address_belongs_to_one_person() -> None:
    with_address("kim@example.se")
    other = person_called("Glad Räv 12")
    row = email.ask_to_add_address(by=other, email="kim@example.se", at=NOW)

    with pytest.raises(Refused) as refusal:
        email.confirm_address(by=other, identifier=row.id, typed=one_time_codes.code_of(row), at=NOW)

    assert refusal.value.code == "taken"
    assert Person.objects.get(pk=other.pk).email == ""


@pytest.mark.parametrize(("minutes", "code"), [(14, "wrong"), (15, "too-old")])
def test_a_code_is_valid_for_a_quarter_of_an_hour(minutes: int, code: str) -> None:
    row = email.ask_for_sign_in_code(email="kim@example.se", at=NOW)

    with pytest.raises(Refused) as refusal:
        one_time_codes.use_code(
            identifier=row.id, typed="nothing", purpose=Purpose.SIGN_IN, at=NOW + timedelta(minutes=minutes)
        )
    assert refusal.value.code == code


def test_a_code_works_once() -> None:
    with_address()
    row = email.ask_for_sign_in_code(email="kim@example.se", at=NOW)
    typed = one_time_codes.code_of(row)
    one_time_codes.use_code(identifier=row.id, typed=typed, purpose=Purpose.SIGN_IN, at=NOW)

    with pytest.raises(Refused) as refusal:
        one_time_codes.use_code(identifier=row.id, typed=typed, purpose=Purpose.SIGN_IN, at=NOW)
    assert refusal.value.code == "too-old"


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_count_one_by_one() -> None:
    """Fifty guesses at once get five tries, the sixth is refused even if it is right."""
    with_address()
    row = email.ask_for_sign_in_code(email="kim@example.se", at=NOW)

    outcome = race(
        50,
        lambda number: one_time_codes.use_code(identifier=row.id, typed=f"no{number}", purpose=Purpose.SIGN_IN, at=NOW),
    )

    codes = [result.code for result in outcome if isinstance(result, Refused)]
    assert (codes.count("wrong"), codes.count("too-old")) == (5, 45)


@pytest.mark.django_db(transaction=True)
def test_the_right_code_sent_twice_at_once_signs_in_once() -> None:
    with_address()
    row = email.ask_for_sign_in_code(email="kim@example.se", at=NOW)
    typed = one_time_codes.code_of(row)

    outcome = race(
        4, lambda _number: one_time_codes.use_code(identifier=row.id, typed=typed, purpose=Purpose.SIGN_IN, at=NOW)
    )

    assert sum(isinstance(result, OneTimeCode) for result in outcome) == 1


def test_one_signs_in_with_the_address_in_two_steps(client: Client, now: Traveller) -> None:
    person = with_address()

    asked = client.post(reverse("people:sign_in_by_email"), {"email": "KIM@example.se", "next": "/mitt-konto"})
    typed = one_time_codes.code_of(newest_code())
    arrived = client.post(asked.headers["Location"], {"code": f" {typed[:3]} {typed[3:]} "})

    assert arrived.headers["Location"] == "/mitt-konto"
    session = Session.objects.get(person=person)
    assert session.method == Method.EMAIL
    assert "second_step" not in client.session
    assert client.get("/mitt-konto").status_code == 200


def test_an_unknown_address_behaves_like_a_known_one(now: Traveller) -> None:
    with_address("kim@example.se")
    seen = []
    for address in ("kim@example.se", "nobody@example.se"):
        visitor = Client()
        asked = visitor.post(reverse("people:sign_in_by_email"), {"email": address})
        page = visitor.get(asked.headers["Location"])
        wrong = visitor.post(asked.headers["Location"], {"code": "123"})
        told = [answer.content.decode().replace(address, "ADDRESS") for answer in (page, wrong)]
        seen.append(
            (asked.status_code, asked.headers["Location"], *[re.sub(r'value="[^"]*"', "", text) for text in told])
        )

    assert seen[0] == seen[1]


def test_what_waits_in_the_queue_for_an_unknown_address_sends_nothing() -> None:
    row = email.ask_for_sign_in_code(email="nobody@example.se", at=NOW)

    send_code.func(str(row.id), "sv")

    assert mail.outbox == []
    with pytest.raises(Refused) as refusal:
        one_time_codes.use_code(identifier=row.id, typed=one_time_codes.code_of(row), purpose=Purpose.SIGN_IN, at=NOW)
    assert refusal.value.code == "wrong"


def test_an_address_gets_five_codes_in_a_quarter_of_an_hour_known_or_not(client: Client, now: Traveller) -> None:
    answers = [client.post(reverse("people:sign_in_by_email"), {"email": "x@example.se"}).status_code for _ in range(6)]

    assert answers == [302] * 5 + [200]
    assert OneTimeCode.objects.count() == 5


def test_adding_an_address_gives_the_session_a_new_cookie_and_keeps_the_sign_in(client: Client, now: Traveller) -> None:
    person = person_called()
    key_of(person)
    before = sign_in_client(client, person, method=Method.WORDS, at=NOW)
    cookie = client.cookies["nyckel"].value
    client.post(reverse("people:add_email"), {"email": "kim@example.se"})

    answer = client.post(
        reverse("people:confirm_email"), {"code": one_time_codes.code_of(newest_code(Purpose.ADDRESS))}
    )

    assert answer.headers["Location"] == reverse("people:account")
    assert client.cookies["nyckel"].value != cookie
    after = Session.objects.get(person=person)
    assert (after.pk, after.method, after.ends_at) == (before.pk, before.method, before.ends_at)
    assert Client(headers={"cookie": f"nyckel={cookie}"}).get(reverse("people:account")).status_code == 302


def test_the_only_way_in_cannot_be_taken_away_but_one_of_two_can() -> None:
    person = with_address()
    with pytest.raises(Refused) as refusal:
        email.remove_address(by=person, at=NOW)
    assert refusal.value.code == "only-way"

    key_of(person)
    email.remove_address(by=person, at=NOW)
    assert ways_in.of(person) == ["key"]
    assert not EmailAddress.objects.filter(user=person).exists()


def test_there_is_no_sign_up_by_e_mail(client: Client) -> None:
    before = Person.objects.count()
    asked = client.post(reverse("people:sign_in_by_email"), {"email": "new@example.se"})
    client.post(asked.headers["Location"], {"code": one_time_codes.code_of(newest_code())})

    assert Person.objects.count() == before
    assert "_auth_user_id" not in client.session


def test_old_codes_are_thrown_away() -> None:
    email.ask_for_sign_in_code(email="kim@example.se", at=NOW)

    one_time_codes.dispose_of_codes(NOW + timedelta(hours=24))
    assert OneTimeCode.objects.count() == 1
    one_time_codes.dispose_of_codes(NOW + timedelta(hours=25))
    assert OneTimeCode.objects.count() == 0
