"""Organisations are a tree: whatever is moved, every path is right, and no ring can come about."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digirum.base.generations import read_generations
from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.models import JournalEntry
from digirum.people import rules
from digirum.people.actions.organisations import create_organisation, move_organisation, rename_organisation
from digirum.people.models import Organisation, Role
from digirum.people.tests.racing import race
from digirum.people.tests.residents import NOW
from digirum.people.tests.staff import centre, city, holder_of, library, other_centre, somebody

pytestmark = pytest.mark.django_db


def made(slug: str, parent: Organisation | None = None) -> Organisation:
    return create_organisation(by=None, at=NOW, slug=slug, names={"name_sv": slug}, kind="unit", parent=parent)


def paths_are_right() -> bool:
    """Whether each path is its parent's path and its own id."""
    tree = {part.pk: part for part in Organisation.objects.all()}
    return all(
        part.path == (tree[part.parent_id].path if part.parent_id else "/") + f"{part.pk}/" for part in tree.values()
    )


def test_a_part_knows_its_whole_lineage() -> None:
    parts = {library(), centre(), other_centre()}

    assert centre().lineage == [city().pk, library().pk, centre().pk]
    assert set(Organisation.objects.within(library())) == parts


def test_moving_a_part_moves_all_below_it() -> None:
    partner, room = made("studieforbundet"), made("rummet", centre())

    move_organisation(by=None, at=NOW, organisation=library(), below=partner)

    room.refresh_from_db()
    assert room.lineage == [partner.pk, library().pk, centre().pk, room.pk]
    assert paths_are_right()
    assert JournalEntry.objects.filter(verb="people.organisation_moved", object_id=str(library().pk)).exists()


def test_a_part_cannot_be_moved_below_itself() -> None:
    with pytest.raises(Refused) as refusal:
        move_organisation(by=None, at=NOW, organisation=library(), below=centre())
    assert refusal.value.code == "ring"
    with pytest.raises(Refused):
        move_organisation(by=None, at=NOW, organisation=library(), below=library())


def test_roles_follow_the_tree_at_once() -> None:
    guide = holder_of(Role.GUIDE, library())
    partner = made("partner")
    assert rules.has_role(guide, Role.GUIDE, at=NOW, organisation=centre())

    moved = move_organisation(by=None, at=NOW, organisation=centre(), below=partner)

    assert not rules.has_role(guide, Role.GUIDE, at=NOW, organisation=moved)


def test_another_name_makes_the_public_pages_new() -> None:
    before = read_generations(["site"])["site"]

    renamed = rename_organisation(
        by=holder_of(Role.ADMINISTRATOR), at=NOW, organisation=centre(), names={"name_sv": "Digitala rummet"}
    )

    assert renamed.name == "Digitala rummet"
    assert read_generations(["site"])["site"] > before


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_change_the_tree(role: Role) -> None:
    by = holder_of(role)

    with pytest.raises(NotAllowed):
        create_organisation(by=by, at=NOW, slug="ny", names={"name_sv": "Ny"}, kind="unit")
    with pytest.raises(NotAllowed):
        move_organisation(by=by, at=NOW, organisation=centre(), below=city())
    with pytest.raises(NotAllowed):
        rename_organisation(by=somebody(), at=NOW, organisation=centre(), names={"name_sv": "Ny"})


@pytest.mark.parametrize(("slug", "name", "code"), [("digidel", "Ny", "slug-taken"), ("ny", "", "no-name")])
def test_a_new_part_needs_a_name_and_an_address_of_its_own(slug: str, name: str, code: str) -> None:
    centre()
    with pytest.raises(Refused) as refusal:
        create_organisation(by=None, at=NOW, slug=slug, names={"name_sv": name}, kind="unit")
    assert refusal.value.code == code


@settings(max_examples=15, deadline=timedelta(seconds=5), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 5)), max_size=8))
def test_after_any_moves_the_tree_is_a_tree(moves: list[tuple[int, int]]) -> None:
    parts = [Organisation.objects.filter(slug=f"del-{number}").first() or made(f"del-{number}") for number in range(6)]
    for moved, below in moves:
        with suppress(Refused):  # a ring
            move_organisation(by=None, at=NOW, organisation=parts[moved], below=None if below < 0 else parts[below])
        assert paths_are_right()


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_cannot_make_a_ring() -> None:
    first, second = made("forsta"), made("andra")
    pairs = [(first, second), (second, first)]

    outcome = race(
        2, lambda number: move_organisation(by=None, at=NOW, organisation=pairs[number][0], below=pairs[number][1])
    )

    assert sorted(type(result).__name__ for result in outcome) == ["Organisation", "Refused"]
    assert paths_are_right()
