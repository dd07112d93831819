"""Who may reach what: every address, with every role, with one's own and others' objects, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from digirum.front import demo
from digirum.people.models import Person, Role
from digirum.people.strength import Method
from digirum.people.tests.residents import sign_in_client
from tests.architecture.permission_world import World, make_world, tried
from tests.architecture.permissions import ROLES, TABLE

UNNAMED = {"security.txt"}
BACK_OFFICE = "redaktion/"


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, str]]:
    """Every address that is not the back office's: its name and its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or ''}", str(pattern.pattern)
        elif str(pattern.pattern) != BACK_OFFICE:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)


@pytest.fixture
def world(db: None) -> World:
    """The demo room and what is asked for in it."""
    return make_world()


def test_every_address_is_in_the_table() -> None:
    there = {(name, pattern) for name, pattern in addresses(get_resolver().url_patterns)}
    assert {pattern for name, pattern in there if not name} == UNNAMED
    assert {name for name, _pattern in there if name} == {row.name for row in TABLE}


def test_no_cell_stands_twice() -> None:
    cells = [(row.name, row.kind, row.method) for row in TABLE]
    assert len(cells) == len(set(cells))


@pytest.mark.parametrize("half", [0, 1])
def test_everyone_reaches_what_the_table_says_and_nothing_else(
    world: World, half: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whether one gets in is decided before the page is drawn; three thousand pages need not be.
    monkeypatch.setattr(Template, "render", lambda *_given, **_named: "")
    wrong = []
    for row in TABLE[half::2]:
        with translation.override("sv"):
            address = reverse(row.name, kwargs=world.arguments(row))
        for role in ROLES:
            found, said = tried(world.clients[role], row, address), row.who.outcome(role)
            if found != said:
                wrong.append(f"{row.method} {address} ({row.name} {row.kind}) as {role}: {found}, not {said}")
    assert wrong == []


def test_a_role_sleeps_as_long_as_its_holder_has_signed_in_weakly(world: World) -> None:
    client = Client()
    sign_in_client(client, Person.objects.get(pseudonym=demo.STAFF[Role.GUIDE]), method=Method.WORDS)
    for name in ("front:desk", "events:desk_programme", "people:desk_key", "notices:desk"):
        with translation.override("sv"):
            assert client.get(reverse(name)).headers["Location"].startswith("/logga-in/starkare"), name


def test_the_back_office_is_for_those_whose_role_opens_it(world: World) -> None:
    opens = {role for role in ROLES if world.clients[role].get("/redaktion/").status_code == 200}
    assert opens == {"coordinator", "editor", "auditor", "administrator"}
    assert world.clients["visitor"].get("/redaktion/", follow=True).request["PATH_INFO"] == "/logga-in"
