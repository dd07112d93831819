"""What the programme gives to the house: the worker's chores, the kinds of notices, export, erasure, personal data."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digirum.base.registries import (
    Chore,
    Erasure,
    Export,
    PersonalData,
    chores,
    erasures,
    exports,
    personal_data,
)
from digirum.events.actions import expire_offers, forget_past_registrations, forget_person
from digirum.events.models import Registration
from digirum.notices.kinds import NoticeKind, kinds


def register() -> None:
    """Called once, when the apps are loaded."""
    chores.register(Chore("events.expire_offers", every=30, run=_expire_offers))
    chores.register(Chore("events.forget_past_registrations", every=3600, run=_forget))
    exports.register(Export("events", export))
    # Before the person is gone, and before notices are deleted: seats that are given back go to the line first.
    erasures.register(Erasure("events", forget_person, order=30))
    for kind in NOTICES:
        kinds.register(kind)
    for declaration in PERSONAL_DATA:
        personal_data.register(declaration)


NOTICES = (
    NoticeKind(
        "events.registered",
        title=_("You have a seat: %(event)s"),
        text=_("You have signed up for %(event)s on %(start)s. Cancel if you cannot come, so that somebody else can."),
        link=_("See when and where"),
    ),
    NoticeKind(
        "events.stood_in_line",
        title=_("You stand in line: %(event)s"),
        text=_("The desk has put you in line for %(event)s on %(start)s. You are told when a seat becomes free."),
        link=_("See your place in line"),
    ),
    NoticeKind(
        "events.seat_offered",
        title=_("A seat is free: %(event)s"),
        text=_("A seat has become free for you at %(event)s on %(start)s. Say yes before %(until)s, or it goes on."),
        link=_("Say yes or no"),
        urgent=True,
    ),
    NoticeKind(
        "events.seat_given",
        title=_("You got a seat: %(event)s"),
        text=_("You stood in line for %(event)s on %(start)s and have a seat now. Cancel if you cannot come."),
        link=_("See when and where"),
        urgent=True,
    ),
    NoticeKind(
        "events.offer_lapsed",
        title=_("The seat went on: %(event)s"),
        text=_("You had a seat offered at %(event)s on %(start)s, and the time for an answer is over. You can sign up "
               "again."),
        link=_("Sign up again"),
    ),
    NoticeKind(
        "events.occurrence_cancelled",
        title=_("Called off: %(event)s"),
        text=_("%(event)s on %(start)s is called off. The reason: %(reason)s"),
        link=_("Read more"),
        urgent=True,
    ),
    NoticeKind(
        "events.occurrence_moved",
        title=_("New time: %(event)s"),
        text=_("%(event)s on %(before)s is moved to %(start)s. You keep your seat or your place in line. Cancel if the "
               "new time does not suit you."),
        link=_("See the new time"),
        urgent=True,
    ),
)  # fmt: skip

_BASIS = _("Public interest: the service that the person asked for.")
_KEPT = _("Until 90 days after the event, or until the person erases the account.")
_UNLINKED = _("The link to the person is removed; a number of seats stays.")
_DESK = _("The person; those who work at that centre's desk.")

PERSONAL_DATA = (
    PersonalData(
        model="events.Registration",
        field="person",
        purpose=_("To keep a seat, and the order of the line, for the one who signed up."),
        basis=_BASIS,
        seen_by=_DESK,
        kept=_KEPT,
        then=_UNLINKED,
    ),
    PersonalData(
        model="events.Registration",
        field="registered_by",
        purpose=_("To know who at the desk signed somebody up, if it has to be put right."),
        basis=_BASIS,
        seen_by=_("Those who work at that centre's desk."),
        kept=_KEPT,
        then=_UNLINKED,
    ),
    PersonalData(
        model="events.Registration",
        field="slip_digest",
        purpose=_("To let whoever holds a printed slip cancel. Only a fingerprint of the code is kept."),
        basis=_BASIS,
        seen_by=_("Nobody."),
        kept=_KEPT,
        then=_("Deleted."),
    ),
    PersonalData(
        model="events.CheckIn",
        field="by",
        purpose=_("To know who at the desk ticked a party off, if it has to be put right."),
        basis=_BASIS,
        seen_by=_("Those who work at that centre's desk."),
        kept=_KEPT,
        then=_UNLINKED,
    ),
    PersonalData(
        model="events.CallAttempt",
        field="by",
        purpose=_("To let colleagues see that somebody has called already."),
        basis=_BASIS,
        seen_by=_("Those who work at that centre's desk."),
        kept=_KEPT,
        then=_("Deleted."),
    ),
    PersonalData(
        model="events.OccurrenceCancellation",
        field="by",
        purpose=_("To know who called something off, and when."),
        basis=_BASIS,
        seen_by=_("Those who plan that centre's programme."),
        kept=_("As long as the event is in the programme, or until the person erases the account."),
        then=_UNLINKED,
    ),
    PersonalData(
        model="events.OccurrenceMove",
        field="by",
        purpose=_("To know who moved something, and when."),
        basis=_BASIS,
        seen_by=_("Those who plan that centre's programme."),
        kept=_("As long as the event is in the programme, or until the person erases the account."),
        then=_UNLINKED,
    ),
    PersonalData(
        model="events.Event",
        field="contact",
        purpose=_("To let visitors ask about an event. A role or a shared address, if possible."),
        basis=_BASIS,
        seen_by=_("Everyone."),
        kept=_("As long as the event is in the programme."),
        then=_("Deleted with the event."),
    ),
)


def export(person: UUID) -> object:
    """What the person has signed up for, with what became of it."""
    mine = Registration.objects.filter(person=person).select_related("occurrence__event", "check_in")
    return [
        {
            "event": str(registration.occurrence.event),
            "starts": registration.occurrence.starts_at.isoformat(),
            "signed_up": registration.made_at.isoformat(),
            "seats": registration.seats,
            "state": registration.get_state_display(),
            "came": registration.check_in.arrived if hasattr(registration, "check_in") else None,
        }
        for registration in mine.order_by("made_at", "pk")
    ]


def _expire_offers(at: datetime) -> None:
    expire_offers(at)


def _forget(at: datetime) -> None:
    forget_past_registrations(at)
