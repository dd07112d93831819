"""A code that lets one person do one thing once: sign in by e-mail, show that an address is theirs, get back in."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from digirum.base import ids
from digirum.people.models.person import Person


class Purpose(models.TextChoices):
    """What a code is for."""

    SIGN_IN = "sign-in", _("sign in by e-mail")
    ADDRESS = "address", _("show that an address is yours")
    RESCUE = "rescue", _("let an administrator in")
    DEMO = "demo", _("sign in to the demo room")


class OneTimeCodeQuerySet(models.QuerySet["OneTimeCode"]):
    """Which codes can still be used."""

    def usable_at(self, at: datetime) -> Self:
        """Those not used, not too old, and not guessed at too often."""
        return self.filter(used_at__isnull=True, expires_at__gt=at, tries__lt=F("most_tries"))


class OneTimeCode(models.Model):
    """One code. The code itself is not stored: it is drawn from the id and the room's secret (``one_time_codes``).

    ``person`` is None where the address is nobody's: such a row behaves like any other, and no code fits it.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid4, editable=False)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="one_time_codes")
    email = models.EmailField(_("e-mail address"), blank=True)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("valid until"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    most_tries = models.PositiveSmallIntegerField(_("most tries"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = OneTimeCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=F("most_tries")), name="one_time_code_tries_are_limited"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="one_time_code_by_expiry")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.id}"
