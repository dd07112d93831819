"""What pages ask of several nouns at once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from digirum.events.models import Occurrence, OccurrenceMove, Registration, State
from digirum.events.models.occurrence import OccurrenceQuerySet
from digirum.events.models.registration import ACTIVE, RegistrationQuerySet, without_address
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


def not_reached(changed: OccurrenceQuerySet, at: datetime) -> list[tuple[Occurrence, int]]:
    """What lies ahead and was called off or moved while people without an address were signed up, the next first.

    With each, for how many people that was: only the desk can tell them.
    """
    moved = OccurrenceMove.objects.filter(occurrence=OuterRef("pk")).order_by("-at", "-id").values("at")[:1]
    active = Q(registrations__state__in=ACTIVE, registrations__made_at__lte=F("told_at"))
    found = (
        changed.upcoming(at)
        .with_event()
        .annotate(told_at=Coalesce("cancellation__at", Subquery(moved)))
        .filter(told_at__isnull=False)
        .annotate(unreached=Sum("registrations__seats", filter=active & without_address("registrations__"), default=0))
        .filter(unreached__gt=0)
    )
    numbers = dict(found.values_list("pk", "unreached"))
    return [(occurrence, numbers[occurrence.pk]) for occurrence in found if occurrence.pk in numbers]
