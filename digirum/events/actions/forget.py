"""Who came where is nobody's business for longer than needed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from digirum.events.actions.cancel_registration import leave
from digirum.events.actions.hold import hold_all, show_anew
from digirum.events.models import CallAttempt, CheckIn, OccurrenceCancellation, OccurrenceMove, Registration
from digirum.journal.record import record

KEPT = timedelta(days=90)


def forget_past_registrations(at: datetime) -> int:
    """Takes persons, helpers, slips and calls away from registrations 90 days after it was over, a thousand at a time.

    What stays is a number: how many seats, how many came. Returns how many registrations were made anonymous.
    """
    with transaction.atomic():
        old = Registration.objects.filter(occurrence__ends_at__lte=at - KEPT)
        named = old.exclude(person=None, registered_by=None, slip_digest=None).order_by("pk")[:1000]
        registrations = list(named)
        pks = [registration.pk for registration in registrations]
        for registration in registrations:
            record(by=None, verb="events.registration_made_anonymous", noun=registration, at=at)
        CallAttempt.objects.filter(offer__registration__in=pks).delete()
        CheckIn.objects.filter(registration__in=pks).update(by=None)
        return Registration.objects.filter(pk__in=pks).update(person=None, registered_by=None, slip_digest=None)


def forget_person(person: UUID, at: datetime) -> None:
    """Erases what this room holds of one person: cancels what lies ahead (the seats go to the line), and unlinks the rest.

    Runs in the transaction of the erasure, or in one of its own.
    """
    with transaction.atomic():
        mine = Registration.objects.filter(person=person)
        ahead = mine.active().filter(occurrence__starts_at__gt=at).values_list("occurrence_id", flat=True)
        held = {occurrence.pk: occurrence for occurrence in hold_all(ahead)}
        seen_before = {pk: occurrence.availability for pk, occurrence in held.items()}
        for registration in mine.active().filter(occurrence__in=held, check_in=None).order_by("occurrence_id", "line"):
            registration.occurrence = held[registration.occurrence_id]
            leave(registration.occurrence, registration, by=None, at=at)
        for pk, occurrence in held.items():
            if occurrence.availability != seen_before[pk]:
                show_anew(occurrence.event)
        mine.update(person=None, slip_digest=None)
        Registration.objects.filter(registered_by=person).update(registered_by=None)
        for noun in (CheckIn, CallAttempt, OccurrenceCancellation, OccurrenceMove):
            noun.objects.filter(by=person).update(by=None)
