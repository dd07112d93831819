"""Many people signed in at once, for tests that send traffic: sessions are written as signing in by words writes them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import auth
from django.utils.crypto import get_random_string

from digirum.people import strength
from digirum.people.models import Person, Session
from digirum.people.session_store import SessionStore, digest
from digirum.people.signing_in import KEY_BACKEND

PROTECTION = "a" * 32
"""What a form of theirs sends as ``csrfmiddlewaretoken``."""


def sign_in(people: Sequence[Person], at: datetime) -> list[str]:
    """Signs everybody in and gives the Cookie header of each."""
    keys = [get_random_string(32) for _person in people]
    Session.objects.bulk_create(_session(person, key, at) for person, key in zip(people, keys, strict=True))
    return [f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={PROTECTION}" for key in keys]


def _session(person: Person, key: str, at: datetime) -> Session:
    store = SessionStore()
    store[auth.SESSION_KEY] = str(person.pk)
    store[auth.BACKEND_SESSION_KEY] = KEY_BACKEND
    store[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
    strength.mark(store, method=strength.Method.WORDS, at=at)
    return Session(
        key_hash=digest(key),
        data=store.encode(dict(store.items())),
        person=person,
        method=strength.Method.WORDS,
        started_at=at,
        last_seen_at=at,
        ends_at=at + timedelta(hours=12),
    )
