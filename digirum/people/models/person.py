"""A human known to the room, maybe only by a pseudonym."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from digirum.base import ids


class Assurance(models.TextChoices):
    """How sure the room is of who a person is (docs/trust.md)."""

    OPEN = "open", _("Has taken a key")
    KNOWN = "known", _("Has shown an identity document at the desk")
    EID = "eid", _("Has signed in with an e-ID")


class PersonManager(BaseUserManager["Person"]):
    """Finds persons. New ones are made by acts (``people.actions``)."""

    def get_queryset(self) -> models.QuerySet[Person]:
        """Each person with the opaque subject id beside, so that the journal needs no further read."""
        return super().get_queryset().select_related("subject")

    def locked(self, person: Person) -> Person:
        """The person as the database has them now, locked until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=person.pk)


class Person(AbstractBaseUser, PermissionsMixin):
    """A resident, an employee, a guide: one row, whatever they do. Nothing personal is demanded."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    pseudonym = models.CharField(_("name in the room"), max_length=60)
    email = models.EmailField(_("e-mail address"), blank=True)  # verified, lower case; empty until then
    language = models.CharField(_("language"), max_length=12, default="sv")
    reading = models.CharField(_("reading settings"), max_length=40, blank=True)
    assurance = models.CharField(_("assurance"), max_length=10, choices=Assurance.choices, default=Assurance.OPEN)
    is_protected = models.BooleanField(_("protected identity"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    accepts_automatically = models.BooleanField(_("takes a freed seat without being asked"), default=False)
    joined_at = models.DateTimeField(_("member since"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    roles_asleep = False  # set for the time of a request whose sign-in is too weak for roles
    roles_at_work: frozenset[str] | None = None  # what the back office found to hold, kept for the request

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="person_email_once"),
        ]

    def __str__(self) -> str:
        return self.pseudonym or gettext("Erased person")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves; what a weak sign-in hides is left as it is in the database."""
        if self.roles_asleep and kwargs.get("update_fields") is None and not self._state.adding:
            kwargs["update_fields"] = [
                field.name
                for field in self._meta.concrete_fields
                if not field.primary_key and field.name != "is_superuser"
            ]
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """What the back office calls this person."""
        return str(self)

    def get_short_name(self) -> str:
        """The same as the full name: there is only the pseudonym."""
        return str(self)

    @property
    def first_name(self) -> str:
        """What the back office's menu calls this person (it would show the id otherwise)."""
        return str(self)

    @property
    def subject_id(self) -> UUID | None:
        """The opaque id under which the journal knows this person; None once the link has been erased."""
        subject = getattr(self, "subject", None)
        return subject.id if subject else None

    @property
    def acting_role(self) -> str:
        """The role in which this person acts now: what sign-in decided, "resident" otherwise."""
        return getattr(self, "_acting_role", "resident")

    def act_as(self, role: str) -> None:
        """From here on in this request, the person acts in a role that was found to hold."""
        self._acting_role = role

    def let_roles_sleep(self) -> None:
        """After a weak sign-in no rule and no part of the back office may see the person's roles."""
        self.roles_asleep = True
        self.is_superuser = False


class Subject(models.Model):
    """The link from the journal's opaque id to a person. Erasing this row makes the journal anonymous."""

    id = models.UUIDField(primary_key=True, default=ids.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="subject")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)

    @classmethod
    def of(cls, person: Person, at: datetime) -> Subject:
        """Makes the link for a new person."""
        return cls.objects.create(person=person, made_at=at)
