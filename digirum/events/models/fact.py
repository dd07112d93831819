"""Facts of an event that come as rows: the languages spoken and what makes it accessible."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from digirum.events.models.event import Event


class SpokenLanguage(models.TextChoices):
    """Languages in which something is held (BCP 47)."""

    SWEDISH = "sv", _("Swedish")
    EASY_SWEDISH = "sv-simple", _("Easy Swedish")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    SWEDISH_SIGN = "swl", _("Swedish sign language")
    BOSNIAN = "bs", _("Bosnian, Croatian, Serbian")
    DARI = "prs", _("Dari")
    FINNISH = "fi", _("Finnish")
    PERSIAN = "fa", _("Persian")
    POLISH = "pl", _("Polish")
    SOMALI = "so", _("Somali")
    TIGRINYA = "ti", _("Tigrinya")
    UKRAINIAN = "uk", _("Ukrainian")


class EventLanguage(models.Model):
    """One language that is spoken there."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=12, choices=SpokenLanguage.choices)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "language"], name="event_language_once")]
        indexes = [models.Index(fields=["language", "event"], name="event_by_language")]

    def __str__(self) -> str:
        return self.get_language_display()


class AccessFact(models.TextChoices):
    """What a person may need to know before coming (schema.org ``physicalAccessibilityFeatures`` among them)."""

    STEP_FREE = "step-free", _("No steps")
    LIFT = "lift", _("Lift")
    ACCESSIBLE_TOILET = "accessible-toilet", _("Accessible toilet")
    HEARING_LOOP = "hearing-loop", _("Hearing loop")
    SIGN_LANGUAGE = "sign-language", _("Sign language interpreter")
    WRITTEN_SPEECH = "written-speech", _("What is said is shown as text")
    LARGE_TEXT = "large-text", _("Material in large text")
    QUIET_PLACE = "quiet-place", _("A quiet place to rest")
    GUIDE_DOGS = "guide-dogs", _("Guide dogs are welcome")
    COMPANION_FREE = "companion-free", _("A companion needs no seat of their own")
    BORROW_DEVICE = "borrow-device", _("You can borrow a computer or a tablet")


class EventAccess(models.Model):
    """One fact of accessibility."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="access_facts")
    fact = models.CharField(_("fact"), max_length=20, choices=AccessFact.choices)

    class Meta:
        verbose_name = _("accessibility")
        verbose_name_plural = _("accessibility")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "fact"], name="event_access_once")]

    def __str__(self) -> str:
        return self.get_fact_display()
