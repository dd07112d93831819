"""An e-mail address: adding one that is shown to be the person's, signing in by it, taking it away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from digirum.base import news
from digirum.base.refusal import Refused
from digirum.people import ways_in
from digirum.people.actions import one_time_codes
from digirum.people.models import OneTimeCode, Person, Purpose
from digirum.people.tasks import send_code


@transaction.atomic
def ask_for_sign_in_code(*, email: str, at: datetime) -> OneTimeCode:
    """Sends a code to the address if it is somebody's. What comes back, and how long it takes, is the same if not."""
    address = normal(email)
    person = Person.objects.filter(email=address, is_active=True).first() if address else None
    return _send(Purpose.SIGN_IN, person, address, at)


@transaction.atomic
def ask_to_add_address(*, by: Person, email: str, at: datetime) -> OneTimeCode:
    """Sends a code to a new address. Whether somebody else has it is told only to who can read its mail."""
    ways_in.check_may_change(by, at=at)
    address = normal(email)
    if address == by.email:
        raise Refused(_("This address is yours already. Nothing has to be done."), code="already-yours", field="email")
    return _send(Purpose.ADDRESS, by, address, at)


def confirm_address(*, by: Person, identifier: UUID | str | None, typed: str, at: datetime) -> Person:
    """The code has arrived, so the address is the person's: it replaces an earlier one and is a way to sign in."""
    row = one_time_codes.use_code(identifier=identifier, typed=typed, purpose=Purpose.ADDRESS, at=at)
    if row.person_id != by.pk:
        raise Refused(_("This code is for another account. Ask for a new one."), code="too-old")
    try:
        return _add(by=by, address=row.email, at=at)
    except IntegrityError:
        raise Refused(
            _("Somebody else signs in with this address. Sign in with it instead, or choose another address."),
            code="taken",
            field="email",
        ) from None


@transaction.atomic
def _add(*, by: Person, address: str, at: datetime) -> Person:
    person = Person.objects.locked(by)
    ways_in.check_may_change(by, at=at)
    before = person.email
    person.email = address
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    ways_in.changed(by=by, person=person, verb="people.email_added", at=at)
    if before:
        news.tell(person=person, kind="people.email_changed", at=at, key=f"people.email_changed:{person.pk}:{at}")
    by.email = address
    return person


@transaction.atomic
def remove_address(*, by: Person, at: datetime) -> Person:
    """Takes the address away. Refused where it is the only way in, or where time codes need it."""
    person = Person.objects.locked(by)
    ways_in.check_may_change(by, at=at)
    if not person.email:
        raise Refused(_("There is no e-mail address to take away."), code="none")
    if ways_in.has_time_codes(person):
        raise Refused(
            _("Your time codes need the address. Turn them off first, then take the address away."), code="needed"
        )
    ways_in.check_another_remains(person, without=ways_in.EMAIL)
    person.email = ""
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    ways_in.changed(by=by, person=person, verb="people.email_removed", at=at)
    by.email = ""
    return person


def normal(email: str) -> str:
    """The address as it is compared and kept: in lower case, without space around it."""
    return email.strip().lower()


def _send(purpose: Purpose, person: Person | None, address: str, at: datetime) -> OneTimeCode:
    row = one_time_codes.make_code(purpose=purpose, person=person, email=address, at=at)
    language = translation.get_language() or "sv"
    transaction.on_commit(lambda: send_code.enqueue(str(row.id), language))
    return row
