"""How strongly somebody has signed in, and what that lets them do.

A key or an e-mail code proves a person well enough for the person's own things. A role of the city's needs more: a
passkey, a time code beside the e-mail code, or the city's single sign-on. Until then the roles are asleep.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from digirum.people.models import Person

STRENGTH = "strength"
SIGNED_IN_AT = "signed_in_at"
METHOD = "method"
STRONG = "strong"
WEAK = "weak"
FRESH = timedelta(minutes=10)


class Method(models.TextChoices):
    """The ways to sign in."""

    WORDS = "words", _("the words of a key")
    QR = "qr", _("the QR code of a key")
    EMAIL = "email", _("a code by e-mail")
    EMAIL_AND_TIME_CODE = "email-and-time-code", _("a code by e-mail and a time code")
    PASSKEY = "passkey", _("a passkey")
    SSO = "sso", _("the city's sign-in")
    RESCUE = "rescue", _("a code from the server")
    DEMO = "demo", _("a code of the demo room")


STRONG_METHODS = frozenset({Method.EMAIL_AND_TIME_CODE, Method.PASSKEY, Method.SSO, Method.RESCUE, Method.DEMO})


def mark(session: SessionBase, *, method: str, at: datetime) -> None:
    """Writes into a session how and when its person signed in. Called by ``signing_in.sign_in`` alone."""
    session[METHOD] = str(method)
    session[STRENGTH] = STRONG if method in STRONG_METHODS else WEAK
    session[SIGNED_IN_AT] = at.isoformat()


def is_strong(session: SessionBase) -> bool:
    """Whether the session's sign-in is good enough for a role."""
    return bool(session.get(STRENGTH) == STRONG)


def is_fresh(session: SessionBase, at: datetime) -> bool:
    """Whether the person signed in less than ten minutes before ``at``."""
    told: str | None = session.get(SIGNED_IN_AT)
    return told is not None and at - datetime.fromisoformat(told) < FRESH


class StrengthMiddleware:
    """Lets the roles of whoever signed in weakly sleep, for every rule that is asked during the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Wraps the request's user, who is still read only when somebody asks for them."""
        user = request.user
        request.user = SimpleLazyObject(lambda: _as_strong_as(request.session, user))  # type: ignore[assignment]  # stands for the user
        return self.get_response(request)


def _as_strong_as(session: SessionBase, user: Person | AnonymousUser) -> Person | AnonymousUser:
    if not user.is_authenticated:
        return user._wrapped if isinstance(user, SimpleLazyObject) else user
    person = user._wrapped if isinstance(user, SimpleLazyObject) else user
    if not is_strong(session):
        person.let_roles_sleep()
    return person
