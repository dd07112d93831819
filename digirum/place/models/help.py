"""What a centre helps with, what it does not, and who does."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from digirum.place.models.centre import Centre
from digirum.topics.models import HelpTopic


class CentreHelp(models.Model):
    """A centre's stance on one help topic. Each "no" names who does help."""

    class Stance(models.TextChoices):
        HELP = "help", _("We help")
        NO_HELP = "no-help", _("We do not help with this")

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.CASCADE, related_name="help_given")
    topic = models.ForeignKey(HelpTopic, verbose_name=_("help topic"), on_delete=models.CASCADE, related_name="centres")
    stance = models.CharField(_("answer"), max_length=10, choices=Stance.choices)
    note = models.TextField(_("how we help, and how far"), blank=True)
    who_does = models.CharField(_("who does help"), max_length=200, blank=True)
    link = models.URLField(_("link to them"), blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("help with a topic")
        verbose_name_plural = _("help with topics")
        ordering = ["centre", "topic__order", "topic__slug"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "topic"], name="centre_help_once"),
            models.CheckConstraint(
                condition=Q(stance="help") | (Q(who_does_sv__isnull=False) & ~Q(who_does_sv="")),
                name="centre_help_no_names_who_does",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre}: {self.topic}, {self.get_stance_display()}"
