"""What is remembered of wrong words, so that nobody can guess a key."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class GuessCounter(models.Model):
    """Tries in a row that have not succeeded, for one card number or one address, known or not.

    ``subject`` is a keyed digest: neither the address nor the number can be read from it.
    """

    class Scope(models.TextChoices):
        ADDRESS = "address", _("address")
        CARD = "card", _("card")

    scope = models.CharField(max_length=10, choices=Scope.choices)
    subject = models.CharField(max_length=64)
    tries = models.PositiveIntegerField(_("tries in a row"), default=0)
    tried_at = models.DateTimeField(_("last try"))
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)

    class Meta:
        verbose_name = _("wrong words")
        verbose_name_plural = _("wrong words")
        constraints = [models.UniqueConstraint(fields=["scope", "subject"], name="guess_counter_once")]
        indexes = [models.Index(fields=["tried_at"], name="guess_counter_by_time")]

    def __str__(self) -> str:
        return f"{self.scope} {self.tries}"


class GuessWave(models.Model):
    """An hour in which somebody guessed at many cards; told to staff once."""

    hour = models.DateTimeField(_("hour"), unique=True)
    cards = models.PositiveIntegerField(_("cards"))
    addresses = models.PositiveIntegerField(_("addresses"))
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("wave of guesses")
        verbose_name_plural = _("waves of guesses")
        ordering = ["-hour"]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}"
