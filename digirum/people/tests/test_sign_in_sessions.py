"""A sign-in: whose it is, how long it lasts, and what ends it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from digirum.people import sessions, signing_in, strength
from digirum.people.models import Person, Session, Subject
from digirum.people.session_store import SessionStore, digest

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock_stands() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person() -> Person:
    person = Person.objects.create(pseudonym="Lugn Ekorre 27", joined_at=NOW)
    Subject.of(person, NOW)
    return Person.objects.get(pk=person.pk)


def opened(cookie: str | None = None, **headers: str) -> HttpRequest:
    request = RequestFactory().get("/", headers=headers)
    request.session = SessionStore(cookie)
    AuthenticationMiddleware(lambda _request: HttpResponse()).process_request(request)
    return request


def visited(cookie: str) -> HttpRequest:
    """A later request of the same browser, passed through the middleware."""
    request = opened(cookie)
    sessions.SessionLimitMiddleware(lambda _request: HttpResponse("here"))(request)
    return request


def signed_in(person: Person, method: strength.Method = strength.Method.WORDS) -> str:
    request = opened()
    signing_in.sign_in(request, person, method=method, at=NOW)
    return request.session.session_key or ""


def test_a_sign_in_belongs_to_a_person_and_is_found_again_by_its_cookie(
    person: Person, clock_stands: time_machine.Traveller
) -> None:
    cookie = signed_in(person)

    assert visited(cookie).user == person
    session = Session.objects.get(person=person)
    assert (session.method, session.kind) == ("words", "resident")


def test_the_cookie_is_kept_only_as_a_digest(person: Person, clock_stands: time_machine.Traveller) -> None:
    cookie = signed_in(person)

    row = Session.objects.values().get()
    assert row["key_hash"] == digest(cookie)
    assert cookie not in str(row)
