"""Who may: the questions that every room asks about a person's roles."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from digirum.people.models import Organisation, Person, Role, RoleGrant


def has_role(person: Person | None, *roles: Role, at: datetime, organisation: Organisation | None = None) -> bool:
    """Whether one of the roles holds at ``at``, for ``organisation`` or one above it (anywhere where none is named)."""
    return bool(person and person.is_active) and holding(person, *roles, at=at, organisation=organisation).exists()


def holding(
    person: Person | None, *roles: Role, at: datetime, organisation: Organisation | None = None
) -> models.QuerySet[RoleGrant]:
    """The grants that make ``has_role`` true."""
    grants = RoleGrant.objects.holding_at(at).filter(person=person, role__in=roles)
    if organisation is not None:
        grants = grants.filter(organisation__in=organisation.lineage)
    return grants


def is_staff(person: Person | None, *, at: datetime) -> bool:
    """Whether the person holds any role that is given by the city (a host's and a partner's are not)."""
    return has_role(person, *(role for role in Role if role not in {Role.HOST, Role.PARTNER}), at=at)
