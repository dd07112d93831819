"""What a person may do, for which organisation, from when to when, and who gave it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from digirum.people.models.organisation import Organisation
from digirum.people.models.person import Person


class Role(models.TextChoices):
    """The roles that are given. A visitor and a resident need none."""

    HOST = "host", _("host")
    GUIDE = "guide", _("guide")
    COORDINATOR = "coordinator", _("coordinator")
    EMPLOYEE = "employee", _("employee")
    SERVICE_OWNER = "service-owner", _("service owner")
    PARTNER = "partner", _("partner")
    MODERATOR = "moderator", _("moderator")
    EDITOR = "editor", _("editor")
    ANSWERING_OFFICER = "answering-officer", _("answering officer")
    DIRECTOR = "director", _("digital director")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


class Origin(models.TextChoices):
    """How a grant came to be: what the city's sign-in gave, the city's sign-in takes back."""

    HAND = "hand", _("by hand")
    SSO = "sso", _("the city's sign-in")
    SERVER = "server", _("a command on the server")


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Which grants hold."""

    def holding_at(self, at: datetime) -> Self:
        """Those that have begun and not ended."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), begins_at__lte=at)


class RoleGrant(models.Model):
    """One role given to one person for one organisation (and all below it). A centre is an organisation too."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"), null=True, blank=True)
    given_by = models.ForeignKey(
        Person,
        verbose_name=_("given by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="given_grants",
    )
    given_at = models.DateTimeField(_("given"))
    origin = models.CharField(_("given through"), max_length=10, choices=Origin.choices, default=Origin.HAND)
    ended_by = models.ForeignKey(
        Person,
        verbose_name=_("ended by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="ended_grants",
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("begins_at")),
                name="role_grant_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=Q(ends_at__isnull=True),
                name="role_grant_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.organisation}"
