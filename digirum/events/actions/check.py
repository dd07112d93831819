"""What must hold before somebody gets a seat or a place in line, and the sentences for when it does not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digirum.base import clock
from digirum.base.refusal import Refused
from digirum.base.templatetags.words import say_day, say_time
from digirum.events.models import Occurrence, Registration
from digirum.people.models import Person

_DOUBLE = ("registration_one_active_a_person", "events_registration.occurrence_id, events_registration.person_id")


def check_on(held: Occurrence, at: datetime) -> None:
    """That the occurrence has not been called off and is not over."""
    if held.is_cancelled:
        raise Refused(_("This has been called off. Look in the programme for another time."), code="cancelled")
    if held.has_ended(at):
        raise Refused(_("This is over. Look in the programme for another time."), code="past")


def check_sign_up(held: Occurrence, at: datetime, *, at_the_desk: bool = False) -> None:
    """That one can sign up now. The desk may do it after sign-up has closed, until the start."""
    check_on(held, at)
    if not held.event.needs_registration:
        raise Refused(_("You do not need to sign up. Just come."), code="no-registration-needed")
    if not held.event.is_published:
        raise Refused(_("This is not in the programme yet. Come back later."), code="not-open")
    if held.registration_opens_at and at < held.registration_opens_at:
        opens = held.registration_opens_at
        day, time = say_day(clock.local_day(opens), clock.local_day(at)), say_time(opens)
        raise Refused(
            _("Sign-up opens %(day)s %(time)s. Come back then.") % {"day": day, "time": time}, code="not-open"
        )
    if at >= (held.starts_at if at_the_desk else held.registration_closes_at):
        raise Refused(_("Sign-up has closed. Ask at the desk whether there is a seat left."), code="closed")


def check_seats(held: Occurrence, seats: int) -> None:
    """That the number of seats is one that a party may have."""
    if seats < 1:
        raise Refused(_("Say how many seats you need: at least one."), code="seats-needed", field="seats")
    most = held.event.seats_per_person
    if held.capacity is not None:
        most = min(most, held.capacity)
    if seats > most:
        sentence = ngettext(
            "You can have one seat here. Choose one.",
            "You can have at most %(most)d seats here. Choose fewer.",
            most,
        )
        raise Refused(sentence % {"most": most}, code="too-many-seats", field="seats")


def others_first(held: Occurrence) -> bool:
    """Whether somebody in line could take what is free, so that a newcomer has to stand behind.

    An entry that needs more seats than are free is passed over: it keeps its place and stands in nobody's way.
    """
    if not held.waiting:
        return False
    return Registration.objects.filter(occurrence=held).in_line().fitting(held.seats_free).exists()


def check_not_signed_up(held: Occurrence, person: Person | None) -> None:
    """That the person has no seat, offer or place in line here yet. (The database's constraint has the last word.)"""
    if person is not None and Registration.objects.active().filter(occurrence=held, person=person).exists():
        raise _signed_up()


@contextmanager
def once_each() -> Iterator[None]:
    """Says in words when the database refuses a second registration of the same person. Stands around the transaction."""
    try:
        yield
    except IntegrityError as error:
        if any(mark in str(error) for mark in _DOUBLE):
            raise _signed_up() from error
        raise


def full(held: Occurrence) -> Refused:
    """The refusal when there are not so many seats free."""
    if held.seats_free:
        sentence = _("There are not that many seats left. Choose fewer, or stand in line.")
    else:
        sentence = _("All seats are taken. You can stand in line and get a seat when somebody cancels.")
    return Refused(sentence, code="full", field="seats")


def _signed_up() -> Refused:
    return Refused(_("You have signed up for this already. You find it on your page."), code="already-registered")
