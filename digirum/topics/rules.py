"""Who may change the vocabulary. Everyone may read it."""

from __future__ import annotations

from datetime import datetime

from digirum.people.models import Person, Role
from digirum.people.rules import has_role

KEEPERS = (Role.EDITOR, Role.ADMINISTRATOR)


def may_change_vocabulary(person: Person | None, *, at: datetime) -> bool:
    """Editors and administrators keep the vocabulary that everything is tagged from."""
    return has_role(person, *KEEPERS, at=at)
