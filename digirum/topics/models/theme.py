"""What things are about, in a visitor's words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from digirum.topics.models.competence import Competence


class Theme(models.Model):
    """A theme of the room: housing, storytelling, work, democracy, environment, everyday life …"""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=50)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.name


class HelpTopic(models.Model):
    """Something that people ask for help with at the desk: BankID, printing, 1177 …"""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    words = models.TextField(
        _("words that people say"),
        blank=True,
        help_text=_("Other words for the same thing, with a space between. The search finds the topic by them."),
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="help_topics",
    )
    competences = models.ManyToManyField(
        Competence, verbose_name=_("competences"), blank=True, related_name="help_topics"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=50)

    class Meta:
        verbose_name = _("help topic")
        verbose_name_plural = _("help topics")
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.name
