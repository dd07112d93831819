"""A sign-in: whose it is, how long it lasts, and what ends it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from digirum.base.refusal import Refused
from digirum.journal.models import JournalEntry
from digirum.people import sessions, signing_in, strength
from digirum.people.models import Key, Person, Session
from digirum.people.session_store import SessionStore, digest
from digirum.people.tests.residents import NOW, guide_called, key_of, person_called

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock_stands() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person() -> Person:
    return person_called()


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


def ends_after(cookie: str, clock: time_machine.Traveller, *steps: timedelta) -> bool:
    """Whether the browser, which comes back after each step, is signed out at the last."""
    here = True
    for step in steps:
        clock.shift(step)
        here = visited(cookie).user.is_authenticated
    return not here


@pytest.mark.parametrize(
    ("kind", "idle", "total"),
    [
        (Session.Kind.RESIDENT, timedelta(hours=2), timedelta(hours=12)),
        (Session.Kind.STAFF, timedelta(hours=1), timedelta(hours=10)),
        (Session.Kind.SHARED, timedelta(minutes=10), timedelta(minutes=60)),
    ],
)
def test_each_kind_of_sign_in_has_its_limits(
    person: Person,
    clock_stands: time_machine.Traveller,
    kind: Session.Kind,
    idle: timedelta,
    total: timedelta,
) -> None:
    def fresh() -> str:
        clock_stands.move_to(NOW)
        cookie = signed_in(person, strength.Method.PASSKEY)
        Session.objects.filter(key_hash=digest(cookie)).update(kind=kind, ends_at=NOW + total)
        return cookie

    second, often = timedelta(seconds=1), idle * 0.9
    assert not ends_after(fresh(), clock_stands, idle - second)
    assert ends_after(fresh(), clock_stands, idle)
    # Somebody who comes back again and again is in until the total is over.
    visits = int(total / often)
    assert not ends_after(fresh(), clock_stands, *[often] * visits)
    assert ends_after(fresh(), clock_stands, *[often] * visits, total - often * visits)


def test_the_way_in_and_the_roles_decide_the_kind(person: Person, clock_stands: time_machine.Traveller) -> None:
    guide = guide_called()

    def kind(who: Person, method: strength.Method) -> str:
        return Session.objects.get(key_hash=digest(signed_in(who, method))).kind

    assert kind(person, strength.Method.PASSKEY) == "resident"
    assert kind(guide, strength.Method.PASSKEY) == "staff"
    assert kind(guide, strength.Method.WORDS) == "resident"


def test_a_sign_in_gets_a_new_cookie_and_nothing_of_another_person(
    person: Person, clock_stands: time_machine.Traveller
) -> None:
    request = opened()
    request.session["basket"] = "for later"
    request.session.save()
    before = request.session.session_key
    signing_in.sign_in(request, person, method=strength.Method.WORDS, at=NOW)
    first = request.session.session_key
    assert first != before
    assert request.session["basket"] == "for later"

    signing_in.sign_in(request, person, method=strength.Method.PASSKEY, at=NOW)
    second = request.session.session_key
    assert second != first
    assert not visited(first or "").user.is_authenticated

    other = person_called("Modig Tall 44")
    signing_in.sign_in(request, other, method=strength.Method.WORDS, at=NOW)
    assert request.session.session_key != second
    assert "basket" not in request.session
    assert Session.objects.count() == 1


def test_a_request_costs_one_read_for_session_person_and_subject(
    person: Person, clock_stands: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cookie = signed_in(person)
    with django_assert_num_queries(1):
        user = visited(cookie).user
        assert user.is_authenticated
        assert user.pseudonym
        assert user.subject_id


def test_a_visitor_without_a_cookie_costs_no_read(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert not visited("").user.is_authenticated


def test_use_is_remembered_to_the_minute(
    person: Person, clock_stands: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cookie = signed_in(person)
    clock_stands.shift(timedelta(seconds=59))
    with django_assert_num_queries(1):
        visited(cookie)
    clock_stands.shift(timedelta(seconds=2))
    with django_assert_num_queries(2):
        visited(cookie)
    assert Session.objects.get().last_seen_at == NOW + timedelta(seconds=61)


def test_signing_out_everywhere_leaves_this_browser(person: Person, clock_stands: time_machine.Traveller) -> None:
    here, there = signed_in(person), signed_in(person)
    other = signed_in(person_called("Modig Tall 44"))
    session = Session.objects.get(key_hash=digest(here))
    assert sessions.end_all(person, by=person, at=NOW, besides=session) == 1
    assert visited(here).user.is_authenticated
    assert not visited(there).user.is_authenticated
    assert visited(other).user.is_authenticated
    assert JournalEntry.objects.filter(verb="people.sign_in_ended").count() == 1


def test_an_ended_sign_in_does_not_come_back(person: Person, clock_stands: time_machine.Traveller) -> None:
    cookie = signed_in(person)
    request = visited(cookie)
    sessions.end_all(person, by=None, at=NOW)
    request.session["late"] = "a slow page"
    with pytest.raises(UpdateError):
        request.session.save()
    assert not Session.objects.exists()


def test_who_has_been_shut_out_is_out_at_once_and_cannot_come_in(
    person: Person, clock_stands: time_machine.Traveller
) -> None:
    cookie = signed_in(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert not visited(cookie).user.is_authenticated
    person.refresh_from_db()
    with pytest.raises(Refused):
        signed_in(person)


def test_a_card_that_is_dead_lets_nobody_in(person: Person, clock_stands: time_machine.Traveller) -> None:
    key = key_of(person).key
    Key.objects.update(retired_at=NOW)
    with pytest.raises(Refused) as caught:
        signing_in.sign_in(opened(), person, method=strength.Method.WORDS, at=NOW, key=key)
    assert caught.value.code == "retired"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 12_5 like Mac OS X) Version/12.1 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 5.0) SamsungBrowser/4.0 Chrome/44 Safari/537.36", "Samsung Internet, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Linux"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_told_by_browser_and_kind_alone(user_agent: str, device: str) -> None:
    assert signing_in.device_of(user_agent) == device


def test_what_has_passed_its_latest_end_is_swept_away(person: Person, clock_stands: time_machine.Traveller) -> None:
    signed_in(person)
    sessions.sweep(NOW + timedelta(hours=11))
    assert Session.objects.exists()
    sessions.sweep(NOW + timedelta(hours=12))
    assert not Session.objects.exists()


def test_a_page_knows_how_long_is_left(person: Person, clock_stands: time_machine.Traveller) -> None:
    cookie = signed_in(person)
    clock_stands.shift(timedelta(minutes=30))
    told = sessions.clock_of(visited(cookie), NOW + timedelta(minutes=30))
    assert told is not None
    assert (told.idle_seconds, told.ends_at) == (2 * 3600, NOW + timedelta(hours=12))
