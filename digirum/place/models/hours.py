"""When a centre is open: an ordinary week, periods with another week, and single closed days."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from digirum.place.constraints import NoOverlap
from digirum.place.models.centre import Centre
from digirum.place.models.weekday import Weekday


class HoursPeriodQuerySet(models.QuerySet["HoursPeriod"]):
    """Periods by their days."""

    def overlapping(self, first: date, last: date) -> Self:
        """Those that have a day in common with ``first`` to ``last``, both counted."""
        return self.filter(first_day__lte=last, last_day__gte=first)

    def not_past(self, today: date) -> Self:
        """Those that go on or are to come."""
        return self.filter(last_day__gte=today)


class HoursPeriod(models.Model):
    """Some days with another week than the ordinary one: the summer, Christmas. Without rows of its own it is closed."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(_("name"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = HoursPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period with other hours")
        verbose_name_plural = _("periods with other hours")
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="hours_period_ends_after_it_begins"),
            NoOverlap(owner=("centre_id",), first="first_day", last="last_day", span="date", name="hours_period_alone"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first_day}–{self.last_day}"


class WeeklyHours(models.Model):
    """One opening on one day of the week, of the ordinary week or of a period. A day may have several."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.CASCADE, related_name="weekly_hours")
    period = models.ForeignKey(
        HoursPeriod,
        verbose_name=_("period"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="weekly_hours",
        help_text=_("Leave empty for the ordinary week."),
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours of a day")
        verbose_name_plural = _("opening hours")
        ordering = ["centre", F("period").asc(nulls_first=True), "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="weekly_hours_close_after_they_open"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekly_hours_on_a_weekday"),
            NoOverlap(
                owner=("centre_id", "weekday"),
                first="opens",
                last="closes",
                span="time",
                free_if="period_id",
                name="weekly_hours_alone",
            ),
            NoOverlap(
                owner=("period_id", "weekday"),
                first="opens",
                last="closes",
                span="time",
                name="weekly_hours_alone_in_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H.%M}–{self.closes:%H.%M}"


class ClosedDay(models.Model):
    """One day on which the centre is closed, whatever the week or a period says."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.CASCADE, related_name="closed_days")
    day = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=120, help_text=_("Such as Christmas Eve."))

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["day", "centre"]
        constraints = [models.UniqueConstraint(fields=["centre", "day"], name="closed_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"
