"""Employees sign in with the city's single sign-on, here played by a real OpenID provider in a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from digirum.people.actions.city_sign_in import wanted_roles
from digirum.people.models import Person, Role, RoleGrant, Session
from digirum.people.strength import Method
from digirum.people.tests.residents import key_of, person_called, sign_in_client
from digirum.people.tests.staff import centre, city, holder_of
from tests.services import free_port

pytestmark = pytest.mark.django_db
ROLES = {
    "digidel-guides": "guide@digidel",
    "digidel-leaders": "coordinator@digidel|editor@helsingborg",
    "*": "employee@helsingborg",
    "wrong": "wizard@digidel|guide@nowhere",
}


@dataclass(frozen=True)
class Provider:
    """The city's sign-in."""

    url: str

    def knows(self, subject: str, **claims: Any) -> None:
        """Makes it say this of somebody."""
        requests.put(f"{self.url}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def sends_back(self, address: str, subject: str) -> str:
        """Somebody signs in on its page; gives the address to which it sends them back, without the site's name."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
        back = answer.headers["Location"]
        assert back.startswith("http://testserver/logga-in/staden/svar?")
        return back.removeprefix("http://testserver")


@pytest.fixture(scope="module")
def process() -> Iterator[Provider]:
    port = free_port()
    provider = Provider(f"http://127.0.0.1:{port}")
    words = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}
    with subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL) as started:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and started.poll() is None:
            with suppress(requests.ConnectionError):
                requests.get(f"{provider.url}/.well-known/openid-configuration", timeout=5)
                break
            time.sleep(0.1)
        yield provider
        started.terminate()


@pytest.fixture
def provider(process: Provider, settings: Settings) -> Provider:
    app = {
        "provider_id": "staden",
        "name": "Helsingborg",
        "client_id": "digirum",
        "secret": "between us",
        "settings": {"server_url": process.url, "token_auth_method": "client_secret_basic"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.OIDC_ROLES = ROLES
    settings.ORIGIN = "http://testserver"
    city(), centre()
    return process


def sign_in(client: Client, provider: Provider, subject: str, start: str = "people:sso", **data: str) -> Any:
    """The whole way: our page, the city's page, and back."""
    leaving = client.post(reverse(start), data)
    address = leaving.context["url"]
    assert f'content="0; url={address.replace("&", "&amp;")}"' in leaving.content.decode()
    assert "code_challenge=" in address
    answer: Any = client.get(provider.sends_back(address, subject))
    return answer


def roles_of(person: Person) -> set[tuple[str, str]]:
    at = Session.objects.latest("started_at").started_at
    return set(RoleGrant.objects.holding_at(at).filter(person=person).values_list("role", "organisation__slug"))


def test_an_employee_comes_in_with_the_roles_of_their_groups(client: Client, provider: Provider) -> None:
    provider.knows(
        "anna", name="Anna Ek", email="Anna.Ek@example.se", email_verified=True, groups=["digidel-guides", "others"]
    )

    arrived = sign_in(client, provider, "anna", next="/mitt-konto")

    assert arrived.headers["Location"] == "/mitt-konto"
    person = SocialAccount.objects.get(uid="anna").user
    assert (person.pseudonym, person.email) == ("Anna Ek", "anna.ek@example.se")
    session = Session.objects.get(person=person)
    assert (session.method, session.kind) == (Method.SSO, Session.Kind.STAFF)
    assert roles_of(person) == {("guide", "digidel"), ("employee", "helsingborg")}


def test_the_second_time_it_is_the_same_person_and_the_roles_follow_the_groups(
    client: Client, provider: Provider
) -> None:
    provider.knows("bo", name="Bo Al", groups=["digidel-guides"])
    sign_in(client, provider, "bo")
    person = SocialAccount.objects.get(uid="bo").user
    provider.knows("bo", name="Bo Al", groups=["digidel-leaders"])

    sign_in(Client(), provider, "bo")

    assert SocialAccount.objects.get(uid="bo").user == person
    assert roles_of(person) == {("coordinator", "digidel"), ("editor", "helsingborg"), ("employee", "helsingborg")}
    assert Session.objects.filter(person=person).count() == 1, "the role that ended, ended the first session"


def test_the_same_address_does_not_make_the_same_person(client: Client, provider: Provider) -> None:
    """Who controls an address at the provider is not therefore who added it here."""
    Person.objects.filter(pk=person_called().pk).update(email="kim@example.se")
    provider.knows("kim", name="Kim", email="kim@example.se", email_verified=True, groups=[])

    sign_in(client, provider, "kim")

    newcomer = SocialAccount.objects.get(uid="kim").user
    assert newcomer.email == ""
    assert Person.objects.get(email="kim@example.se") != newcomer


def test_a_resident_adds_the_citys_sign_in_to_the_same_person(client: Client, provider: Provider) -> None:
    person = person_called()
    key_of(person)
    sign_in_client(client, person, method=Method.WORDS)
    provider.knows("dina", name="Dina", groups=["digidel-guides"])

    arrived = sign_in(client, provider, "dina", start="people:add_sso")

    assert arrived.headers["Location"] == reverse("people:account")
    assert SocialAccount.objects.get(uid="dina").user == person
    assert client.session["strength"] == "strong"


def test_an_identity_that_is_somebody_elses_is_not_added(client: Client, provider: Provider) -> None:
    provider.knows("eva", name="Eva", groups=[])
    sign_in(Client(), provider, "eva")
    other = person_called()
    sign_in_client(client, other, method=Method.WORDS)

    answer = sign_in(client, provider, "eva", start="people:add_sso")

    assert answer.status_code == 400
    assert SocialAccount.objects.get(uid="eva").user != other


def test_a_guide_with_a_weak_session_cannot_add_the_citys_sign_in(client: Client, provider: Provider) -> None:
    guide = holder_of(Role.GUIDE)
    sign_in_client(client, guide, method=Method.WORDS)
    provider.knows("thief", name="T", groups=[])

    assert sign_in(client, provider, "thief", start="people:add_sso").status_code == 400
    assert not SocialAccount.objects.filter(uid="thief").exists()


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?code=x&state=forged", "?error=access_denied", "?state=x&error=server_error"]
)
def test_an_answer_that_we_did_not_ask_for_is_refused_in_words(client: Client, provider: Provider, query: str) -> None:
    answer = client.get(reverse("people:sso_answer") + query)

    assert answer.status_code == 400
    assert reverse("people:sign_in") in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_same_answer_does_not_work_twice(client: Client, provider: Provider) -> None:
    provider.knows("fia", name="Fia", groups=[])
    back = provider.sends_back(client.post(reverse("people:sso")).context["url"], "fia")
    client.get(back)
    client.post(reverse("people:sign_out"))

    assert client.get(back).status_code == 400


def test_an_answer_meant_for_one_browser_signs_nobody_in_on_another(client: Client, provider: Provider) -> None:
    provider.knows("gun", name="Gun", groups=[])
    back = provider.sends_back(client.post(reverse("people:sso")).context["url"], "gun")

    assert Client().get(back).status_code == 400


def test_when_the_provider_is_away_the_page_says_so(client: Client, provider: Provider, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"

    assert client.post(reverse("people:sso")).status_code == 400


def test_without_a_provider_there_is_no_such_page(client: Client) -> None:
    assert client.get(reverse("people:sso")).status_code == 404
    assert client.post(reverse("people:sso")).status_code == 404
    assert client.get(reverse("people:sso_answer")).status_code == 404


@pytest.mark.parametrize(
    ("claim", "roles"),
    [
        (["digidel-guides"], {"guide", "employee"}),
        ("digidel-guides", {"guide", "employee"}),
        (["wrong"], {"employee"}),
        (None, {"employee"}),
        ({"digidel-guides": True}, {"employee"}),
        (7, {"employee"}),
    ],
)
def test_claims_of_any_shape_give_the_roles_that_they_name_and_no_others(
    settings: Settings, claim: object, roles: set[str]
) -> None:
    settings.OIDC_ROLES = ROLES
    city(), centre()

    assert {role for role, _organisation in wanted_roles({"groups": claim})} == roles
