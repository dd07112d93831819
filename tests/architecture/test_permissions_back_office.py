"""Who may reach what in the back office: every address below it, with every role, with own and others' nouns."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.template.backends.django import Template
from django.urls import reverse
from pytest_django import Settings
from wagtail.admin.views.generic import IndexView

from digirum.base.views import errors
from tests.architecture.back_office_world import KINDS, BackOffice, doors, make_back_office, met
from tests.architecture.permission_world import make_world, tried
from tests.architecture.permissions import NOBODY_AT_ALL, ROLES, Row
from tests.architecture.permissions_back_office import FOUND, INSIDE, OUR_NOUNS, TABLE

PARTS = 2


@pytest.fixture
def back_office(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BackOffice:
    """The demo room with one noun of each sort; no page is drawn, since who gets in is decided before."""
    settings.MEDIA_ROOT = str(tmp_path)
    made = make_back_office(make_world())
    monkeypatch.setattr(Template, "render", lambda *_given, **_named: "")
    monkeypatch.setattr(errors, "layout", lambda _request: {})
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    return made


def test_every_address_below_the_back_office_is_in_the_table() -> None:
    assert {door.name for door in doors()} == {row.name for row in TABLE}


def test_no_cell_stands_twice() -> None:
    cells = [(row.name, row.kind, row.method) for row in TABLE]
    assert len(cells) == len(set(cells))


@pytest.mark.filterwarnings(
    "ignore:Unclosed file:ResourceWarning"
)  # Wagtail leaves those of a preview to the collector
@pytest.mark.parametrize("part", range(PARTS))
def test_everyone_reaches_what_the_table_says_and_nothing_else(back_office: BackOffice, part: int) -> None:
    wrong = []
    for row in TABLE[part::PARTS]:
        for door in (door for door in doors() if door.name == row.name):
            address = back_office.address(door, row)
            for role in ROLES:
                found = tried(back_office.world.clients[role], row, address, met)
                if found != row.who.outcome(role):
                    said = row.who.outcome(role)
                    wrong.append(f"{row.method} {address} ({row.name} {row.kind}) as {role}: {found}, not {said}")
    assert wrong == []


def test_nothing_can_be_sent_to_a_closed_door(back_office: BackOffice) -> None:
    shut = {row.name for row in TABLE if row.who == NOBODY_AT_ALL}
    for door in (door for door in doors() if door.name in shut):
        row = Row(door.name, NOBODY_AT_ALL, method="post")
        assert tried(back_office.world.clients["administrator"], row, door.address(), met) == "none", door


def test_every_list_shows_ones_own_and_no_more(back_office: BackOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(IndexView, "get_paginate_by", lambda *_given: None)
    wrong = []
    for space, whose in FOUND.items():
        for role in INSIDE.roles:
            answer = back_office.world.clients[role].get(reverse(f"{space}:index"))
            listed = (getattr(answer, "context_data", None) or {}).get("object_list", [])
            shown = {noun.pk for noun in listed}
            found = [back_office.nouns[space][kind] in shown for kind in KINDS]
            said = [role in who.roles for who in whose]
            if found != said:
                wrong.append(f"{space} as {role}: {found}, not {said}")
    assert wrong == []


def test_every_noun_has_a_word_on_whose_list_it_is_in() -> None:
    assert set(FOUND) == {row.name.removesuffix(":index") for row in OUR_NOUNS if row.name.endswith(":index")}
