"""Whatever goes wrong, the visitor gets a page in plain words and their own language."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from digirum.base import maintenance
from digirum.base.views import errors

PREFIXES = {"": "sv", "/latt": "sv-x-simple", "/en": "en", "/ar": "ar"}


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "digirum.base.tests.pages"


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def assert_page(response: object, status: int, language: str) -> None:
    assert response.status_code == status  # type: ignore[attr-defined]  # the test client's answer
    assert response["Content-Language"] == language  # type: ignore[index]  # the test client's answer
    html = response.content.decode()  # type: ignore[attr-defined]  # the test client's answer
    assert f'<html lang="{language}"' in html
    assert "<h1" in html
    assert str(status) in html
    assert "<main" in html
    assert not response.cookies  # type: ignore[attr-defined]  # the test client's answer


@pytest.mark.parametrize(("prefix", "language"), PREFIXES.items())
def test_not_found(client: Client, prefix: str, language: str) -> None:
    assert_page(client.get(f"{prefix}/nope"), 404, language)


@pytest.mark.parametrize(("prefix", "language"), PREFIXES.items())
def test_wrong_method_names_the_right_ones(client: Client, prefix: str, language: str) -> None:
    response = client.get(f"{prefix}/knacka")
    assert_page(response, 405, language)
    assert response["Allow"] == "POST"


@pytest.mark.parametrize(("prefix", "language"), PREFIXES.items())
def test_a_form_without_its_protection(client: Client, prefix: str, language: str) -> None:
    assert_page(client.post(f"{prefix}/knacka"), 403, language)


@pytest.mark.parametrize(("prefix", "language"), PREFIXES.items())
def test_a_fault_of_ours(client: Client, prefix: str, language: str) -> None:
    response = client.get(f"{prefix}/trasig")
    assert_page(response, 500, language)
    assert "anna@example.org" not in response.content.decode()


def test_a_foreign_host_is_refused_with_a_page(client: Client) -> None:
    assert_page(client.get("/vanlig", headers={"Host": "evil.example"}), 400, "sv")


def test_no_error_page_asks_the_database(client: Client) -> None:
    """This test has no database at all: a query would fail it."""
    for address, status in (("/nope", 404), ("/knacka", 405), ("/trasig", 500)):
        assert client.get(address).status_code == status


def test_a_database_that_is_away_is_told_as_a_pause(client: Client) -> None:
    client.cookies["nyckel"] = "some-session"
    with patch.object(connection, "ensure_connection", side_effect=OperationalError):
        response = client.get("/hylla/a")
    assert_page(response, 503, "sv")
    assert response["Retry-After"] == "120"


def test_a_broken_error_page_still_says_something(client: Client) -> None:
    with patch.object(errors, "render_to_string", side_effect=ZeroDivisionError):
        response = client.get("/nope")
    assert response.status_code == 404
    assert "Något gick fel" in response.content.decode()


@pytest.mark.parametrize(("prefix", "language"), PREFIXES.items())
def test_closed_for_maintenance(client: Client, settings: Settings, tmp_path: Path, prefix: str, language: str) -> None:
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.touch()
    response = client.get(f"{prefix}/vanlig")
    assert_page(response, 503, language)
    assert response["Retry-After"] == "120"
    assert client.get("/health/live").status_code == 200
    settings.MAINTENANCE_FILE.unlink()
    maintenance.forget()
    assert client.get(f"{prefix}/vanlig").status_code == 200


def test_closed_by_the_environment(client: Client, settings: Settings) -> None:
    settings.MAINTENANCE = True
    assert client.get("/vanlig").status_code == 503


@pytest.mark.django_db
def test_a_cached_page_is_closed_too(client: Client, settings: Settings) -> None:
    assert client.get("/hylla/a").status_code == 200
    settings.MAINTENANCE = True
    maintenance.forget()
    assert client.get("/hylla/a").status_code == 503


def test_an_address_with_a_slash_too_many_is_not_there(client: Client) -> None:
    assert client.get("/vanlig/").status_code == 404
