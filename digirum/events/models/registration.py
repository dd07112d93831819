"""Who comes: registrations, the line, offers of freed seats, check-ins, and the desk's calls."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from digirum.base import ids
from digirum.events.models.occurrence import Occurrence
from digirum.people.models import Person

LONGEST_OFFER = timedelta(hours=24)


class State(models.TextChoices):
    """Where a registration stands."""

    WAITING = "waiting", _("In line")
    OFFERED = "offered", _("A seat is offered")
    CONFIRMED = "confirmed", _("Has a seat")
    CANCELLED = "cancelled", _("Cancelled")
    LAPSED = "lapsed", _("Not answered in time")


ACTIVE = (State.WAITING, State.OFFERED, State.CONFIRMED)
SEATED = (State.OFFERED, State.CONFIRMED)


def without_address(prefix: str = "") -> Q:
    """That nobody but the desk reaches them: signed up there without data, or with a key alone."""
    return Q(**{f"{prefix}person__isnull": True}) | Q(**{f"{prefix}person__email": ""})


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """The list at the door, in its own words."""

    def active(self) -> Self:
        """Those that hold a seat, an offer or a place in line."""
        return self.filter(state__in=ACTIVE)

    def seated(self) -> Self:
        """Those whose seats are counted as taken: confirmed, or held by an open offer."""
        return self.filter(state__in=SEATED)

    def confirmed(self) -> Self:
        """Those who have a seat."""
        return self.filter(state=State.CONFIRMED)

    def in_line(self) -> Self:
        """Those who wait, the first first."""
        return self.filter(state=State.WAITING).order_by("line")

    def fitting(self, seats: int | None) -> Self:
        """Those who want at most so many seats (all when None)."""
        return self if seats is None else self.filter(seats__lte=seats)

    def of(self, person: Person) -> Self:
        """What one person signed up for."""
        return self.filter(person=person)

    def visible_to(self, person: Person | None, *, at: datetime) -> Self:
        """One's own, and those of the desks where one works. Nobody else's."""
        if person is None:
            return self.none()
        served = Occurrence.objects.served_by(person, at=at)
        return self.filter(Q(person=person) | Q(occurrence__in=served))

    def no_shows(self, at: datetime) -> Self:
        """Those who had a seat at something that is over and were not checked in."""
        return self.confirmed().filter(occurrence__ends_at__lte=at, check_in__isnull=True)

    def to_call(self, at: datetime) -> Self:
        """The desk's call list: open offers to those who gave no address, the most urgent first."""
        return (
            self.filter(state=State.OFFERED, offers__answered_at__isnull=True, offers__expires_at__gt=at)
            .filter(without_address())
            .order_by("offers__expires_at", "line")
        )


class Registration(models.Model):
    """Seats for one party at one occurrence. ``person`` is None for those the desk signed up without any data.

    ``line`` numbers the sign-ups of an occurrence in the order in which they came; who waits keeps it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    occurrence = models.ForeignKey(
        Occurrence, on_delete=models.PROTECT, related_name="registrations", verbose_name=_("occurrence")
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations", verbose_name=_("person")
    )
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    line = models.PositiveIntegerField(_("number in line"), editable=False)
    made_at = models.DateTimeField(_("signed up"))
    changed_at = models.DateTimeField(_("changed"))
    registered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("signed up by")
    )
    takes_seat_at_once = models.BooleanField(_("takes a freed seat without being asked"), default=False)
    walk_in = models.BooleanField(_("came without signing up"), default=False)
    slip_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - unique where there is one

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["occurrence", "line"]
        indexes = [
            models.Index(fields=["occurrence", "state", "line"], name="registration_in_line"),
            models.Index(fields=["person", "-made_at"], name="registration_of_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="registration_has_a_seat"),
            models.UniqueConstraint(fields=["occurrence", "line"], name="registration_line_once"),
            models.UniqueConstraint(
                fields=["occurrence", "person"],
                condition=Q(state__in=["waiting", "offered", "confirmed"]),
                name="registration_one_active_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.get_state_display()}"

    @property
    def is_active(self) -> bool:
        """Whether it holds a seat, an offer or a place in line."""
        return self.state in ACTIVE

    @property
    def open_offer(self) -> Offer | None:
        """The offer that waits for an answer."""
        return self.offers.open().first()

    @property
    def has_address(self) -> bool:
        """Whether the person can be reached outside the room."""
        return self.person is not None and bool(self.person.email)

    @property
    def seats_itself(self) -> bool:
        """Whether a freed seat is given without asking: chosen by somebody who cannot be reached."""
        chosen = self.takes_seat_at_once or (self.person is not None and self.person.accepts_automatically)
        return chosen and not self.has_address


class Answer(models.TextChoices):
    """How an offer ended."""

    ACCEPTED = "accepted", _("Yes")
    AUTOMATIC = "automatic", _("Taken without being asked")
    DECLINED = "declined", _("No")
    EXPIRED = "expired", _("No answer in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class OfferQuerySet(models.QuerySet["Offer"]):
    """Which offers stand."""

    def open(self) -> Self:
        """Those without an answer."""
        return self.filter(answered_at__isnull=True)

    def run_out(self, at: datetime) -> Self:
        """Those without an answer whose time is over."""
        return self.open().filter(expires_at__lte=at)


class Offer(models.Model):
    """A freed seat, offered to exactly one, for a time."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="offers")
    seats = models.PositiveSmallIntegerField(_("seats"))
    made_at = models.DateTimeField(_("offered"))
    expires_at = models.DateTimeField(_("stands until"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(answered_at__isnull=True), name="offer_open_by_expiry")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="offer_has_a_seat"),
            models.CheckConstraint(condition=Q(expires_at__gte=F("made_at")), name="offer_ends_after_it_is_made"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="offer_answer_with_its_time",
            ),
            models.UniqueConstraint(
                fields=["registration"], condition=Q(answered_at__isnull=True), name="offer_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seats} → {self.registration}"


class CheckIn(models.Model):
    """That a party has come."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="check_in")
    arrived = models.PositiveSmallIntegerField(_("how many came"))
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        constraints = [models.CheckConstraint(condition=Q(arrived__gte=1), name="check_in_somebody_came")]

    def __str__(self) -> str:
        return f"{self.arrived} · {self.registration}"


class CallAttempt(models.Model):
    """That the desk tried to reach somebody who gave no address, about an offered seat."""

    class Outcome(models.TextChoices):
        NO_ANSWER = "no-answer", _("No answer")
        LEFT_WORD = "left-word", _("Left word")
        REACHED = "reached", _("Reached")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="calls")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.get_outcome_display()
