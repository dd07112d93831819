"""How far a person's roles reach in the programme, read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from digirum.base.audience import Audience
from digirum.people.models import Organisation, Person, Role, RoleGrant
from digirum.people.rules import DESK, NOT_STAFF

MAKERS = (Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR)
"""Who makes the programme."""


@dataclass(frozen=True)
class Reach:
    """Where (paths in the tree of organisations) a person edits the programme and serves its desk, and to what the
    person belongs."""

    editing: tuple[str, ...] = ()
    desk: tuple[str, ...] = ()
    belongs_to: frozenset[int] = frozenset()
    audiences: frozenset[Audience] = frozenset({Audience.PUBLIC})

    @classmethod
    def of(cls, person: Person | None, at: datetime) -> Reach:
        """The reach of a person (a visitor's where None, or where the person may not sign in): one query."""
        if person is None or not person.is_active:
            return VISITOR
        if person.roles_asleep:  # a sign-in too weak for roles
            return RESIDENT
        grants = list(RoleGrant.objects.holding_at(at).filter(person=person).select_related("organisation"))
        roles = {Role(grant.role) for grant in grants}
        audiences = {Audience.PUBLIC, Audience.SIGNED_IN}
        if roles - NOT_STAFF:
            audiences |= {Audience.CITY, Audience.PARTNERS}
        if Role.PARTNER in roles:
            audiences |= {Audience.PARTNERS}
        return cls(
            editing=tuple(grant.organisation.path for grant in grants if grant.role in MAKERS),
            desk=tuple(grant.organisation.path for grant in grants if grant.role in DESK),
            belongs_to=frozenset(pk for grant in grants for pk in grant.organisation.lineage),
            audiences=frozenset(audiences),
        )


VISITOR = Reach()
RESIDENT = Reach(audiences=frozenset({Audience.PUBLIC, Audience.SIGNED_IN}))


def below(field: str, paths: Iterable[str]) -> Q:
    """That the organisation whose path is ``field`` is one of ``paths`` or below one; nothing where there is none."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def is_below(organisation: Organisation | None, paths: Iterable[str]) -> bool:
    """The same for one organisation at hand."""
    return organisation is not None and any(organisation.path.startswith(path) for path in paths)
