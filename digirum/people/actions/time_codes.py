"""Time codes (TOTP, RFC 6238): six digits from an app, beside the e-mail code."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.people import ways_in
from digirum.people.models import Person

LAST_USED = "last_counter"
DRIFT = 1  # periods that a clock may go wrong


@transaction.atomic
def add_time_codes(*, by: Person, secret: str, typed: str, at: datetime) -> Authenticator:
    """Keeps the seed, encrypted, once a code shows that the app has it too. An earlier app stops working."""
    person = Person.objects.locked(by)
    ways_in.check_may_change(by, at=at)
    if not person.email:
        raise Refused(
            _("Add an e-mail address first: a time code is asked for after the code in the e-mail."), code="no-email"
        )
    counter = _counter(secret, typed, at)
    if counter is None:
        raise _wrong()
    Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
    added: Authenticator = auth.TOTP.activate(person, secret).instance
    _remember(added, counter)
    ways_in.changed(by=by, person=person, verb="people.time_codes_added", at=at)
    return added


@transaction.atomic
def remove_time_codes(*, by: Person, at: datetime) -> None:
    """From now on the e-mail code is enough to sign in, and no longer strong enough for a role."""
    person = Person.objects.locked(by)
    ways_in.check_may_change(by, at=at)
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()[0]:
        raise Refused(_("There are no time codes to turn off."), code="none")
    ways_in.changed(by=by, person=person, verb="people.time_codes_removed", at=at)


@transaction.atomic
def use_time_code(*, person: Person, typed: str, at: datetime) -> None:
    """Checks a time code. Each counts once, in every process: the counter last used is kept with the seed."""
    app = Authenticator.objects.select_for_update().filter(user=person, type=Authenticator.Type.TOTP).first()
    if app is None:
        raise _wrong()
    counter = _counter(decrypt(app.data["secret"]), typed, at)
    if counter is None or counter <= app.data.get(LAST_USED, 0):
        raise _wrong()
    _remember(app, counter)
    app.record_usage()


def _remember(app: Authenticator, counter: int) -> None:
    app.data = {**app.data, LAST_USED: counter}
    app.save(update_fields=["data"])


def _counter(secret: str, typed: str, at: datetime) -> int | None:
    """The period whose code was typed; None where none nearby fits."""
    digits = "".join(letter for letter in typed if letter.isdecimal())
    now = int(at.timestamp()) // app_settings.TOTP_PERIOD
    for counter in range(now - DRIFT, now + DRIFT + 1):
        if constant_time_compare(digits, auth.format_hotp_value(auth.hotp_value(secret, counter))):
            return counter
    return None


def _wrong() -> Refused:
    return Refused(
        _("That is not the code. Wait until the app shows a new one, and type it."), code="wrong", field="code"
    )
