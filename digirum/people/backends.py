"""How Django recognises a person."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser

from digirum.base import clock
from digirum.people import permissions, rules
from digirum.people.models import Person, Role


class KeyBackend(BaseBackend):
    """Sign-in with a key."""


class RoleBackend(BaseBackend):
    """Permissions in the back office, from the roles that hold and are awake (``people.permissions``)."""

    def has_perm(self, user_obj: Person | AnonymousUser, perm: str, obj: object = None) -> bool:
        """Whether one of the person's roles opens what ``perm`` ("app.verb_noun") names."""
        return permissions.allowed(_roles(user_obj), perm)

    def has_module_perms(self, user_obj: Person | AnonymousUser, app_label: str) -> bool:
        """Whether one of the person's roles opens anything of an app."""
        return permissions.opens_app(_roles(user_obj), app_label)


def _roles(user: Person | AnonymousUser) -> frozenset[str]:
    """The roles that hold now, read once for each request's user."""
    if not isinstance(user, Person):
        return frozenset()
    if user.roles_at_work is None:
        user.roles_at_work = frozenset(rules.holding(user, *Role, at=clock.now()).values_list("role", flat=True))
    return user.roles_at_work
