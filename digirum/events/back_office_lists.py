"""What the back office only reads of the programme: who comes, offers, check-ins, calls; times called off and moved."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from digirum.base import clock
from digirum.events.back_office import RegistrationFilters
from digirum.events.models import (
    CallAttempt,
    CheckIn,
    Event,
    Occurrence,
    OccurrenceCancellation,
    OccurrenceMove,
    Offer,
    Registration,
)
from digirum.events.models.reach import MAKERS
from digirum.people.back_office import ActViewSet
from digirum.people.models import Person, Role


def said(moment: datetime | None) -> str:
    """Day and time as the lists show them."""
    return formats.date_format(clock.local(moment), "Y-m-d H:i") if moment else ""


class ReadViewSet(ActViewSet):
    """A noun that is only read here: what is done with it is done at the desk, or by the room."""

    verbs: ClassVar[tuple[str, ...]] = ()
    roles: ClassVar[tuple[Role, ...]] = MAKERS
    form_fields: ClassVar[list[str]] = []
    to_time: ClassVar[str] = "occurrence"
    of_desk: ClassVar[bool] = True

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Nobody writes it here."""
        return False

    def rows_for(self, rows: models.QuerySet[Any], person: Person, *, at: datetime) -> models.QuerySet[Any]:
        """Who comes is seen by the own desk alone; what has become of times, by those who make the programme."""
        times = Occurrence.objects.served_by(person, at=at)
        if not self.of_desk:
            times = Occurrence.objects.filter(event__in=Event.objects.editable_by(person, at=at).values("pk"))
        return rows.filter(**{f"{self.to_time}__in": times.values("pk")}).select_related(f"{self.to_time}__event")


def _person(registration: Registration) -> str:
    return registration.person.pseudonym if registration.person else gettext("signed up at the desk")


class RegistrationViewSet(ReadViewSet):
    """Who comes, for the desk's own centre."""

    model = Registration
    name = "events_sign_ups"
    url_prefix = "sign-ups"
    icon = "group"
    list_display: ClassVar[list[Any]] = [
        Column("occurrence", label=_("Occurrence"), accessor="occurrence"),
        Column("who", label=_("Who"), accessor=_person),
        Column("seats", label=_("Seats")),
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("line", label=_("Number in line")),
        Column("made", label=_("Signed up"), accessor=lambda one: said(one.made_at), sort_key="made_at"),
    ]
    filterset_class = RegistrationFilters
    search_fields: ClassVar[list[str]] = ["person__pseudonym", "occurrence__event__name_sv"]
    ordering: ClassVar[list[str]] = ["-made_at", "-id"]

    def rows_for(self, rows: models.QuerySet[Any], person: Person, *, at: datetime) -> models.QuerySet[Any]:
        """With the names in the room."""
        return super().rows_for(rows, person, at=at).select_related("person")


class OfferViewSet(ReadViewSet):
    """Freed seats that were offered."""

    model = Offer
    name = "events_offers"
    url_prefix = "offers"
    icon = "mail"
    to_time = "registration__occurrence"
    list_display: ClassVar[list[Any]] = [
        Column("registration", label=_("Occurrence"), accessor="registration.occurrence"),
        Column("line", label=_("Number in line"), accessor="registration.line"),
        Column("seats", label=_("Seats")),
        Column("until", label=_("Stands until"), accessor=lambda one: said(one.expires_at), sort_key="expires_at"),
        Column("get_answer_display", label=_("Answer"), sort_key="answer"),
    ]
    list_filter: ClassVar[list[str]] = ["answer"]
    search_fields: ClassVar[list[str]] = ["registration__occurrence__event__name_sv"]


class CheckInViewSet(ReadViewSet):
    """Who has come."""

    model = CheckIn
    name = "events_check_ins"
    url_prefix = "check-ins"
    icon = "check"
    to_time = "registration__occurrence"
    list_display: ClassVar[list[Any]] = [
        Column("registration", label=_("Occurrence"), accessor="registration.occurrence"),
        Column("line", label=_("Number in line"), accessor="registration.line"),
        Column("arrived", label=_("How many came")),
        Column("when", label=_("When"), accessor=lambda one: said(one.at), sort_key="at"),
    ]
    search_fields: ClassVar[list[str]] = ["registration__occurrence__event__name_sv"]
    ordering: ClassVar[list[str]] = ["-at", "-id"]


class CallViewSet(ReadViewSet):
    """Calls that the desk has made about an offered seat."""

    model = CallAttempt
    name = "events_calls"
    url_prefix = "calls"
    icon = "comment"
    to_time = "offer__registration__occurrence"
    list_display: ClassVar[list[Any]] = [
        Column("offer", label=_("Occurrence"), accessor="offer.registration.occurrence"),
        Column("get_outcome_display", label=_("Outcome"), sort_key="outcome"),
        Column("when", label=_("When"), accessor=lambda one: said(one.at), sort_key="at"),
    ]
    list_filter: ClassVar[list[str]] = ["outcome"]
    search_fields: ClassVar[list[str]] = ["offer__registration__occurrence__event__name_sv"]


class CancellationViewSet(ReadViewSet):
    """Times that were called off, and why."""

    model = OccurrenceCancellation
    name = "events_cancellations"
    url_prefix = "cancellations"
    icon = "cross"
    of_desk = False
    list_display: ClassVar[list[Any]] = [
        Column("occurrence", label=_("Occurrence")),
        Column("reason", label=_("Reason")),
        Column("when", label=_("When"), accessor=lambda one: said(one.at), sort_key="at"),
    ]
    search_fields: ClassVar[list[str]] = ["reason", "occurrence__event__name_sv"]
    ordering: ClassVar[list[str]] = ["-at", "-id"]


class MoveViewSet(ReadViewSet):
    """Times that were moved."""

    model = OccurrenceMove
    name = "events_moves"
    url_prefix = "moves"
    icon = "redirect"
    of_desk = False
    list_display: ClassVar[list[Any]] = [
        Column("occurrence", label=_("Occurrence")),
        Column("before", label=_("Started before"), accessor=lambda one: said(one.from_starts_at)),
        Column("when", label=_("When"), accessor=lambda one: said(one.at), sort_key="at"),
    ]
    search_fields: ClassVar[list[str]] = ["occurrence__event__name_sv"]
