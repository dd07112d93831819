"""Reading settings work without JavaScript, without an account, and without a cookie until something is chosen."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settings: Settings) -> Client:
    settings.ROOT_URLCONF = "digirum.base.tests.pages"
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("prefix", ["", "/latt", "/en", "/ar"])
def test_looking_at_them_sets_no_cookie(client: Client, prefix: str) -> None:
    response = client.get(f"{prefix}/lasning?next=/program")
    assert response.status_code == 200
    assert not response.cookies
    assert b'value="/program"' in response.content
    assert b"csrfmiddlewaretoken" not in response.content


def test_a_choice_is_kept_for_a_year_and_shown_on_every_page(client: Client) -> None:
    response = client.post("/lasning", {"size": "larger", "theme": "dark", "next": "/hylla/a"})
    assert response.status_code == 302
    assert response["Location"] == "/hylla/a"
    cookie = response.cookies["lasning"]
    assert cookie.value == "larger..dark."
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert cookie["samesite"] == "Lax"
    assert b'data-size="larger"' in client.get("/lasning").content


def test_choosing_nothing_takes_the_cookie_away(client: Client) -> None:
    client.post("/lasning", {"size": "larger"})
    response = client.post("/lasning", {"size": "", "theme": "", "contrast": "", "aloud": ""})
    assert response.cookies["lasning"]["max-age"] == 0


def test_what_is_no_choice_is_not_kept(client: Client) -> None:
    response = client.post("/lasning", {"size": "enormous", "theme": "<script>"})
    assert response.cookies["lasning"]["max-age"] == 0


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_one_is_never_sent_to_another_site(client: Client, path: str) -> None:
    assert client.post("/en/lasning", {"size": "large", "next": path})["Location"] == "/en/"
    assert b"evil.example" not in client.get("/lasning", {"next": path}).content


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_cannot_choose_for_the_visitor(client: Client, headers: dict[str, str]) -> None:
    response = client.post("/lasning", {"size": "large"}, headers=headers)
    assert response.status_code == 403
    assert "lasning" not in response.cookies


def test_the_visitor_s_own_browser_may(client: Client) -> None:
    for headers in ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://testserver"}):
        assert client.post("/lasning", {"size": "large"}, headers=headers).status_code == 302
