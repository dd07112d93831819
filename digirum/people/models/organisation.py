"""Organisations as a tree: the city, its administrations and units (a centre is one), and partners."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """The tree's language."""

    def within(self, organisation: Organisation) -> Self:
        """The organisation itself and everything below it."""
        return self.filter(path__startswith=organisation.path)

    def above(self, organisation: Organisation) -> Self:
        """The organisation itself and everything above it."""
        return self.filter(pk__in=organisation.lineage)


class Organisation(models.Model):
    """A part of the city, or a partner. ``path`` holds the ids from the root down ("/1/4/"), kept by the acts."""

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        ADMINISTRATION = "administration", _("administration")
        COMMITTEE = "committee", _("committee")
        UNIT = "unit", _("unit")
        PARTNER = "partner", _("partner")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    path = models.CharField(max_length=255, unique=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole_city(self) -> bool:
        """Whether this is a city at the top of the tree: the only place where administrators are given their role."""
        return self.parent_id is None and self.kind == self.Kind.CITY

    @property
    def lineage(self) -> list[int]:
        """The ids from the root down to this organisation."""
        return [int(part) for part in self.path.split("/") if part]
