"""The ways a person can sign in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from digirum.people.models import Person


def besides_key(person: Person) -> bool:
    """Whether the person can come in without a card: by a verified address, a passkey, or the city's sign-in."""
    return (
        bool(person.email)
        or Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()
        or SocialAccount.objects.filter(user=person).exists()
    )
