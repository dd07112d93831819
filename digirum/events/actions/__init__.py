"""What is done in the programme."""

from digirum.events.actions.add_occurrences import AS_EVENT, add_occurrence, add_series
from digirum.events.actions.answer_offer import accept_offer, decline_offer
from digirum.events.actions.cancel_by_slip import cancel_by_slip, find_slip
from digirum.events.actions.cancel_occurrence import cancel_occurrence
from digirum.events.actions.cancel_registration import cancel_registration
from digirum.events.actions.change_capacity import CapacityChange, change_capacity
from digirum.events.actions.change_seats import change_seats
from digirum.events.actions.check_in import check_in, undo_check_in
from digirum.events.actions.expire_offers import expire_offers
from digirum.events.actions.forget import forget_past_registrations, forget_person
from digirum.events.actions.give_away_seat import give_away_seat
from digirum.events.actions.move_occurrence import move_occurrence
from digirum.events.actions.note_call import note_call
from digirum.events.actions.publish_event import publish_event, unpublish_event
from digirum.events.actions.register import join_waiting_list, register
from digirum.events.actions.register_on_behalf import Slip, register_on_behalf
from digirum.events.actions.register_walk_in import register_walk_in
from digirum.events.actions.write_event import EventConflict, create_event, revise_event
from digirum.events.facts import EventFacts

__all__ = [
    "AS_EVENT",
    "CapacityChange",
    "EventConflict",
    "EventFacts",
    "Slip",
    "accept_offer",
    "add_occurrence",
    "add_series",
    "cancel_by_slip",
    "cancel_occurrence",
    "cancel_registration",
    "change_capacity",
    "change_seats",
    "check_in",
    "create_event",
    "decline_offer",
    "expire_offers",
    "find_slip",
    "forget_past_registrations",
    "forget_person",
    "give_away_seat",
    "join_waiting_list",
    "move_occurrence",
    "note_call",
    "publish_event",
    "register",
    "register_on_behalf",
    "register_walk_in",
    "revise_event",
    "undo_check_in",
    "unpublish_event",
]
