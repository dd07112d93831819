"""The nouns of people: who there is, where they belong, what they may do, and the keys they hold."""

from digirum.people.models.erasure import ErasureRecord
from digirum.people.models.guess import GuessCounter, GuessWave
from digirum.people.models.key import Key, KeyRetirement, Recognition
from digirum.people.models.one_time_code import OneTimeCode, Purpose
from digirum.people.models.organisation import Organisation
from digirum.people.models.person import Person, Subject
from digirum.people.models.role import Origin, Role, RoleGrant
from digirum.people.models.session import Session, SharedComputer

__all__ = [
    "ErasureRecord",
    "GuessCounter",
    "GuessWave",
    "Key",
    "KeyRetirement",
    "OneTimeCode",
    "Organisation",
    "Origin",
    "Person",
    "Purpose",
    "Recognition",
    "Role",
    "RoleGrant",
    "Session",
    "SharedComputer",
    "Subject",
]
