"""A city names its theme in the environment, and every page loads it after the kit's own colours."""

import pytest
from django.core.checks import Tags, run_checks
from django.test import Client
from pytest_django import Settings


@pytest.mark.django_db
def test_a_page_loads_the_city_s_theme_after_the_kit(client: Client, settings: Settings) -> None:
    settings.THEME = "base/css/theme-sjostad.css"

    page = client.get("/ui/").content.decode()

    assert page.index("base/digirum.css") < page.index("base/css/theme-sjostad.css")


@pytest.mark.django_db
def test_without_a_theme_the_kit_s_own_colours_are_enough(client: Client) -> None:
    assert "theme-" not in client.get("/ui/").content.decode().partition("</head>")[0].replace("theme-color", "")


def test_a_theme_that_is_not_there_is_told_before_a_page_fails(settings: Settings) -> None:
    settings.THEME = "base/css/theme-finnsinte.css"

    (error,) = run_checks(tags=[Tags.staticfiles])

    assert error.is_serious()
    assert error.msg == "DIGIRUM_THEME names base/css/theme-finnsinte.css, and there is no such style sheet."


@pytest.mark.parametrize("theme", ["", "base/css/theme-sjostad.css"])
def test_a_theme_that_is_there_is_no_error(settings: Settings, theme: str) -> None:
    settings.THEME = theme

    assert run_checks(tags=[Tags.staticfiles]) == []
