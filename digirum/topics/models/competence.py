"""DigComp 3.0: five areas, 21 competences, four levels (eight sub-levels)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The four levels of DigComp 3.0, from the first steps up."""

    BASIC = "basic", _("Basic")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")
    HIGHLY_ADVANCED = "highly-advanced", _("Highly advanced")

    @property
    def sub_levels(self) -> tuple[SubLevel, ...]:
        """The two of the eight sub-levels that make up this level."""
        return tuple(step for step in SubLevel if step.level is self)


class SubLevel(models.IntegerChoices):
    """The eight sub-levels, two to a level. What a person can do on each is said in our own words."""

    BASIC_1 = 1, _("Does simple things together with someone")
    BASIC_2 = 2, _("Does simple things alone, and asks when stuck")
    INTERMEDIATE_3 = 3, _("Does everyday things alone")
    INTERMEDIATE_4 = 4, _("Does everyday things alone, and chooses how")
    ADVANCED_5 = 5, _("Does new things, and helps others")
    ADVANCED_6 = 6, _("Finds the best way in new situations, and teaches others")
    HIGHLY_ADVANCED_7 = 7, _("Solves difficult problems, and guides others")
    HIGHLY_ADVANCED_8 = 8, _("Creates new solutions that others build on")

    @property
    def level(self) -> Level:
        """The level that this is a half of."""
        return list(Level)[(self.value - 1) // 2]


class Area(models.Model):
    """One of the five competence areas, numbered 1 to 5 as in the framework."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("competence area")
        verbose_name_plural = _("competence areas")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Competence(models.Model):
    """One of the 21 competences, numbered as in the framework ("1.1")."""

    number = models.CharField(_("number"), max_length=5, primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="competences", verbose_name=_("area"))
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
