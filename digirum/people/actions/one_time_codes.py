"""One-time codes: made, and used once before they are too old or guessed at too often.

Tries are counted by a conditional update of the row, so that guesses sent at the same moment count one by one; a counter
in the session would let them all pass. The code is drawn from the row's random id and the room's secret, so that
neither the database nor a queued message holds one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.record import record
from digirum.people import rules
from digirum.people.models import OneTimeCode, Person, Purpose

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 letters and digits that nobody mistakes for one another
LONG = 16  # letters of a code that is not tied to a browser: 80 bits
BY_MAIL = timedelta(minutes=15)
BY_HAND = timedelta(minutes=30)
TRIES = 5
BY_HAND_PURPOSES = (Purpose.RESCUE, Purpose.DEMO)


def code_of(row: OneTimeCode) -> str:
    """The code itself: six digits for an e-mail, four groups of four letters for one that is given by hand."""
    number = int(salted_hmac("digirum.people.one_time_code", str(row.id), algorithm="sha256").hexdigest(), 16)
    if row.purpose not in BY_HAND_PURPOSES:
        return f"{number % 1_000_000:06d}"
    letters = "".join(ALPHABET[(number >> 5 * place) % 32] for place in range(LONG))
    return "-".join(letters[place : place + 4] for place in range(0, LONG, 4))


def make_code(
    *, purpose: Purpose, person: Person | None, at: datetime, email: str = "", lifetime: timedelta = BY_MAIL
) -> OneTimeCode:
    """A new code. ``person`` None makes one that nothing fits, for an address that nobody has added."""
    return OneTimeCode.objects.create(
        purpose=purpose, person=person, email=email, made_at=at, expires_at=at + lifetime, most_tries=TRIES
    )


def use_code(*, identifier: UUID | str | None, typed: str, purpose: Purpose, at: datetime) -> OneTimeCode:
    """Uses the code of one row, whose id the browser's session holds.

    Refused with "too-old" where the row cannot be used any more, with "wrong" where the code does not fit: a wrong try
    counts even though the act is refused, so call this outside of a transaction that would take it back.
    """
    usable = OneTimeCode.objects.usable_at(at).filter(purpose=purpose)
    if identifier is None or not usable.filter(pk=identifier).update(tries=F("tries") + 1):
        raise Refused(_("This code is too old, or was tried too often. Ask for a new one."), code="too-old")
    row = OneTimeCode.objects.select_related("person").get(pk=identifier)
    fits = constant_time_compare(_plain(typed), _plain(code_of(row)))
    if not fits or row.person is None:
        raise Refused(
            _("That is not the code. Look at the latest e-mail and type its six digits."), code="wrong", field="code"
        )
    return _used(row, at)


def use_code_given_by_hand(*, typed: str, at: datetime, demo: bool) -> OneTimeCode:
    """Uses a long code from a command or an administrator, typed on any computer. ``demo`` lets the demo's codes in."""
    purposes = BY_HAND_PURPOSES if demo else (Purpose.RESCUE,)
    waiting = OneTimeCode.objects.filter(purpose__in=purposes, used_at__isnull=True, expires_at__gt=at)
    for row in waiting.select_related("person"):
        if constant_time_compare(_plain(typed), _plain(code_of(row))):
            return _used(row, at)
    raise Refused(
        _("This code does not work. It may be too old or used already. Ask for a new one."), code="wrong", field="code"
    )


@transaction.atomic
def let_in(*, by: Person | None, person: Person, at: datetime) -> str:
    """A code with which ``person`` signs in once, strongly, within half an hour; to be handed over in person.

    For staff who have no strong way in yet, or lost it. Only an administrator makes one (or a command on the server).
    """
    if by is not None and not rules.may_let_in(by, at=at):
        raise NotAllowed(_("Only an administrator can let somebody in. Ask one."), code="not-allowed")
    if not person.is_active:
        raise Refused(_("This person can no longer sign in. Choose another person."), code="inactive")
    row = make_code(purpose=Purpose.RESCUE, person=person, at=at, lifetime=BY_HAND)
    record(by=by, verb="people.code_made", noun=row, at=at)
    return code_of(row)


@transaction.atomic
def demo_code(*, person: Person, at: datetime) -> str:
    """A code for a person of the demo room. The page takes it in the demo and from the same computer only."""
    row = make_code(purpose=Purpose.DEMO, person=person, at=at, lifetime=BY_HAND)
    record(by=None, verb="people.code_made", noun=row, at=at)
    return code_of(row)


def dispose_of_codes(at: datetime) -> None:
    """Chore: deletes what was too old a day ago."""
    OneTimeCode.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()


def _plain(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _used(row: OneTimeCode, at: datetime) -> OneTimeCode:
    """Marks the row used; of two that come at once, one is refused."""
    if not OneTimeCode.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=at):
        raise Refused(_("This code has been used already. Ask for a new one."), code="too-old")
    row.used_at = at
    return row
