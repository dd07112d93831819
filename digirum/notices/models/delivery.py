"""The outbox: one row for each notice and channel, written in the act's own transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from digirum.base import ids
from digirum.notices.models.notice import Notice

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """The outbox's language."""

    def due_at(self, at: datetime) -> Self:
        """Those that wait and whose time has come; a claim that was never fulfilled runs out by itself."""
        return self.filter(state=Delivery.State.WAITING, next_try_at__lte=at)

    def failed(self) -> Self:
        """Those that were given up."""
        return self.filter(state=Delivery.State.FAILED)


class Delivery(models.Model):
    """One notice on its way through one channel. Its id is the idempotency key that the channel passes on."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")
        NO_ADDRESS = "no-address", _("no address any more")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("channel"), max_length=20)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    failure = models.CharField(_("reason"), max_length=80, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_a_channel"),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True) | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="delivery_ends_when_it_no_longer_waits",
            ),
        ]
        indexes = [models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"

    def pause(self) -> timedelta:
        """How long to wait after the attempt just made: one minute, doubling, six hours at most."""
        return min(FIRST_PAUSE * (1 << max(self.attempts - 1, 0)), LONGEST_PAUSE)
