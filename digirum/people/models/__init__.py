"""The nouns of people: who there is, where they belong, what they may do, and the keys they hold."""

from digirum.people.models.organisation import Organisation
from digirum.people.models.person import Person, Subject
from digirum.people.models.role import Role, RoleGrant

__all__ = ["Organisation", "Person", "Role", "RoleGrant", "Subject"]
