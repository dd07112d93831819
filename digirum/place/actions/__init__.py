"""What is done with centres."""

from digirum.place.actions.centres import add_centre, change_centre, remove_centre
from digirum.place.actions.facts import offer_language, state_fact, withdraw_fact, withdraw_language
from digirum.place.actions.help import remove_help, set_help
from digirum.place.actions.hours import (
    add_period,
    change_period,
    close_day,
    remove_opening,
    remove_period,
    reopen_day,
    set_opening,
    set_weekly_hours,
)

__all__ = [
    "add_centre",
    "add_period",
    "change_centre",
    "change_period",
    "close_day",
    "offer_language",
    "remove_centre",
    "remove_help",
    "remove_opening",
    "remove_period",
    "reopen_day",
    "set_help",
    "set_opening",
    "set_weekly_hours",
    "state_fact",
    "withdraw_fact",
    "withdraw_language",
]
