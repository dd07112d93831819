"""Calling an occurrence off."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.audience import Audience
from digirum.base.refusal import Refused
from digirum.events.actions.answer_offer import close
from digirum.events.actions.change_registration import move_to
from digirum.events.actions.check import check_on
from digirum.events.actions.hold import count, holding, show_anew
from digirum.events.actions.news import tell_party
from digirum.events.models import Answer, Occurrence, OccurrenceCancellation, Offer, Registration, State
from digirum.events.rules import demand, may_edit
from digirum.journal.record import record
from digirum.people.models import Person


def cancel_occurrence(
    *, by: Person | None, at: datetime, occurrence: Occurrence, reason: str
) -> OccurrenceCancellation:
    """Calls it off for a reason that everyone reads, and tells all who signed up or wait. It stays in the calendar,
    crossed out; registrations stay as they are, so that one sees what one had signed up for."""
    with holding(occurrence.pk) as held:
        if by is not None:
            demand(may_edit(by, held.event, at=at))
        if held.is_cancelled:
            raise Refused(_("This has been called off already. You need do nothing."), code="already-cancelled")
        check_on(held, at)
        reason = reason.strip()
        if not reason:
            raise Refused(
                _("Write why it is called off. Those who signed up will read it."), code="reason-needed", field="reason"
            )
        if len(reason) > 300:
            raise Refused(_("Write the reason in at most 300 characters."), code="reason-too-long", field="reason")
        cancellation = OccurrenceCancellation.objects.create(occurrence=held, reason=reason, by=by, at=at)
        held.revision += 1
        held.changed_at = at
        held.save(update_fields=["revision", "changed_at"])
        record(by=by, verb="events.occurrence_cancelled", noun=held, at=at, audience=Audience.PUBLIC)
        _withdraw_offers(held, at)
        for registration in Registration.objects.active().filter(occurrence=held).select_related("person"):
            registration.occurrence = held
            tell_party(registration, "events.occurrence_cancelled", at=at, key=str(registration.pk), reason=reason)
        show_anew(held.event)
        return cancellation


def _withdraw_offers(held: Occurrence, at: datetime) -> None:
    for offer in Offer.objects.open().filter(registration__occurrence=held).select_related("registration"):
        close(offer, Answer.WITHDRAWN, at)
        count(held, seats=-offer.registration.seats, waiting=1)
        move_to(offer.registration, State.WAITING, at)
