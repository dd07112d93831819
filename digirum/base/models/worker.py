"""What is known of the workers: which live, which recurring work is due, which tasks were asked for already."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

SILENCE = timedelta(seconds=60)


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    """Which workers live."""

    def alive_at(self, at: datetime) -> Self:
        """Those heard from within a minute."""
        return self.filter(beat_at__gt=at - SILENCE)


class Heartbeat(models.Model):
    """One worker process, and when it was last heard from."""

    worker = models.CharField(_("worker"), max_length=64, primary_key=True)
    started_at = models.DateTimeField(_("started"))
    beat_at = models.DateTimeField(_("last heard from"), db_index=True)

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.worker


class ChoreRun(models.Model):
    """One recurring work: when it is due, who does it now, how it went."""

    name = models.CharField(_("name"), max_length=80, primary_key=True)
    due_at = models.DateTimeField(_("due"))
    held_by = models.CharField(_("worker"), max_length=64, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("last ended"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    failure = models.CharField(_("last failure"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("recurring work")
        verbose_name_plural = _("recurring work")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TaskKey(models.Model):
    """The mark that a task has been asked for: whoever asks again under the same key gets none."""

    key = models.CharField(max_length=200, primary_key=True)
    asked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
