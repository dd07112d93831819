"""Every field that tells of a person is declared, in every room and in the libraries whose tables the rooms use."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings

from digirum.base.registries import personal_data
from digirum.people import privacy

ROOMS = [config.label for config in apps.get_app_configs() if config.name in settings.ROOMS]
SIGN_IN = ["account", "mfa", "socialaccount"]


def test_no_personal_field_is_undeclared() -> None:
    assert len(ROOMS) == len(settings.ROOMS)
    assert privacy.undeclared([*ROOMS, *SIGN_IN]) == []


@pytest.mark.parametrize(
    "name", ["notices.Notice.person", "events.Registration.person", "base.Picture.uploaded_by_user"]
)
def test_one_that_nobody_declares_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control."""
    monkeypatch.setattr(
        personal_data, "_entries", {key: it for key, it in personal_data._entries.items() if key != name}
    )

    assert privacy.undeclared(ROOMS) == [name]


def test_every_declaration_is_of_a_field_that_there_is() -> None:
    there = {f"{model._meta.label}.{field.name}".lower() for model in apps.get_models() for field in model._meta.fields}

    assert {entry.name for entry in personal_data if entry.name.lower() not in there} == set()
