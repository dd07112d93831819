"""A passkey: something that the person's own phone or computer keeps, opened by a finger, a face or a code."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.people import ways_in
from digirum.people.models import Person

type Credential = dict[str, Any]
MOST = 10
# What the library raises when somebody sends something else than a browser would.
NOT_A_CREDENTIAL = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


@transaction.atomic
def add_passkey(*, by: Person, name: str, credential: Credential, at: datetime) -> Authenticator:
    """Keeps the public half of a new passkey. The challenge that it answers stands in the session (allauth)."""
    person = Person.objects.locked(by)
    ways_in.check_may_change(by, at=at)
    if ways_in.of(person).count(ways_in.PASSKEY) >= MOST:
        raise Refused(_("You have ten passkeys already. Take one away first."), code="too-many")
    try:
        auth.parse_registration_response(credential)
        proof = auth.complete_registration(credential)
    except NOT_A_CREDENTIAL:
        raise Refused(_not_understood(), code="not-understood") from None
    if not proof.is_user_verified():
        raise Refused(
            _("Your device did not check that it was you. Turn on its screen lock, and then try again."),
            code="not-verified",
        )
    passkey: Authenticator = auth.WebAuthn.add(person, name.strip()[:60] or _("My passkey"), credential).instance
    ways_in.changed(by=by, person=person, verb="people.passkey_added", at=at)
    return passkey


@transaction.atomic
def remove_passkey(*, by: Person, passkey: Authenticator, at: datetime) -> None:
    """Takes one of the person's own passkeys away. Refused where it is the only way in."""
    person = Person.objects.locked(by)
    ways_in.check_may_change(by, at=at)
    ways_in.check_another_remains(person, without=ways_in.PASSKEY)
    Authenticator.objects.filter(pk=passkey.pk, user=person, type=Authenticator.Type.WEBAUTHN).delete()
    ways_in.changed(by=by, person=person, verb="people.passkey_removed", at=at)


def whose(credential: Credential) -> Person:
    """Whose passkey answered the challenge in the session. Refused alike, whatever is wrong with the answer."""
    try:
        auth.parse_authentication_response(credential)
        person = auth.extract_user_from_response(credential)
        passkey = auth.complete_authentication(person, credential)
    except NOT_A_CREDENTIAL:
        raise Refused(_not_understood(), code="not-understood") from None
    passkey.record_usage()
    return Person.objects.get(pk=person.pk)


def _not_understood() -> str:
    return _("The passkey did not work. Try again, or sign in in another way.")
