"""One line of the journal: who did what to what, when, for which audience."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models

from digirum.base.audience import Audience


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    """The journal's language."""

    def about(self, noun: models.Model) -> Self:
        """What was done to one noun."""
        return self.filter(object_type=noun._meta.label_lower, object_id=str(noun.pk))

    def by(self, subject: UUID) -> Self:
        """What one subject did."""
        return self.filter(subject=subject)

    def between(self, start: datetime, end: datetime) -> Self:
        """What was done from ``start`` until just before ``end``."""
        return self.filter(at__gte=start, at__lt=end)

    def newest_first(self) -> Self:
        """A stable order for paging by key."""
        return self.order_by("-id")


class JournalEntry(models.Model):
    """Append-only: the database refuses to change or delete a line. Holds no free text and no person, only a subject id."""

    subject = models.UUIDField(null=True, editable=False)
    role = models.CharField(max_length=30, editable=False)
    verb = models.CharField(max_length=60, editable=False)
    object_type = models.CharField(max_length=80, editable=False)
    object_id = models.CharField(max_length=64, editable=False)
    audience = models.CharField(max_length=20, choices=Audience.choices, editable=False)
    at = models.DateTimeField(editable=False)
    assisted_by = models.UUIDField(null=True, editable=False)
    request_id = models.CharField(max_length=64, blank=True, editable=False)

    objects = JournalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="journal_of_object"),
            models.Index(fields=["subject", "-id"], name="journal_of_subject"),
            models.Index(fields=["verb", "-id"], name="journal_of_verb"),
            models.Index(fields=["at"], name="journal_by_time"),
        ]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.role} {self.verb} {self.object_type} {self.object_id}"
