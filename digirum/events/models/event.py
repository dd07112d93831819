"""Something that the room invites to. When it happens is told by its occurrences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from digirum.base import ids, languages
from digirum.base.audience import Audience
from digirum.events.models.reach import Reach, below
from digirum.people.models import Organisation, Person
from digirum.place.models import Centre
from digirum.topics.models import Competence, HelpTopic, Level, Theme


class Kind(models.TextChoices):
    """What sort of meeting it is, in the words of the offers that centres make."""

    DROP_IN = "drop-in", _("Drop-in")
    GUIDANCE = "guidance", _("One-to-one guidance")
    THEME_EVENING = "theme-evening", _("Theme evening")
    COURSE = "course", _("Course")
    STUDY_CIRCLE = "study-circle", _("Study circle")
    FAIR = "fair", _("E-service fair")
    YOUTH_TUTORS = "youth-tutors", _("Young people help")
    OUTREACH = "outreach", _("We come to you")
    WORKSHOP = "workshop", _("Workshop")
    LANGUAGES = "languages", _("Help in other languages")
    TRAINING = "training", _("Training for those who work in the city")
    TALK = "talk", _("Talk")
    CELEBRATION = "celebration", _("Celebration")


class Attendance(models.TextChoices):
    """Where people take part (schema.org ``eventAttendanceMode``)."""

    ONSITE = "onsite", _("In the room")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("In the room and online")


class EventQuerySet(models.QuerySet["Event"]):
    """The programme's language."""

    def published(self) -> Self:
        """Those that have been made public for their audience."""
        return self.filter(published_at__isnull=False)

    def public(self) -> Self:
        """What anybody sees without signing in."""
        return self.published().filter(audience=Audience.PUBLIC)

    def visible_to(self, person: Person | None, *, at: datetime) -> Self:
        """The one door to events: published ones for audiences that the person belongs to, and those they may edit."""
        if person is None or not person.is_active:
            return self.public()
        reach = Reach.of(person, at)
        meant_for = Q(audience__in=reach.audiences) | Q(
            audience=Audience.ORGANISATION, organisation__in=reach.belongs_to
        )
        return self.filter((Q(published_at__isnull=False) & meant_for) | self.held_by(reach.editing))

    def editable_by(self, person: Person | None, *, at: datetime) -> Self:
        """The events of the centres and organisers for which the person holds an editing role."""
        return self.filter(self.held_by(Reach.of(person, at).editing))

    def served_by(self, person: Person | None, *, at: datetime) -> Self:
        """The events of the centres and organisers at whose desk the person works."""
        return self.filter(self.held_by(Reach.of(person, at).desk))

    @staticmethod
    def held_by(paths: Iterable[str]) -> Q:
        """That the event's centre or one of its organisers lies at or below one of the paths."""
        organised = Event.objects.filter(below("organisers__path", paths)).values("pk")
        return below("centre__organisation__path", paths) | Q(pk__in=organised)

    def for_pages(self) -> Self:
        """With all that a page of one event shows, in a fixed number of queries."""
        return self.select_related("centre", "picture").prefetch_related(
            "organisers", "languages", "access_facts", "competences", "themes", "help_topics"
        )


class Event(models.Model):
    """A thing that one can take part in: what it is, for whom, where, how one signs up."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    price_text = models.CharField(_("price, as it is shown"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    audience = models.CharField(_("for whom"), max_length=20, choices=Audience.choices, default=Audience.PUBLIC)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("for the staff of"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="events_for_its_staff",
    )  # fmt: skip
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, blank=True)
    competences = models.ManyToManyField(Competence, verbose_name=_("competences"), blank=True, related_name="events")
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="events")
    help_topics = models.ManyToManyField(HelpTopic, verbose_name=_("help topics"), blank=True, related_name="events")
    organisers = models.ManyToManyField(
        Organisation, verbose_name=_("organisers"), blank=True, related_name="organised_events"
    )
    attendance = models.CharField(
        _("how one takes part"), max_length=10, choices=Attendance.choices, default=Attendance.ONSITE
    )
    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    place_name = models.CharField(_("place"), max_length=120, blank=True)
    address = models.CharField(_("street address"), max_length=200, blank=True)
    default_capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    seats_per_person = models.PositiveSmallIntegerField(_("seats per person, companions included"), default=1)
    needs_registration = models.BooleanField(_("one signs up beforehand"), default=True)
    opens_days_before = models.PositiveSmallIntegerField(_("sign-up opens, days before"), null=True, blank=True)
    closes_hours_before = models.PositiveSmallIntegerField(_("sign-up closes, hours before"), default=0)
    age_from = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    picture = models.ForeignKey(
        "base.Picture", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    drawn_picture = models.CharField(_("drawn picture"), max_length=120, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    url = models.URLField(_("web address of its own"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"))
    changed_at = models.DateTimeField(_("changed"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["kind"], name="event_by_kind"),
            models.Index(fields=["published_at", "id"], name="event_by_publication"),
            models.Index(fields=["-made_at", "-id"], name="event_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(seats_per_person__gte=1), name="event_lets_each_have_a_seat"),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")),
                name="event_ages_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(audience=Audience.ORGANISATION) | Q(organisation__isnull=False),
                name="event_for_an_organisation_names_it",
            ),
        ]

    def __str__(self) -> str:
        return str(languages.said(self, "name"))

    @property
    def is_published(self) -> bool:
        """Whether its audience sees it."""
        return self.published_at is not None

    @property
    def is_public(self) -> bool:
        """Whether anybody sees it without signing in."""
        return self.is_published and self.audience == Audience.PUBLIC

    @property
    def shown_to(self) -> str:
        """The audience that sees it now; empty while it is not published."""
        return self.audience if self.is_published else ""
