"""Roles are dated rows with who gave them. Who may give and end what, what happens then, and what two at once do."""

from datetime import timedelta

import pytest
from django.test import Client
from time_machine import travel

from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.models import JournalEntry
from digirum.people import rules
from digirum.people.actions import roles
from digirum.people.models import Organisation, Origin, Person, Role, RoleGrant, Session
from digirum.people.strength import Method
from digirum.people.tests.racing import race
from digirum.people.tests.residents import NOW, sign_in_client
from digirum.people.tests.staff import centre, city, holder_of, library, other_centre, somebody

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def give(by: Person | None, to: Person, role: Role, where: Organisation) -> RoleGrant:
    return roles.give_role(by=by, at=NOW, person=to, role=role, organisation=where)


def test_a_role_is_a_row_that_says_who_gave_it_and_when_and_the_journal_says_so_too() -> None:
    administrator, guide = holder_of(Role.ADMINISTRATOR), somebody()

    grant = give(administrator, guide, Role.GUIDE, centre())

    assert (grant.given_by, grant.given_at, grant.begins_at, grant.ends_at) == (administrator, NOW, NOW, None)
    entry = JournalEntry.objects.get(verb="people.role_given", object_id=str(grant.pk))
    assert entry.subject == administrator.subject_id


def test_a_role_holds_for_its_organisation_and_all_below_it_and_nowhere_else() -> None:
    guide = holder_of(Role.GUIDE, library())

    assert rules.has_role(guide, Role.GUIDE, at=NOW, organisation=library())
    assert rules.has_role(guide, Role.GUIDE, at=NOW, organisation=centre())
    assert not rules.has_role(guide, Role.GUIDE, at=NOW, organisation=city())
    assert not rules.has_role(holder_of(Role.GUIDE, centre()), Role.GUIDE, at=NOW, organisation=other_centre())


def test_a_role_holds_from_its_first_moment_until_just_before_its_last() -> None:
    guide = somebody()
    roles.give_role(
        by=None,
        at=NOW,
        person=guide,
        role=Role.GUIDE,
        organisation=centre(),
        begins_at=LATER,
        ends_at=LATER + LATER.resolution * 2,
    )

    held = [rules.has_role(guide, Role.GUIDE, at=LATER + step * LATER.resolution) for step in (-1, 0, 1, 2)]

    assert held == [False, True, True, False]


GIVERS = ("administrator", "coordinator", "coordinator elsewhere", "guide", "editor", "resident", "nobody")


def giver(name: str) -> Person | None:
    if name == "nobody":
        return None
    if name == "resident":
        return somebody()
    if name == "coordinator elsewhere":
        return holder_of(Role.COORDINATOR, other_centre())
    return holder_of(Role(name))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", GIVERS)
def test_who_may_give_which_role(name: str, role: Role) -> None:
    """The truth table: an administrator every role, a coordinator the centre's guides and hosts, others none."""
    where = city() if role == Role.ADMINISTRATOR else centre()
    allowed = name == "administrator" or (name == "coordinator" and role in {Role.GUIDE, Role.HOST})

    assert rules.may_give(giver(name), role, to=somebody(), organisation=where, at=NOW) is allowed


@pytest.mark.parametrize("name", [name for name in GIVERS if name != "nobody"])
def test_who_may_not_give_is_refused_by_the_act_and_nothing_is_written(name: str) -> None:
    by, to = giver(name), somebody()
    before = RoleGrant.objects.count()
    if name == "administrator":
        give(by, to, Role.EDITOR, centre())
        return

    with pytest.raises(NotAllowed):
        give(by, to, Role.EDITOR, centre())
    assert RoleGrant.objects.count() == before


def test_nobody_gives_a_role_to_oneself() -> None:
    administrator = holder_of(Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed):
        give(administrator, administrator, Role.EDITOR, centre())


def test_an_administrator_is_for_the_whole_city() -> None:
    with pytest.raises(Refused) as refusal:
        give(None, somebody(), Role.ADMINISTRATOR, centre())
    assert refusal.value.code == "whole-city"


def test_the_same_role_is_not_given_twice() -> None:
    guide = holder_of(Role.GUIDE)

    with pytest.raises(Refused) as refusal:
        give(None, guide, Role.GUIDE, centre())
    assert refusal.value.code == "has-role"


@pytest.mark.parametrize(("begins", "ends", "code"), [(-2, None, "past"), (1, 1, "ends-first"), (2, 1, "ends-first")])
def test_dates_that_make_no_sense_are_refused(begins: int, ends: int | None, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        roles.give_role(
            by=None,
            at=NOW,
            person=somebody(),
            role=Role.GUIDE,
            organisation=centre(),
            begins_at=NOW + timedelta(days=begins),
            ends_at=None if ends is None else NOW + timedelta(days=ends),
        )
    assert refusal.value.code == code


def test_a_role_that_ends_ends_every_session_of_its_holder(client: Client) -> None:
    guide = holder_of(Role.GUIDE)
    with travel(NOW, tick=False):
        sign_in_client(client, guide, at=NOW)

    roles.end_role(by=holder_of(Role.ADMINISTRATOR), at=LATER, grant=RoleGrant.objects.get(person=guide))

    assert not Session.objects.filter(person=guide).exists()
    assert not rules.has_role(guide, Role.GUIDE, at=LATER)


def test_an_ended_role_stays_as_a_row_that_says_who_ended_it() -> None:
    coordinator, guide = holder_of(Role.COORDINATOR), holder_of(Role.GUIDE)

    grant = roles.end_role(by=coordinator, at=LATER, grant=RoleGrant.objects.get(person=guide))

    assert (grant.ends_at, grant.ended_by) == (LATER, coordinator)
    assert JournalEntry.objects.filter(verb="people.role_ended", object_id=str(grant.pk)).exists()


def test_one_may_lay_down_ones_own_role_and_a_coordinator_elsewhere_may_not_end_it() -> None:
    guide = holder_of(Role.GUIDE)
    grant = RoleGrant.objects.get(person=guide)

    with pytest.raises(NotAllowed):
        roles.end_role(by=holder_of(Role.COORDINATOR, other_centre()), at=LATER, grant=grant)
    roles.end_role(by=guide, at=LATER, grant=grant)
    assert not rules.has_role(guide, Role.GUIDE, at=LATER)


def test_a_role_whose_last_day_has_passed_ends_the_sessions_begun_under_it(client: Client) -> None:
    guide = somebody()
    roles.give_role(
        by=None, at=NOW, person=guide, role=Role.GUIDE, organisation=centre(), ends_at=NOW + timedelta(hours=2)
    )
    with travel(NOW, tick=False):
        sign_in_client(client, guide, at=NOW)

    roles.close_roles_that_ended(NOW + timedelta(hours=1))
    assert Session.objects.filter(person=guide).exists()
    roles.close_roles_that_ended(NOW + timedelta(hours=3))
    assert not Session.objects.filter(person=guide).exists()


def test_a_session_begun_after_the_role_ended_is_left_alone(client: Client) -> None:
    guide = somebody()
    roles.give_role(
        by=None, at=NOW, person=guide, role=Role.GUIDE, organisation=centre(), ends_at=NOW + timedelta(hours=1)
    )
    with travel(NOW + timedelta(hours=2), tick=False):
        sign_in_client(client, guide, method=Method.WORDS, at=NOW + timedelta(hours=2))

    roles.close_roles_that_ended(NOW + timedelta(hours=3))

    assert Session.objects.filter(person=guide).exists()


def test_the_back_office_knows_its_administrators_as_long_as_the_role_holds() -> None:
    person = somebody()
    roles.give_role(
        by=None,
        at=NOW,
        person=person,
        role=Role.ADMINISTRATOR,
        organisation=city(),
        begins_at=LATER,
        ends_at=LATER + timedelta(1),
    )

    def is_superuser() -> bool:
        return Person.objects.get(pk=person.pk).is_superuser

    assert not is_superuser()
    roles.close_roles_that_ended(LATER)
    assert is_superuser()
    roles.close_roles_that_ended(LATER + timedelta(days=1))
    assert not is_superuser()


def test_the_city_takes_back_what_the_city_gave_and_leaves_what_was_given_by_hand() -> None:
    person = somebody()
    give(None, person, Role.EDITOR, centre())
    roles.take_over_roles(at=NOW, person=person, wanted=[(Role.GUIDE, centre()), (Role.EDITOR, centre())])
    assert {(grant.role, grant.origin) for grant in RoleGrant.objects.holding_at(NOW).filter(person=person)} == {
        ("editor", Origin.HAND),
        ("guide", Origin.SSO),
    }

    roles.take_over_roles(at=LATER, person=person, wanted=[])

    assert [grant.role for grant in RoleGrant.objects.holding_at(LATER).filter(person=person)] == ["editor"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_the_same_role_at_once_one_succeeds() -> None:
    administrators, guide, where = [holder_of(Role.ADMINISTRATOR) for _ in range(8)], somebody(), centre()

    outcome = race(8, lambda number: give(administrators[number], guide, Role.GUIDE, where))

    given = [result for result in outcome if isinstance(result, RoleGrant)]
    refused = [result for result in outcome if isinstance(result, Refused)]
    assert (len(given), len(refused)) == (1, 7), outcome
    assert RoleGrant.objects.filter(person=guide, role=Role.GUIDE, ends_at=None).count() == 1
