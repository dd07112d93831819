"""The ways a person can sign in, and what holds for every change to them."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.utils.translation import gettext as _

from digirum.base import news
from digirum.base.refusal import Refused
from digirum.journal.record import record
from digirum.people import rules
from digirum.people.models import Key, Person

KEY = "key"
EMAIL = "email"
PASSKEY = "passkey"
SSO = "sso"


def of(person: Person) -> list[str]:
    """The ways in which the person can sign in, each named as often as there are of it. A time code is none by itself."""
    ways = [KEY] * Key.objects.live().filter(person=person).count()
    ways += [EMAIL] if person.email else []
    ways += [PASSKEY] * Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count()
    return ways + [SSO] * SocialAccount.objects.filter(user=person).count()


def besides_key(person: Person) -> bool:
    """Whether the person can come in without a card: by a verified address, a passkey, or the city's sign-in."""
    return any(way != KEY for way in of(person))


def sso_is_there() -> bool:
    """Whether the city's sign-in is set up (``DIGIRUM_OIDC_SERVER``)."""
    return bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"])


def has_time_codes(person: Person) -> bool:
    """Whether the e-mail code is followed by a time code."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def check_may_change(person: Person, *, at: datetime) -> None:
    """Refused where a role sleeps: a card or a mailbox alone must not lead to a staff role."""
    if not rules.may_change_sign_in(person, at=at):
        raise Refused(
            _(
                "You have a role, so first sign in with your passkey, your time code or the city's sign-in. "
                "If you have none of them, ask an administrator for a one-time code."
            ),
            code="sign-in-strongly",
        )


def check_another_remains(person: Person, *, without: str) -> None:
    """Refused where the person could never come in again."""
    left = of(person)
    left.remove(without)
    if not left:
        raise Refused(_("This is your only way to sign in. Add another one first."), code="only-way")


def changed(*, by: Person, person: Person, verb: str, at: datetime) -> None:
    """Writes the journal and tells the person, in the act's transaction. ``verb`` is the kind of news too."""
    record(by=by, verb=verb, noun=person.subject, at=at)
    news.tell(person=person, kind=verb, at=at, key=f"{verb}:{person.pk}:{at.isoformat()}", path="/mitt-konto")
