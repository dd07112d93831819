"""How long a sign-in lasts, what ends it, and what the page says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from digirum.base import clock
from digirum.journal.record import record
from digirum.people import shared_computers
from digirum.people.models import Key, Person, Session
from digirum.people.session_store import SessionStore, remove_ended

_SEEN_EVERY = {
    Session.Kind.RESIDENT: timedelta(minutes=1),
    Session.Kind.STAFF: timedelta(minutes=1),
    Session.Kind.SHARED: timedelta(seconds=15),
}


ENDED = "slut"


@dataclass(frozen=True)
class SessionClock:
    """What a page tells of the time left: when the sign-in ends at the latest, and in how many seconds if nothing more
    happens. One press at ``extend_url`` starts the second anew, never the first."""

    ends_at: datetime
    idle_seconds: int
    is_shared: bool

    @classmethod
    def of(cls, session: Session, at: datetime) -> SessionClock:
        """The clock of a session at ``at``."""
        left = int((session.idles_out_at - at).total_seconds())
        return cls(session.ends_at, max(0, left), session.kind == Session.Kind.SHARED)

    @property
    def extend_url(self) -> str:
        """Where one press goes on."""
        return reverse("people:extend")

    @property
    def end_url(self) -> str:
        """Where one press ends it and wipes the screen."""
        return reverse("people:sign_out")


def of(request: HttpRequest) -> Session | None:
    """The record of the sign-in that the request belongs to; None for a visitor. Costs no further read."""
    store = getattr(request, "session", None)
    if not isinstance(store, SessionStore) or not request.user.is_authenticated:
        return None
    return store.row


def clock_of(request: HttpRequest, at: datetime) -> SessionClock | None:
    """How long the sign-in of this request still lasts; None for a visitor."""
    session = of(request)
    return SessionClock.of(session, at) if session else None


def end_all(
    person: Person,
    *,
    by: Person | None,
    at: datetime,
    besides: Session | None = None,
    key: Key | None = None,
    kind: Session.Kind | None = None,
) -> int:
    """Signs a person out everywhere: at once, in every browser, except in ``besides``. How many sign-ins ended.

    ``key`` and ``kind`` narrow it down to the sign-ins by that card, or to those as staff.
    """
    ending = Session.objects.filter(person=person)
    if besides is not None:
        ending = ending.exclude(pk=besides.pk)
    if key is not None:
        ending = ending.filter(key=key)
    if kind is not None:
        ending = ending.filter(kind=kind)
    with transaction.atomic():
        ended = list(ending.select_for_update())
        Session.objects.filter(pk__in=[session.pk for session in ended]).delete()
        for session in ended:
            record(by=by, verb="people.sign_in_ended", noun=session, at=at)
    return len(ended)


@transaction.atomic
def end(session: Session, *, by: Person | None, at: datetime) -> None:
    """Ends one sign-in at once."""
    if Session.objects.filter(pk=session.pk).delete()[0]:
        record(by=by, verb="people.sign_in_ended", noun=session, at=at)


def sign_out(request: HttpRequest, *, at: datetime) -> None:
    """Ends the sign-in of this browser, and forgets all that its session held."""
    session = of(request)
    with transaction.atomic():
        if session is not None:
            end(session, by=session.person, at=at)
        logout(request)


def touch(session: Session, at: datetime) -> None:
    """Remembers that the sign-in is used: to the minute (15 seconds on a shared computer), so that pages stay reads."""
    if at - session.last_seen_at >= _SEEN_EVERY[Session.Kind(session.kind)]:
        Session.objects.filter(pk=session.pk, last_seen_at__lt=at).update(last_seen_at=at)
        session.last_seen_at = at


def sweep(at: datetime) -> None:
    """The chore that removes sign-ins which have passed their latest end."""
    remove_ended(at)


class SessionLimitMiddleware:
    """Knows whose session it is by the one read that the session costs, and ends what has lasted long enough."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers as the person, or as a visitor where the session has ended; wipes a shared computer then."""
        store = request.session
        if not isinstance(store, SessionStore) or store.session_key is None:
            return self.get_response(request)
        at = clock.now()
        _recognise(request, store, at)
        if store.ended_row is not None and store.ended_row.kind == Session.Kind.SHARED:
            response: HttpResponseBase = HttpResponseRedirect(reverse("front:home"))
            shared_computers.wipe(request, response)
            return response
        response = self.get_response(request)
        if store.ended is not None and isinstance(response, HttpResponseRedirect):
            _say_that_it_ended(response)
        return response


def _say_that_it_ended(response: HttpResponseRedirect) -> None:
    """Lets the sign-in page tell why it is shown, where that is the page one is sent to."""
    if response.url.partition("?")[0] == reverse("people:sign_in"):
        response["Location"] = f"{response.url}{'&' if '?' in response.url else '?'}{ENDED}=1"


def _recognise(request: HttpRequest, store: SessionStore, at: datetime) -> None:
    """Puts the person of the session on the request, before anybody asks the database for them again."""
    store.accessed = True
    store.get("")  # reads the session, or finds that it has ended
    row = store.row
    if row is None or row.person is None:
        return
    if not row.person.is_active or row.person.erased_at is not None:
        store.flush()
        request._cached_user = AnonymousUser()  # type: ignore[attr-defined]  # where Django's middleware looks first
        return
    request._cached_user = row.person  # type: ignore[attr-defined]  # the same
    touch(row, at)
    told = SessionClock.of(row, at)
    setattr(request, "shared_computer" if told.is_shared else "session_limits", told)
