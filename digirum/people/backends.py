"""How Django recognises a person."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend


class KeyBackend(BaseBackend):
    """Sign-in with a key."""


class RoleBackend(BaseBackend):
    """Permissions in the back office, from the roles that hold."""
