"""The nouns of the programme: events, when they happen, and who comes."""

from digirum.events.models.event import Attendance, Event, Kind
from digirum.events.models.fact import AccessFact, EventAccess, EventLanguage, SpokenLanguage
from digirum.events.models.occurrence import (
    FEW,
    LAST_HOUR,
    LONGEST,
    Availability,
    Occurrence,
    OccurrenceCancellation,
    OccurrenceMove,
)
from digirum.events.models.registration import (
    ACTIVE,
    LONGEST_OFFER,
    SEATED,
    Answer,
    CallAttempt,
    CheckIn,
    Offer,
    Registration,
    State,
)

__all__ = [
    "ACTIVE",
    "FEW",
    "LAST_HOUR",
    "LONGEST",
    "LONGEST_OFFER",
    "SEATED",
    "AccessFact",
    "Answer",
    "Attendance",
    "Availability",
    "CallAttempt",
    "CheckIn",
    "Event",
    "EventAccess",
    "EventLanguage",
    "Kind",
    "Occurrence",
    "OccurrenceCancellation",
    "OccurrenceMove",
    "Offer",
    "Registration",
    "SpokenLanguage",
    "State",
]
