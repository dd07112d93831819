"""People with roles, and browsers in which they have signed in, for the tests of topics, place and the rooms below."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from digirum.base import clock
from digirum.people import signing_in, strength
from digirum.people.actions.organisations import create_organisation
from digirum.people.models import Organisation, Person, Role, RoleGrant, Subject

LONG_AGO = datetime(2018, 2, 13, 12, tzinfo=UTC)


def make_organisation(slug: str = "staden", parent: Organisation | None = None) -> Organisation:
    """A part of the city's tree; without a parent it is the city itself."""
    kind = Organisation.Kind.UNIT if parent else Organisation.Kind.CITY
    return create_organisation(
        by=None, at=LONG_AGO, slug=slug, names={"name_sv": slug.capitalize()}, kind=kind, parent=parent
    )


def make_person(*roles: Role, organisation: Organisation | None = None, pseudonym: str = "Lugn Ekorre 27") -> Person:
    """Somebody who holds the roles for the organisation, awake."""
    person = Person.objects.create(pseudonym=pseudonym, joined_at=LONG_AGO)
    Subject.of(person, LONG_AGO)
    for role in roles:
        assert organisation, "a role is given for an organisation"
        RoleGrant.objects.create(
            person=person, role=role, organisation=organisation, begins_at=LONG_AGO, given_at=LONG_AGO
        )
    Person.objects.filter(pk=person.pk).update(is_superuser=Role.ADMINISTRATOR in roles)
    return Person.objects.get(pk=person.pk)


def client_of(person: Person) -> Client:
    """A browser in which the person has signed in strongly, just now."""
    client = Client()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    signing_in.sign_in(request, person, method=strength.Method.PASSKEY, at=clock.now())
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return client
