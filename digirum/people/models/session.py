"""A sign-in that lasts: who, how, since when, on what, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from digirum.base import ids
from digirum.people.models.key import Key
from digirum.people.models.person import Person


@dataclass(frozen=True)
class Limit:
    """How long a sign-in lasts: without anything happening, and in all."""

    idle: timedelta
    total: timedelta


class Ending(Enum):
    """Why a sign-in ended by itself."""

    IDLE = "idle"
    TOTAL = "total"


class SessionQuerySet(models.QuerySet["Session"]):
    """Which sign-ins there are."""

    def of(self, person: Person) -> Self:
        """Those of one person, the one used last first."""
        return self.filter(person=person).order_by("-last_seen_at")


class Session(models.Model):
    """One browser's session. The cookie's value is known here by its SHA-256 alone.

    ``method`` is a ``people.strength.Method``, empty where nobody has signed in.
    """

    class Kind(models.TextChoices):
        RESIDENT = "resident", _("own device")
        STAFF = "staff", _("staff")
        SHARED = "shared", _("shared computer")

    LIMITS = {
        Kind.RESIDENT: Limit(idle=timedelta(hours=2), total=timedelta(hours=12)),
        Kind.STAFF: Limit(idle=timedelta(hours=1), total=timedelta(hours=10)),
        Kind.SHARED: Limit(idle=timedelta(minutes=10), total=timedelta(minutes=60)),
    }

    id = models.UUIDField(primary_key=True, default=ids.uuid4, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    data = models.TextField(blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")
    method = models.CharField(_("signed in by"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.RESIDENT)
    key = models.ForeignKey(Key, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    device = models.CharField(_("device"), max_length=60, blank=True)
    started_at = models.DateTimeField(_("signed in"))
    last_seen_at = models.DateTimeField(_("last used"))
    ends_at = models.DateTimeField(_("ends at the latest"))

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        indexes = [
            models.Index(fields=["person", "-last_seen_at"], name="session_of_person"),
            models.Index(fields=["ends_at"], name="session_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="staff") | ~Q(method__in=["", "words", "qr", "email"]),
                name="session_of_staff_is_strong",
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.started_at:%Y-%m-%d}"

    @property
    def limit(self) -> Limit:
        """What docs/trust.md allows for this kind of sign-in."""
        return self.LIMITS[Session.Kind(self.kind)]

    @property
    def idles_out_at(self) -> datetime:
        """When it ends if nothing more happens; never after ``ends_at``."""
        return min(self.last_seen_at + self.limit.idle, self.ends_at)

    def ending(self, at: datetime) -> Ending | None:
        """Why it has ended at ``at``, or None while it lasts."""
        if at >= self.ends_at:
            return Ending.TOTAL
        return Ending.IDLE if at >= self.idles_out_at else None


class SharedComputer(models.Model):
    """A computer that many use: sign-ins on it are short, and nothing stays behind."""

    id = models.UUIDField(primary_key=True, default=ids.uuid4, editable=False)
    label = models.CharField(_("what the computer is called"), max_length=60)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("shared computer")
        verbose_name_plural = _("shared computers")

    def __str__(self) -> str:
        return self.label
