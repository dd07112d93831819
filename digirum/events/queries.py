"""What pages ask of several nouns at once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from digirum.events.models import Registration, State
from digirum.events.models.registration import RegistrationQuerySet
from digirum.people.models import Person


def position_in_line(registration: Registration) -> int | None:
    """How many stand in line up to and including this one (1: the first); None for who does not wait."""
    if registration.state != State.WAITING:
        return None
    ahead = Registration.objects.filter(
        occurrence=registration.occurrence_id, state=State.WAITING, line__lt=registration.line
    )
    return ahead.count() + 1


def my_registrations(person: Person, at: datetime) -> RegistrationQuerySet:
    """What one person has signed up for and is not over, the next first, with all that a row shows read at once."""
    return (
        Registration.objects.of(person)
        .active()
        .filter(occurrence__ends_at__gt=at)
        .select_related("occurrence__event__centre", "occurrence__centre", "occurrence__cancellation", "person")
        .prefetch_related("offers")
        .order_by("occurrence__starts_at", "pk")
    )


def held_at(centre: int | None) -> Q:
    """That an occurrence is held at the centre: by itself, or because its event is. Nothing where None."""
    if centre is None:
        return Q(pk__in=[])
    return Q(centre=centre) | Q(centre__isnull=True, place_name="", event__centre=centre)
