"""That a person has been erased: the disposal decision, and what a restored backup must have done again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasureRecord(models.Model):
    """One erasure. ``person`` is the id alone; it leads nowhere once the erasure is done."""

    person = models.UUIDField(_("id of the person"), unique=True, editable=False)
    at = models.DateTimeField(_("erased"), editable=False)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.person}"
