"""The nouns of place: centres, their hours, what they help with."""

from digirum.place.models.centre import AccessibilityFact, Centre, Drawing, SpokenLanguage
from digirum.place.models.help import CentreHelp
from digirum.place.models.hours import ClosedDay, HoursPeriod, WeeklyHours
from digirum.place.models.weekday import Weekday

__all__ = [
    "AccessibilityFact",
    "Centre",
    "CentreHelp",
    "ClosedDay",
    "Drawing",
    "HoursPeriod",
    "SpokenLanguage",
    "Weekday",
    "WeeklyHours",
]
