"""Organisations and people with roles, for tests: made by the acts that make real ones."""

from __future__ import annotations

from itertools import count

from digirum.people.actions.organisations import create_organisation
from digirum.people.actions.roles import give_role
from digirum.people.models import Organisation, Person, Role
from digirum.people.tests.residents import NOW, person_called

_numbers = count(1)


def city() -> Organisation:
    """The whole city."""
    return _organisation("helsingborg", "Helsingborg", Organisation.Kind.CITY, None)


def library() -> Organisation:
    """An administration of the city."""
    return _organisation("biblioteken", "Biblioteken", Organisation.Kind.ADMINISTRATION, city())


def centre() -> Organisation:
    """A centre of the library."""
    return _organisation("digidel", "Digidel", Organisation.Kind.UNIT, library())


def other_centre() -> Organisation:
    """Another centre of the library."""
    return _organisation("filialen", "Filialen", Organisation.Kind.UNIT, library())


def somebody() -> Person:
    """A resident."""
    return person_called(f"Lugn Lönn {next(_numbers)}")


def holder_of(role: Role, organisation: Organisation | None = None) -> Person:
    """Somebody who has been given a role: an administrator's for the city, the others' for the centre."""
    person = somebody()
    where = organisation or (city() if role == Role.ADMINISTRATOR else centre())
    give_role(by=None, at=NOW, person=person, role=role, organisation=where)
    return Person.objects.get(pk=person.pk)


def _organisation(slug: str, name: str, kind: Organisation.Kind, parent: Organisation | None) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    return found or create_organisation(
        by=None, at=NOW, slug=slug, names={"name_sv": name, "name_en": ""}, kind=kind, parent=parent
    )
