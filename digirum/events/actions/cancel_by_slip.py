"""Cancelling with the code of a printed slip: no key, no sign-in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from digirum.base import limits
from digirum.base.refusal import Refused
from digirum.base.requests import from_centre_network
from digirum.events import slips
from digirum.events.actions.cancel_registration import leave
from digirum.events.actions.change_registration import held_anew
from digirum.events.actions.hold import holding
from digirum.events.models import Registration

TRIES = "10/10m"
TRIES_AT_A_CENTRE = "200/10m"
# After this a slip is dead, like the list that it belonged to.
SLIP_OUTLIVES = timedelta(days=1)


def find_slip(*, code: str, client: str, at: datetime) -> Registration:
    """The registration that a slip is for, to be read back before it is cancelled.

    ``client`` is the visitor's address. Each look counts as a guess; an unknown code and one that is over read alike.
    """
    tries = TRIES_AT_A_CENTRE if from_centre_network(client) else TRIES
    if not limits.allow("events.slip", client, rate=tries):
        raise Refused(
            _("That was too many codes in a short time. Wait ten minutes, or ask at the desk."),
            code="too-many-guesses",
            field="code",
        )
    registration = (
        Registration.objects.filter(slip_digest__in=slips.digests(code), occurrence__ends_at__gt=at - SLIP_OUTLIVES)
        .select_related("occurrence__event", "occurrence__cancellation", "person")
        .first()
    )
    if registration is None:
        raise Refused(
            _("We do not know this code. Look at your slip and write the eight letters and numbers again."),
            code="unknown-slip",
            field="code",
        )
    return registration


def cancel_by_slip(*, code: str, client: str, at: datetime) -> Registration:
    """Cancels what the slip is for. Whoever holds the slip may; the journal names nobody."""
    found = find_slip(code=code, client=client, at=at)
    with holding(found.occurrence_id) as held:
        return leave(held, held_anew(held, found), by=None, at=at)
