"""The key: a card with a number, four words and a QR code that signs a person in (docs/trust.md)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from digirum.base import ids
from digirum.people.models.person import Person


class Recognition(models.TextChoices):
    """How the desk knew whose key it was about to replace."""

    CARD = "card", _("They had the old card with them")
    KNOWN = "known", _("I know the person from before")
    DOCUMENT = "document", _("They showed an identity document")


class KeyQuerySet(models.QuerySet["Key"]):
    """Which keys open."""

    def live(self) -> Self:
        """Those that have not been retired."""
        return self.filter(retired_at__isnull=True)


class Key(models.Model):
    """One card. Its words and its token are known here by their hashes alone; a person holds at most one live card."""

    id = models.UUIDField(primary_key=True, default=ids.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keys")
    number = models.CharField(_("card number"), max_length=9, unique=True)
    words_hash = models.CharField(max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="keys_given", verbose_name=_("given by")
    )
    words_made_at = models.DateTimeField(_("words made"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(retired_at__isnull=True), name="key_one_live_for_each_person"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("made_at")),
                name="key_retires_after_it_is_made",
            ),
            models.CheckConstraint(condition=Q(words_hash__startswith="$argon2id$"), name="key_words_are_hashed"),
        ]

    def __str__(self) -> str:
        return self.number


class KeyRetirement(models.Model):
    """When, by whom and why a key stopped to open."""

    class Reason(models.TextChoices):
        REPLACED = "replaced", _("replaced by a new card")
        LOST = "lost", _("lost, and replaced at the desk")
        OWN_WISH = "own-wish", _("retired by its holder")

    key = models.OneToOneField(Key, on_delete=models.CASCADE, related_name="retirement")
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(_("why"), max_length=20, choices=Reason.choices)
    recognised_by = models.CharField(_("recognised by"), max_length=20, choices=Recognition.choices, blank=True)

    class Meta:
        verbose_name = _("retired key")
        verbose_name_plural = _("retired keys")

    def __str__(self) -> str:
        return f"{self.key_id}"
