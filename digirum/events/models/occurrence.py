"""When an event happens, and how many seats there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from digirum.base import clock, ids, languages
from digirum.base.audience import Audience
from digirum.events.models.event import Event
from digirum.events.models.reach import Reach, below
from digirum.people.models import Person
from digirum.place.models import Centre

FEW = 3
LAST_HOUR = timedelta(hours=1)
KEY_FORMAT = "%Y-%m-%d-%H%M"


class Availability(models.TextChoices):
    """What the public sees of the seats. Coarse, so that cached pages live long and nobody counts heads."""

    UNLIMITED = "unlimited", _("Room for all")
    FREE = "free", _("Seats free")
    FEW = "few", _("Few seats left")
    FULL = "full", _("Full, waiting list")


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """The calendar's language."""

    def public(self) -> Self:
        """Of events that anybody sees."""
        return self.filter(shown_to=Audience.PUBLIC)

    def visible_to(self, person: Person | None, *, at: datetime) -> Self:
        """Of events that the person sees: decided on the row alone, but for those whose roles reach further."""
        reach = Reach.of(person, at)
        seen = Q(shown_to__in=sorted(reach.audiences))
        if reach.belongs_to:
            own = Event.objects.filter(organisation__in=reach.belongs_to).values("pk")
            seen |= Q(shown_to=Audience.ORGANISATION, event__in=own)
        if reach.editing:
            seen |= Q(event__in=Event.objects.filter(Event.objects.held_by(reach.editing)).values("pk"))
        return self.filter(seen)

    def seen_by_everyone(self, person: Person | None) -> Self:
        """Of events that this person sees without any role: what ``visible_to`` finds for nearly all, unasked."""
        signed_in = person is not None and person.is_active
        return self.filter(shown_to__in=(Audience.PUBLIC, Audience.SIGNED_IN) if signed_in else (Audience.PUBLIC,))

    def served_by(self, person: Person | None, *, at: datetime) -> Self:
        """Of events at whose desk the person works."""
        reach = Reach.of(person, at)
        events = Event.objects.filter(Event.objects.held_by(reach.desk)).values("pk")
        return self.filter(Q(event__in=events) | below("centre__organisation__path", reach.desk))

    def at_address(self, slug: str, key: str) -> Self:
        """The occurrence at ``/program/<slug>/<key>``, where ``key`` is the local start; none where it is no time."""
        start = start_of(key)
        return self.none() if start is None else self.filter(event__slug=slug, starts_at=start)

    def moved_from(self, slug: str, key: str) -> Self:
        """The occurrence that was at that address before it was moved, the latest mover first."""
        start = start_of(key)
        if start is None:
            return self.none()
        return self.filter(event__slug=slug, moves__from_starts_at=start).order_by("-moves__at")

    def upcoming(self, at: datetime) -> Self:
        """Those that have not ended, the next first."""
        return self.filter(ends_at__gt=at, starts_at__gt=at - LONGEST).in_order()

    def past(self, at: datetime) -> Self:
        """Those that have ended, the latest first."""
        return self.filter(ends_at__lte=at).order_by("-starts_at", "-id")

    def between(self, start: datetime, end: datetime) -> Self:
        """Those that begin from ``start`` until just before ``end``."""
        return self.filter(starts_at__gte=start, starts_at__lt=end).in_order()

    def in_order(self) -> Self:
        """By time; the id makes the order total, for paging by key."""
        return self.order_by("starts_at", "id")

    def after(self, starts_at: datetime, pk: object) -> Self:
        """The next page: those that come after this key in order."""
        return self.filter(Q(starts_at__gt=starts_at) | Q(starts_at=starts_at, pk__gt=pk), starts_at__gte=starts_at)

    def for_acts(self) -> Self:
        """With what acts on seats need to know of the event: not its many long texts, read only when asked for."""
        return self.select_related("event", "cancellation").only(*_for_acts())

    def with_event(self) -> Self:
        """With event, place and cancellation read in the same query."""
        return self.select_related("event", "event__centre", "centre", "cancellation")


def start_of(key: str) -> datetime | None:
    """The moment that the last part of an address tells; None where it tells none."""
    try:
        return datetime.strptime(key, KEY_FORMAT).replace(tzinfo=clock.zone()).astimezone(UTC)
    except ValueError:
        return None


@cache
def _for_acts() -> tuple[str, ...]:
    of_event = (
        "slug", "audience", "organisation", "centre", "seats_per_person", "needs_registration", "published_at",
        "revision", "opens_days_before", "closes_hours_before", "name",
        *(f"name_{language.code.replace('-', '_')}" for language in languages.LANGUAGES),
    )  # fmt: skip
    own = (field.name for field in Occurrence._meta.concrete_fields)
    return (*own, *(f"event__{name}" for name in of_event), "cancellation__reason")


# No occurrence is longer than this; so a list of what goes on now can use the index on the start.
LONGEST = timedelta(days=14)


class Occurrence(models.Model):
    """One time that an event happens. ``capacity`` None means room for all.

    ``seats_taken`` counts the seats of confirmed registrations and of open offers. ``seat_ceiling`` is the larger of
    capacity and seats taken at the time when capacity was lowered, so that lowering throws nobody out and still no
    seat too many can ever be written.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="occurrences", verbose_name=_("event"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    seat_ceiling = models.PositiveIntegerField(null=True, blank=True, editable=False)
    seats_taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    waiting = models.PositiveIntegerField(_("in line"), default=0, editable=False)
    last_line = models.PositiveIntegerField(default=0, editable=False)
    registration_opens_at = models.DateTimeField(_("sign-up opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("sign-up closes"))
    centre = models.ForeignKey(
        Centre, verbose_name=_("other centre"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place_name = models.CharField(_("other place"), max_length=120, blank=True)
    address = models.CharField(_("its street address"), max_length=200, blank=True)
    # The event's audience while it is published, else empty. The acts keep it, so that the programme is read from one
    # index however many events there are: no database starts at the events then, and sorts.
    shown_to = models.CharField(max_length=20, blank=True, default="", editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("changed"))

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["starts_at", "id"], name="occurrence_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["event", "starts_at"], name="occurrence_once_at_a_time"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="occurrence_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_opens_at__lte=F("registration_closes_at")),
                name="occurrence_sign_up_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True, seat_ceiling__isnull=True)
                | Q(capacity__isnull=False, seat_ceiling__isnull=False, seat_ceiling__gte=F("capacity")),
                name="occurrence_ceiling_at_least_capacity",
            ),
            models.CheckConstraint(
                condition=Q(seat_ceiling__isnull=True) | Q(seats_taken__lte=F("seat_ceiling")),
                name="occurrence_no_seat_too_many",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.key}"

    @property
    def key(self) -> str:
        """The part of its address that tells the local start: ``2026-11-24-1300``."""
        return clock.local(self.starts_at).strftime(KEY_FORMAT)

    @property
    def seats_free(self) -> int | None:
        """How many more seats may be given; None where there is room for all."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken)

    @property
    def availability(self) -> Availability:
        """What the public sees of the seats."""
        free = self.seats_free
        if free is None:
            return Availability.UNLIMITED
        if free == 0:
            return Availability.FULL
        return Availability.FEW if free <= FEW else Availability.FREE

    @property
    def is_cancelled(self) -> bool:
        """Whether it has been called off."""
        return getattr(self, "cancellation", None) is not None

    @property
    def place(self) -> Centre | None:
        """The centre where it is held, or None when it is elsewhere (then ``where`` and ``street`` tell)."""
        if self.centre_id:
            return self.centre
        return None if self.place_name else self.event.centre

    @property
    def where(self) -> str:
        """The name of a place that is no centre."""
        return self.place_name or self.event.place_name

    @property
    def street(self) -> str:
        """The street address of a place that is no centre."""
        return self.address if self.place_name else self.event.address

    @property
    def sequence(self) -> int:
        """The SEQUENCE of its calendar file (RFC 5545): grows with every change that a calendar must take over."""
        return self.revision + self.event.revision - 2

    def has_ended(self, at: datetime) -> bool:
        """Whether it is over."""
        return self.ends_at <= at

    def in_last_hour(self, at: datetime) -> bool:
        """Whether no more seats are offered: from one hour before the start free seats are for those at the door."""
        return at >= self.starts_at - LAST_HOUR

    def takes_registrations(self, at: datetime) -> bool:
        """Whether one can sign up or join the line now."""
        opened = self.registration_opens_at is None or self.registration_opens_at <= at
        needed = self.event.needs_registration and self.event.is_published
        return needed and opened and at < self.registration_closes_at and not self.is_cancelled


class OccurrenceCancellation(models.Model):
    """That an occurrence was called off: by whom, when and why. The reason is shown to everyone."""

    occurrence = models.OneToOneField(Occurrence, on_delete=models.CASCADE, related_name="cancellation")
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="cancellation_tells_the_reason")]

    def __str__(self) -> str:
        return self.reason


class OccurrenceMove(models.Model):
    """That an occurrence was moved: its old address still leads to it."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="moves")
    from_starts_at = models.DateTimeField(_("started before"))
    from_ends_at = models.DateTimeField(_("ended before"))
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.from_starts_at:%Y-%m-%d %H:%M} → {self.occurrence}"
