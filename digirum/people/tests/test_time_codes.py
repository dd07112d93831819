"""Time codes: six digits from an app after the e-mail code. With both a role is awake."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import reverse
from time_machine import Traveller, travel

from digirum.base.refusal import Refused
from digirum.people.actions import email, one_time_codes, time_codes
from digirum.people.models import OneTimeCode, Person, Role, Session
from digirum.people.strength import Method
from digirum.people.tests.racing import race
from digirum.people.tests.residents import key_of, person_called, sign_in_client
from digirum.people.tests.staff import holder_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # that of RFC 6238, appendix B
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def now() -> Iterator[Traveller]:
    with travel(NOW, tick=False) as traveller:
        yield traveller


def shown_at(moment: datetime) -> str:
    """What the app shows."""
    return str(auth.format_hotp_value(auth.hotp_value(SECRET, int(moment.timestamp()) // 30)))


def with_time_codes(person: Person | None = None) -> Person:
    person = person or person_called()
    row = email.ask_to_add_address(by=person, email="kim@example.se", at=NOW)
    email.confirm_address(by=person, identifier=row.id, typed=one_time_codes.code_of(row), at=NOW)
    time_codes.add_time_codes(by=person, secret=SECRET, typed=shown_at(NOW - HALF_MINUTE), at=NOW)
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")])
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, the last six digits."""
    assert shown_at(datetime.fromtimestamp(seconds, UTC)) == code


def test_the_seed_is_not_kept_in_the_clear() -> None:
    with_time_codes()

    assert SECRET not in str(Authenticator.objects.get().data)


def test_an_app_is_added_only_when_it_shows_the_right_code_and_there_is_an_address() -> None:
    person = person_called()
    with pytest.raises(Refused) as refusal:
        time_codes.add_time_codes(by=person, secret=SECRET, typed=shown_at(NOW), at=NOW)
    assert refusal.value.code == "no-email"

    person = with_time_codes(person)
    with pytest.raises(Refused) as refusal:
        time_codes.add_time_codes(by=person, secret=SECRET, typed="000000", at=NOW)
    assert refusal.value.code == "wrong"


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (0, True), (1, True), (2, False)])
def test_a_clock_may_go_half_a_minute_wrong(steps: int, fits: bool) -> None:
    person = with_time_codes()
    typed = shown_at(NOW + steps * HALF_MINUTE)
    if fits:
        time_codes.use_time_code(person=person, typed=typed, at=NOW)
        return
    with pytest.raises(Refused):
        time_codes.use_time_code(person=person, typed=typed, at=NOW)


def test_a_code_is_used_once_and_an_older_one_not_after_it() -> None:
    person = with_time_codes()
    time_codes.use_time_code(person=person, typed=shown_at(NOW + HALF_MINUTE), at=NOW)

    for typed in (shown_at(NOW + HALF_MINUTE), shown_at(NOW)):
        with pytest.raises(Refused):
            time_codes.use_time_code(person=person, typed=typed, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_same_code_sent_twice_at_once_counts_once() -> None:
    person = with_time_codes()

    outcome = race(4, lambda _number: time_codes.use_time_code(person=person, typed=shown_at(NOW), at=NOW))

    assert sum(result is None for result in outcome) == 1


def test_signing_in_asks_for_the_time_code_after_the_e_mail_code(client: Client, now: Traveller) -> None:
    guide = with_time_codes(holder_of(Role.GUIDE))
    client.post(reverse("people:sign_in_by_email"), {"email": "kim@example.se", "next": "/mitt-konto"})
    code = one_time_codes.code_of(OneTimeCode.objects.filter(purpose="sign-in").get())

    halfway = client.post(reverse("people:email_code"), {"code": code})

    assert halfway.headers["Location"] == reverse("people:time_code")
    assert client.get("/mitt-konto").status_code == 302
    arrived = client.post(reverse("people:time_code"), {"code": shown_at(NOW)})
    assert arrived.headers["Location"] == "/mitt-konto"
    session = Session.objects.get(person=guide)
    assert (session.method, session.kind) == (Method.EMAIL_AND_TIME_CODE, Session.Kind.STAFF)


def test_the_second_step_waits_five_minutes_and_takes_five_guesses(client: Client, now: Traveller) -> None:
    with_time_codes()
    client.post(reverse("people:sign_in_by_email"), {"email": "kim@example.se"})
    client.post(
        reverse("people:email_code"),
        {"code": one_time_codes.code_of(OneTimeCode.objects.filter(purpose="sign-in").get())},
    )
    for _guess in range(5):
        client.post(reverse("people:time_code"), {"code": "000000"})

    assert client.post(reverse("people:time_code"), {"code": shown_at(NOW)}).status_code == 200
    now.shift(timedelta(minutes=6))
    assert client.get(reverse("people:time_code")).headers["Location"] == reverse("people:sign_in_by_email")


def test_time_codes_are_turned_on_from_the_account_page_and_off_again(client: Client, now: Traveller) -> None:
    person = person_called()
    key_of(person)
    row = email.ask_to_add_address(by=person, email="kim@example.se", at=NOW)
    email.confirm_address(by=person, identifier=row.id, typed=one_time_codes.code_of(row), at=NOW)
    sign_in_client(client, person, at=NOW)

    page = client.get(reverse("people:time_codes"))
    secret = page.context["secret"].replace(" ", "")
    shown = auth.format_hotp_value(auth.hotp_value(secret, int(NOW.timestamp()) // 30))
    client.post(reverse("people:time_codes"), {"code": shown})

    assert Authenticator.objects.filter(user=person, type="totp").exists()
    client.post(reverse("people:remove_time_codes"))
    assert not Authenticator.objects.filter(user=person).exists()


def test_the_address_stays_while_time_codes_need_it() -> None:
    person = with_time_codes()
    key_of(person)

    with pytest.raises(Refused) as refusal:
        email.remove_address(by=person, at=NOW)
    assert refusal.value.code == "needed"
