"""One physical room with hours, resources and a desk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from digirum.people.models import Organisation


class Centre(models.Model):
    """A centre of the room. It is a unit in the tree of organisations, so that roles can be given for it."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="centre", verbose_name=_("unit")
    )
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("centre")
        verbose_name_plural = _("centres")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name
