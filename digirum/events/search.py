"""Finding events by the words that people use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from digirum.events.models import Event
from digirum.people.models import Person


def events_found(query: str, person: Person | None, at: datetime) -> Iterable[UUID]:
    """The events that match, of those that the person may see."""
    return Event.objects.filter(Q(name_sv__icontains=query) | Q(summary_sv__icontains=query)).values_list(
        "pk", flat=True
    )[:200]
