"""The desk calls, or speaks with, somebody who gave no address."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.events.actions.change_registration import enter_in_journal, held_anew
from digirum.events.actions.hold import holding
from digirum.events.models import CallAttempt, Registration
from digirum.events.rules import demand, may_serve
from digirum.people.models import Person


def note_call(
    *, by: Person, at: datetime, registration: Registration, outcome: CallAttempt.Outcome | str
) -> CallAttempt:
    """Notes one attempt about the open offer, so that colleagues see it. A yes or no is ``accept_offer``'s matter."""
    with holding(registration.occurrence_id) as held:
        registration = held_anew(held, registration)
        demand(may_serve(by, held, at=at))
        offer = registration.open_offer
        if offer is None:
            raise Refused(_("No seat is offered here any more. Take the next on the list."), code="no-offer")
        attempt = CallAttempt.objects.create(offer=offer, outcome=CallAttempt.Outcome(outcome), by=by, at=at)
        enter_in_journal("events.called", registration, by=by, at=at)
        return attempt
