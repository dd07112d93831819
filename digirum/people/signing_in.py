"""Signing in: the one function that every way in ends with, whatever proved who the person is."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.journal.record import record
from digirum.people import rules, shared_computers, strength
from digirum.people.models import Key, Person, Session
from digirum.people.session_store import SessionStore

KEY_BACKEND = "digirum.people.backends.KeyBackend"
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"))
_BROWSERS_LAST = (("Chrome", "Chrome"), ("CriOS", "Chrome"), ("FxiOS", "Firefox"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def sign_in(
    request: HttpRequest,
    person: Person,
    *,
    method: strength.Method,
    at: datetime,
    key: Key | None = None,
    backend: str = KEY_BACKEND,
) -> Session:
    """Signs the person in on this browser and returns the new session's record.

    The session gets a new cookie value and nothing of what another person left in it; its limits follow from the
    method, the person's roles and the computer (docs/trust.md). The sign-in is journalled. ``key`` is the card that
    was used: when it is retired, the session ends. Refused where the person has been shut out or erased.
    """
    if not person.is_active or person.erased_at is not None:
        raise Refused(
            _("This key cannot be used any more. Ask at the desk, and we will help you."),
            code="shut-out",
        )
    store = cast(SessionStore, request.session)  # settings.SESSION_ENGINE
    with transaction.atomic():
        if key is not None and not Key.objects.live().select_for_update().filter(pk=key.pk).exists():
            raise Refused(_("This card has just been replaced. Use the new one."), code="retired")
        if auth.SESSION_KEY in store:
            store.flush() if store[auth.SESSION_KEY] != str(person.pk) else store.cycle_key()
        auth.login(request, person, backend=backend)
        strength.mark(store, method=method, at=at)
        session = store.record()
        session.person, session.method, session.key = person, str(method), key
        session.kind = _kind(request, person, method, at)
        session.started_at = session.last_seen_at = at
        session.ends_at = at + session.limit.total
        session.device = device_of(request.headers.get("User-Agent", ""))
        if session.kind == Session.Kind.SHARED:
            store.set_expiry(0)  # the cookie goes when the browser is closed
        session.data = store.encode(dict(store.items()))
        session.save()
        record(by=person, verb="people.signed_in", noun=session, at=at)
    return session


def _kind(request: HttpRequest, person: Person, method: strength.Method, at: datetime) -> Session.Kind:
    if shared_computers.here(request) is not None:
        return Session.Kind.SHARED
    if method in strength.STRONG_METHODS and rules.is_staff(person, at=at):
        return Session.Kind.STAFF
    return Session.Kind.RESIDENT


def device_of(user_agent: str) -> str:
    """What a person recognises their device by ("Firefox, Windows"): no version, nothing that tells two apart."""
    browser = next((name for sign, name in (*_BROWSERS, *_BROWSERS_LAST) if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
