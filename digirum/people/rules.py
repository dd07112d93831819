"""Who may: the questions that every room asks about a person's roles, and this room's own rules."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from digirum.people.models import Organisation, Person, Role, RoleGrant

# Given to residents and partners; every other role is the city's, and its holder is staff.
NOT_STAFF = frozenset({Role.HOST, Role.PARTNER})
STAFF = tuple(role for role in Role if role not in NOT_STAFF)
# Who gives and replaces keys, and prints somebody's messages: at any centre.
DESK = (Role.GUIDE, Role.COORDINATOR, Role.ADMINISTRATOR)
# Who works at a centre day by day.
CENTRE_STAFF = (Role.GUIDE, Role.COORDINATOR)
# What a coordinator may give within the own organisation.
GIVEN_BY_COORDINATORS = frozenset({Role.GUIDE, Role.HOST})


def has_role(person: Person | None, *roles: Role, at: datetime, organisation: Organisation | None = None) -> bool:
    """Whether one of the roles holds at ``at``, for ``organisation`` or one above it (anywhere where none is named).

    False while the person's roles are asleep: after a sign-in that is too weak for them (``people.strength``).
    """
    return holding(person, *roles, at=at, organisation=organisation).exists()


def holding(
    person: Person | None, *roles: Role, at: datetime, organisation: Organisation | None = None
) -> models.QuerySet[RoleGrant]:
    """The grants that make ``has_role`` true."""
    if person is None or person.roles_asleep:
        return RoleGrant.objects.none()
    return _given(person, *roles, at=at, organisation=organisation)


def roles_given(person: Person, *roles: Role, at: datetime, organisation: Organisation | None = None) -> frozenset[str]:
    """Which of the roles the person holds, asleep or not: only for telling how to wake them."""
    return frozenset(_given(person, *roles, at=at, organisation=organisation).values_list("role", flat=True))


def _given(person: Person, *roles: Role, at: datetime, organisation: Organisation | None) -> models.QuerySet[RoleGrant]:
    if not person.is_active:
        return RoleGrant.objects.none()
    grants = RoleGrant.objects.holding_at(at).filter(person=person, role__in=roles)
    if organisation is not None:
        grants = grants.filter(organisation__in=organisation.lineage)
    return grants


def is_staff(person: Person | None, *, at: datetime) -> bool:
    """Whether the person holds any role that is given by the city (a host's and a partner's are not)."""
    return has_role(person, *STAFF, at=at)


def may_give(person: Person | None, role: Role, *, to: Person, organisation: Organisation, at: datetime) -> bool:
    """An administrator gives every role, a coordinator those of a centre's helpers; nobody gives one to oneself."""
    if person is None or person.pk == to.pk:
        return False
    if has_role(person, Role.ADMINISTRATOR, at=at):
        return True
    return role in GIVEN_BY_COORDINATORS and has_role(person, Role.COORDINATOR, at=at, organisation=organisation)


def may_change_sign_in(person: Person, *, at: datetime) -> bool:
    """Whether ways to sign in may be added and taken away after this sign-in.

    Somebody who only found a staff member's card must not be able to add a passkey and so come by the role: whoever
    holds a role of the city's must have signed in strongly.
    """
    return not (person.roles_asleep and roles_given(person, *STAFF, at=at))


def may_let_in(person: Person | None, *, at: datetime) -> bool:
    """Only administrators make one-time codes for other people."""
    return has_role(person, Role.ADMINISTRATOR, at=at)


def may_end(person: Person | None, grant: RoleGrant, *, at: datetime) -> bool:
    """Whoever could give a role may end it, and everyone may lay down one's own."""
    if person is None:
        return False
    if person.pk == grant.person_id:
        return not person.roles_asleep
    return may_give(person, Role(grant.role), to=grant.person, organisation=grant.organisation, at=at)


def may_arrange_organisations(person: Person | None, *, at: datetime) -> bool:
    """The tree of organisations is the administrators'."""
    return has_role(person, Role.ADMINISTRATOR, at=at)


def may_see_persons(person: Person | None, *, at: datetime) -> bool:
    """The list of persons (without what is private) is for administrators and coordinators."""
    return has_role(person, Role.ADMINISTRATOR, Role.COORDINATOR, at=at)


def visible_persons(person: Person | None, *, at: datetime) -> models.QuerySet[Person]:
    """The persons whom the list shows: nobody erased, and protected identities to administrators alone."""
    if not may_see_persons(person, at=at):
        return Person.objects.none()
    shown = Person.objects.filter(erased_at__isnull=True)
    return shown if may_protect(person, at=at) else shown.filter(is_protected=False)


def visible_grants(person: Person | None, *, at: datetime) -> models.QuerySet[RoleGrant]:
    """The roles whose list one sees: all for administrators and auditors, a coordinator those of the own organisation."""
    every = RoleGrant.objects.select_related("person", "organisation", "given_by")
    if has_role(person, Role.ADMINISTRATOR, Role.AUDITOR, at=at):
        return every
    own = [grant.organisation for grant in holding(person, Role.COORDINATOR, at=at).select_related("organisation")]
    within = Q(pk__in=[])
    for organisation in own:
        within |= Q(organisation__path__startswith=organisation.path)
    return every.filter(within)


def may_protect(person: Person | None, *, at: datetime) -> bool:
    """Only administrators see and set that an identity is protected."""
    return has_role(person, Role.ADMINISTRATOR, at=at)


def may_serve_desk(person: Person | None, *, at: datetime) -> bool:
    """Who gives and replaces keys: the guides and coordinators of any centre, and administrators."""
    return has_role(person, *DESK, at=at)
