"""A key or an e-mail code alone never gives a staff role: the roles sleep until one has signed in strongly."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import reverse
from time_machine import travel

from digirum.people import guards, rules
from digirum.people.models import Organisation, Person, Role
from digirum.people.session_store import SessionStore
from digirum.people.signing_in import sign_in
from digirum.people.strength import STRONG_METHODS, Method, StrengthMiddleware
from digirum.people.tests.residents import sign_in_client
from digirum.people.tests.staff import centre, holder_of, other_centre, somebody

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WEAK = [method for method in Method if method not in STRONG_METHODS]


def request_of(person: Person, method: Method) -> HttpRequest:
    """A request after the person signed in, passed through the middleware."""
    request = RequestFactory().get("/disk")
    request.session = SessionStore()
    AuthenticationMiddleware(lambda _request: HttpResponse()).process_request(request)
    sign_in(request, person, method=method, at=NOW)
    StrengthMiddleware(lambda _request: HttpResponse())(request)
    return request


def test_the_weak_ways_are_those_that_somebody_could_find_or_read() -> None:
    assert set(WEAK) == {Method.WORDS, Method.QR, Method.EMAIL}


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("role", [Role.GUIDE, Role.COORDINATOR, Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_role_is_awake_only_after_a_strong_sign_in(role: Role, method: Method) -> None:
    with travel(NOW, tick=False):
        person = guards.me(request_of(holder_of(role), method))

        strong = method in STRONG_METHODS
        assert rules.has_role(person, role, at=NOW) is strong
        assert rules.is_staff(person, at=NOW) is strong
        assert person.is_superuser is (strong and role == Role.ADMINISTRATOR)
        assert person.has_perm("wagtailadmin.access_admin") is (strong and role != Role.GUIDE)


def test_saving_a_person_whose_roles_sleep_takes_nothing_from_them() -> None:
    with travel(NOW, tick=False):
        administrator = holder_of(Role.ADMINISTRATOR)
        person = guards.me(request_of(administrator, Method.WORDS))

        person.language = "en"
        person.save()

    kept = Person.objects.get(pk=administrator.pk)
    assert (kept.is_superuser, kept.language) == (True, "en")


@guards.signed_in
def anybody_signed_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def of_the_centre(request: HttpRequest, slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


@guards.for_roles(Role.COORDINATOR, Role.GUIDE, organisation=of_the_centre)
def for_guides(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(guards.me(request).acting_role)


def said(response: HttpResponseBase) -> bytes:
    assert isinstance(response, HttpResponse)
    return response.content


@guards.fresh_sign_in
def dangerous(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def test_a_visitor_is_asked_to_sign_in_and_comes_back() -> None:
    request = RequestFactory().get("/mitt-konto?x=1")
    request.session = SessionStore()
    StrengthMiddleware(lambda _request: HttpResponse())(_as_visitor(request))

    response = anybody_signed_in(request)

    assert response.headers["Location"] == reverse("people:sign_in") + "?next=%2Fmitt-konto%3Fx%3D1"


def _as_visitor(request: HttpRequest) -> HttpRequest:
    request.user = AnonymousUser()
    return request


def test_a_guide_of_this_centre_comes_in_and_acts_as_a_guide() -> None:
    with travel(NOW, tick=False):
        guide = holder_of(Role.GUIDE)
        response = for_guides(request_of(guide, Method.PASSKEY), slug="digidel")

    assert (response.status_code, said(response)) == (200, b"guide")


def test_the_first_role_that_holds_is_the_one_in_which_somebody_acts() -> None:
    with travel(NOW, tick=False):
        person = holder_of(Role.GUIDE)
        from_above = holder_of(Role.COORDINATOR)
        assert said(for_guides(request_of(person, Method.SSO), slug="digidel")) == b"guide"
        assert said(for_guides(request_of(from_above, Method.SSO), slug="digidel")) == b"coordinator"


@pytest.mark.parametrize("name", ["resident", "guide elsewhere", "editor"])
def test_others_find_no_page(name: str) -> None:
    centre()
    with travel(NOW, tick=False):
        makers: dict[str, Callable[[], Person]] = {
            "resident": somebody,
            "guide elsewhere": lambda: holder_of(Role.GUIDE, other_centre()),
            "editor": lambda: holder_of(Role.EDITOR),
        }
        person = makers[name]()
        with pytest.raises(Http404):
            for_guides(request_of(person, Method.PASSKEY), slug="digidel")


def test_a_guide_who_signed_in_by_the_key_is_told_how_to_sign_in_strongly() -> None:
    with travel(NOW, tick=False):
        response = for_guides(request_of(holder_of(Role.GUIDE), Method.WORDS), slug="digidel")

    assert response.headers["Location"] == reverse("people:sign_in_strongly") + "?next=%2Fdisk"


@pytest.mark.parametrize(("minutes", "fresh"), [(0, True), (9, True), (10, False), (60, False)])
def test_a_dangerous_act_asks_again_after_ten_minutes(minutes: int, fresh: bool) -> None:
    with travel(NOW, tick=False):
        request = request_of(somebody(), Method.WORDS)
    with travel(NOW + timedelta(minutes=minutes), tick=False):
        response = dangerous(request)

    assert (response.status_code == 200) is fresh
    if not fresh:
        assert response.headers["Location"].startswith(reverse("people:sign_in_again"))


def test_staff_with_a_weak_session_change_no_way_to_sign_in_and_so_cannot_climb() -> None:
    """Else who found a guide's card could add a passkey and come by the role."""
    with travel(NOW, tick=False):
        table = {
            (Role.GUIDE, Method.WORDS): False,
            (Role.GUIDE, Method.EMAIL): False,
            (Role.GUIDE, Method.PASSKEY): True,
            (Role.HOST, Method.WORDS): True,
        }
        told = {
            (role, method): rules.may_change_sign_in(guards.me(request_of(holder_of(role), method)), at=NOW)
            for role, method in table
        }
        assert told == table


@pytest.mark.parametrize("next_wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "evil"])
def test_nobody_is_sent_to_another_site(next_wanted: str) -> None:
    assert guards.next_path(RequestFactory().get("/logga-in", {"next": next_wanted})) == ""


@pytest.mark.parametrize("page", ["sign_in_strongly", "sign_in_again"])
def test_the_pages_that_ask_for_more_show_the_ways_that_the_person_has(page: str, client: Client) -> None:
    guide = holder_of(Role.GUIDE)
    sign_in_client(client, guide, method=Method.WORDS)

    response = client.get(reverse(f"people:{page}"), {"next": "/disk"})

    assert response.status_code == 200
    assert reverse("people:sign_in_by_code") in response.content.decode()
