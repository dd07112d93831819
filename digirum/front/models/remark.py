"""What a visitor tells us about the site: something that cannot be used, is wrong, or could be better."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from digirum.base import ids


class RemarkQuerySet(models.QuerySet["Remark"]):
    """The language of remarks."""

    def told_before(self, at: datetime) -> Self:
        """Those that came before a moment."""
        return self.filter(told_at__lt=at)


class Remark(models.Model):
    """One remark. It has no author: who wants an answer leaves an address, which goes with the remark after a year."""

    class About(models.TextChoices):
        ACCESSIBILITY = "accessibility", _("I cannot use something")
        FAULT = "fault", _("Something is wrong")
        QUESTION = "question", _("I have a question")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    about = models.CharField(_("about"), max_length=20, choices=About.choices)
    text = models.TextField(_("what"), max_length=4000)
    page = models.CharField(_("page"), max_length=200, blank=True)
    answer_to = models.EmailField(_("address for an answer"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    told_at = models.DateTimeField(_("told"))

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="remark_says_something")]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.text[:60]}"
