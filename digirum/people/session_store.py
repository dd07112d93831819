"""Where Django keeps sessions here: rows bound to a person, read once a request, and never longer than allowed.

The table holds the SHA-256 of the cookie's value, so that who reads the table (or a backup) can enter nowhere.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from digirum.base import clock
from digirum.base.prepared import Prepared, Value
from digirum.base.routing import PRIMARY
from digirum.people.models import Session
from digirum.people.models.session import Ending


def digest(session_key: str) -> str:
    """What the table knows of a cookie's value."""
    return hashlib.sha256(session_key.encode()).hexdigest()


# Asked in every request of somebody who has signed in.
_BY_KEY = Prepared(
    lambda key_hash: Session.objects.using(PRIMARY).select_related("person__subject").filter(key_hash=key_hash),
    Value(Session._meta.get_field("key_hash"), "an-example"),
)


class SessionStore(SessionBase):
    """One browser's session. ``row`` is its record, ``ended`` tells why an old one was thrown away when it was read."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.row: Session | None = None
        self.ended: Ending | None = None
        self.ended_row: Session | None = None

    def load(self) -> dict[str, Any]:
        """The session's data by one read, with the person beside; nothing if it does not exist or lasts no more."""
        # On the primary: a replica may not have heard yet that a session was ended.
        row = _BY_KEY.first(digest(self.session_key or ""), using=PRIMARY)
        if row is None:
            self._session_key = None
            return {}
        self.ended = row.ending(clock.now())
        if self.ended:
            self.ended_row = row
            Session.objects.filter(pk=row.pk).delete()
            self._session_key = None
            return {}
        self.row = row
        return self.decode(row.data)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What was encoded. Whether the room itself wrote it is worked out once for each text, not in each request."""
        try:
            told = json.loads(_written_here(str(session_data), self.key_salt, settings.SECRET_KEY))
        except (signing.BadSignature, ValueError):
            return super().decode(session_data)  # knows what to log
        return cast("dict[str, Any]", told)

    def record(self) -> Session:
        """The row of this session, made now where there is none yet."""
        if self.row is None:
            self.save()
        return self.row or Session.objects.get(key_hash=digest(self.session_key or ""))

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return Session.objects.filter(key_hash=digest(session_key)).exists()

    def create(self) -> None:
        """A new session under a new key."""
        self.row = None
        self._session_cache: dict[str, Any] = self.__dict__.get("_session_cache", {})
        while True:
            self._session_key = get_random_string(32)
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Writes the data. ``UpdateError`` if the session was ended meanwhile: what was ended does not come back."""
        if self.session_key is None:
            self.create()
            return
        data = dict(self.items())
        encoded = self.encode(data)
        if not must_create:
            person = data.get(SESSION_KEY)
            if not Session.objects.filter(key_hash=digest(self.session_key)).update(data=encoded, person=person):
                raise UpdateError
            return
        at = clock.now()
        self.row = _new_row(digest(self.session_key), encoded, data, at)
        try:
            with transaction.atomic():
                self.row.save(force_insert=True)
        except IntegrityError as error:
            self.row = None
            raise CreateError from error

    def rotate(self) -> None:
        """A new cookie value for the same sign-in, after a change to how its person signs in; the old one is dead."""
        before, self._session_key = self.session_key, get_random_string(32)
        Session.objects.filter(key_hash=digest(before or "")).update(key_hash=digest(self._session_key))
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        """Ends a session, this one unless another is named."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(key_hash=digest(key)).delete()

    def flush(self) -> None:
        """Ends this session and forgets its data."""
        super().flush()
        self.row = None

    @classmethod
    def clear_expired(cls) -> None:
        """Removes what lasts no more."""
        remove_ended(clock.now())


class _AsItStands:
    """Leaves the JSON of a session as it is."""

    def dumps(self, obj: bytes) -> bytes:
        """The same."""
        return obj

    def loads(self, data: bytes) -> bytes:
        """The same."""
        return data


@lru_cache(maxsize=2_000)
def _written_here(encoded: str, salt: str, _secret: str) -> bytes:
    """The JSON in a signed text; ``BadSignature`` where it was not signed with the room's secret."""
    text: bytes = signing.loads(encoded, salt=salt, serializer=_AsItStands)
    return text


def _new_row(key_hash: str, encoded: str, data: dict[str, Any], at: datetime) -> Session:
    total = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return Session(
        key_hash=key_hash,
        data=encoded,
        person_id=data.get(SESSION_KEY),
        started_at=at,
        last_seen_at=at,
        ends_at=at + total,
    )


def remove_ended(at: datetime) -> int:
    """Removes the sessions that have passed their latest end; how many there were."""
    return Session.objects.filter(ends_at__lte=at).delete()[0]
