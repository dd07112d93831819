"""The demo room: the centres, the programme, and one person for each role. Everyone is a role or a pseudonym."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.events import demo as events_demo
from digirum.people.actions.one_time_codes import demo_code
from digirum.people.actions.roles import give_role
from digirum.people.actions.take_key import take_key
from digirum.people.models import Organisation, Person, Role, RoleGrant
from digirum.place import demo as place_demo
from digirum.place.models import Centre
from digirum.topics import demo as topics_demo

RESIDENT = "resident"
NEIGHBOURS = 12
STAFF: Mapping[Role, str] = {
    Role.HOST: "Värd 1",
    Role.GUIDE: "Handledare 3",
    Role.COORDINATOR: "Samordnare 1",
    Role.EMPLOYEE: "Medarbetare 7",
    Role.SERVICE_OWNER: "Tjänsteägare 2",
    Role.PARTNER: "Studieförbundet",
    Role.MODERATOR: "Moderator 1",
    Role.EDITOR: "Redaktör 2",
    Role.ANSWERING_OFFICER: "Handläggare 4",
    Role.DIRECTOR: "Digitaliseringsdirektören",
    Role.AUDITOR: "Revisor 1",
    Role.ADMINISTRATOR: "Administratör 1",
}
AT_THE_CENTRE = {Role.HOST, Role.GUIDE, Role.COORDINATOR}
"""Roles given for the main centre; the others are given for the whole city."""


def load(at: datetime) -> int:
    """Fills the demo room by the room's own acts; returns how many persons, events and times were added.

    Idempotent: the second time on the same day nothing is added; on a later day the programme is carried on.
    """
    topics_demo.load(at)
    centres = place_demo.load(at)
    added = events_demo.load(at, centres)
    neighbours = [_person(f"Granntant {number}", at) for number in range(42, 42 + NEIGHBOURS)]
    added += sum(is_new for _neighbour, is_new in neighbours)
    added += sum(_staff(role, name, centres["main"], at) for role, name in STAFF.items())
    return added + events_demo.sign_up(at, [person for person, _is_new in neighbours[1:]])


def sign_in_code(role: str, at: datetime) -> str:
    """A code with which the demo's person of that role signs in once, from this machine.

    ``role`` is ``resident`` or one of ``Role``. ``Refused`` for another word, or where the demo has not been loaded.
    """
    names = {RESIDENT: "Granntant 42"} | {str(role): name for role, name in STAFF.items()}
    if role not in names:
        raise Refused(_("Choose one of: %(roles)s.") % {"roles": ", ".join(names)}, code="unknown-role")
    person = Person.objects.filter(pk=_id_of(names[role])).first()
    if person is None:
        raise Refused(_("The demo room is empty. Fill it first with: digirum demo."), code="no-demo")
    return demo_code(person=person, at=at)


def _id_of(name: str) -> UUID:
    """The same identifier for the same name in every demo room, so that loading twice finds the same person."""
    return UUID(bytes=hashlib.sha256(f"digirum demo {name}".encode()).digest()[:16], version=4)


def _person(name: str, at: datetime) -> tuple[Person, bool]:
    """The demo's person of that name, and whether they are new. Their card was never printed: they sign in by code."""
    known = Person.objects.filter(pk=_id_of(name)).first()
    if known is not None:
        return known, False
    issued = take_key(pseudonym=name, language="sv", at=at, person_id=_id_of(name))
    return issued.key.person, True


def _staff(role: Role, name: str, centre: Centre, at: datetime) -> bool:
    person, is_new = _person(name, at)
    organisation = centre.organisation if role in AT_THE_CENTRE else Organisation.objects.get(slug="helsingborg")
    if not RoleGrant.objects.filter(person=person, role=role, organisation=organisation).exists():
        give_role(by=None, at=at, person=person, role=role, organisation=organisation)
    return is_new
