"""There is always a way in: the server makes the first administrator, and lets one back in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from digirum.journal.record import record
from digirum.people import names
from digirum.people.actions.one_time_codes import let_in
from digirum.people.actions.organisations import create_organisation
from digirum.people.actions.roles import give_role
from digirum.people.actions.take_key import new_person
from digirum.people.models import Organisation, Origin, Person, Role, RoleGrant


@transaction.atomic
def first_administrator(*, name: str, at: datetime) -> tuple[Person, str]:
    """An administrator by that name in the room, and a code that lets them in once within half an hour.

    Makes the city's organisation and the person where they are not there yet. Whoever can run commands on the server
    can do this, whenever; it is journalled as done by the server.
    """
    city = _city(at)
    grants = RoleGrant.objects.holding_at(at).filter(role=Role.ADMINISTRATOR, person__is_active=True)
    grant = grants.filter(person__pseudonym=names.tidy(name)).select_related("person").first()
    person = (
        grant.person if grant else new_person(pseudonym=name, language=settings.LANGUAGE_CODE, at=at, person_id=None)
    )
    if grant is None:
        record(by=None, verb="people.joined", noun=person.subject, at=at)
        give_role(by=None, at=at, person=person, role=Role.ADMINISTRATOR, organisation=city, origin=Origin.SERVER)
    return person, let_in(by=None, person=person, at=at)


def _city(at: datetime) -> Organisation:
    found = Organisation.objects.filter(kind=Organisation.Kind.CITY, parent=None).order_by("pk").first()
    return found or create_organisation(
        by=None,
        at=at,
        slug=slugify(settings.CITY_NAME)[:60] or "staden",
        names={"name_sv": settings.CITY_NAME},
        kind=Organisation.Kind.CITY,
    )
