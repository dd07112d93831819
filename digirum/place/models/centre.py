"""One physical room with hours, resources and a desk."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from digirum.base.models import Picture
from digirum.people.models import Organisation
from digirum.place.models.weekday import Weekday


class Drawing(models.TextChoices):
    """Pictures of our own, for a centre that has no photograph."""

    LIBRARY = "library", _("A library with a broad staircase")
    HARBOUR = "harbour", _("A house by the sea")
    COURTYARD = "courtyard", _("A house between trees")
    SQUARE = "square", _("A house by a square")


class CentreQuerySet(models.QuerySet["Centre"]):
    """Every centre is public; there is no other way to ask for them than in order."""

    def in_order(self) -> CentreQuerySet:
        """As the city wants them listed: the main centre first."""
        return self.order_by("order", "slug")


class Centre(models.Model):
    """A centre of the room. It is a unit in the tree of organisations, so that roles can be given for it.

    ``revision`` counts the edits of its texts and ``hours_revision`` those of its ordinary week, so that two people who
    edit at once both keep what they wrote.
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="centre", verbose_name=_("unit")
    )
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("in short"), blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=60, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    how_to_find = models.TextField(_("how to find it"), blank=True)
    what_is_there = models.TextField(_("what is there"), blank=True)
    picture = models.ForeignKey(
        Picture, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    drawing = models.CharField(
        _("drawing"), max_length=20, choices=Drawing.choices, default=Drawing.LIBRARY, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=50)
    revision = models.PositiveIntegerField(default=1, editable=False)
    hours_revision = models.PositiveIntegerField(default=1, editable=False)

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        ordering = ["order", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="centre_lies_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccessibilityFact(models.Model):
    """One thing that somebody needs to know before they come. A "no" is worth as much as a "yes"."""

    class Kind(models.TextChoices):
        STEP_FREE = "step-free", _("Entrance without steps")
        DOOR = "door", _("Door that opens by itself")
        LIFT = "lift", _("Lift")
        TOILET = "toilet", _("Accessible toilet")
        PARKING = "parking", _("Parking for disabled visitors close by")
        DESK = "desk", _("Tables that go up and down")
        HEARING_LOOP = "hearing-loop", _("Hearing loop")
        MAGNIFIER = "magnifier", _("Screen magnifier or reader")
        QUIET = "quiet", _("Quiet room")
        ASSISTANCE_DOG = "assistance-dog", _("Assistance dogs are welcome")
        SIGN_LANGUAGE = "sign-language", _("Sign language can be booked")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.CASCADE, related_name="accessibility_facts"
    )
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, default=Answer.YES)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("accessibility fact")
        verbose_name_plural = _("accessibility facts")
        ordering = ["centre", "id"]
        constraints = [models.UniqueConstraint(fields=["centre", "kind"], name="accessibility_fact_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_answer_display()}"


class SpokenLanguage(models.Model):
    """A language in which one can get help, every day or on one day of the week."""

    class Tongue(models.TextChoices):
        SWEDISH = "sv", _("Swedish")
        ENGLISH = "en", _("English")
        ARABIC = "ar", _("Arabic")
        SOMALI = "so", _("Somali")
        PERSIAN = "fa", _("Persian and Dari")
        UKRAINIAN = "uk", _("Ukrainian")
        FINNISH = "fi", _("Finnish")
        TIGRINYA = "ti", _("Tigrinya")
        POLISH = "pl", _("Polish")
        BOSNIAN = "bs", _("Bosnian, Croatian and Serbian")
        SPANISH = "es", _("Spanish")
        SIGN = "swl", _("Swedish sign language")

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.CASCADE, related_name="spoken_languages"
    )
    language = models.CharField(_("language"), max_length=5, choices=Tongue.choices)
    weekday = models.PositiveSmallIntegerField(
        _("day"),
        choices=Weekday.choices,
        null=True,
        blank=True,
        help_text=_("Leave empty for every day that the centre is open."),
    )

    class Meta:
        verbose_name = _("spoken language")
        verbose_name_plural = _("spoken languages")
        ordering = ["centre", "id"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "language", "weekday"], name="spoken_language_once_a_day"),
            models.UniqueConstraint(
                fields=["centre", "language"], condition=Q(weekday__isnull=True), name="spoken_language_every_day_once"
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="spoken_language_on_a_weekday"
            ),
        ]

    def __str__(self) -> str:
        return self.get_language_display()
