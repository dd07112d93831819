"""What one person must know."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.utils import formats, translation
from django.utils.translation import gettext_lazy as _

from digirum.base import clock, ids, languages
from digirum.base.templatetags.words import say_time
from digirum.notices.kinds import NoticeKind, kinds
from digirum.people.models import Person


class NoticeQuerySet(models.QuerySet["Notice"]):
    """The language of notices."""

    def of(self, person: Person) -> Self:
        """Those of one person: nobody else's are ever listed."""
        return self.filter(person=person)

    def unread(self) -> Self:
        """Those that the person has not said they have read."""
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> Self:
        """A stable order, for paging by key."""
        return self.order_by("-id")


class Notice(models.Model):
    """One thing that one person must know. ``key`` makes sure that it is told once; ``values`` fill the kind's words."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(max_length=160, unique=True)
    values = models.JSONField(default=dict)
    path = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(_("told"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [models.Index(fields=["person", "-id"], name="notice_of_person")]

    def __str__(self) -> str:
        return self.key

    @property
    def known_kind(self) -> NoticeKind:
        """The kind with its words (``KeyError`` where a room was taken away with its kinds)."""
        return kinds[self.kind]

    @property
    def title(self) -> str:
        """The heading, in the present language."""
        return str(self.known_kind.title) % self.spoken()

    @property
    def text(self) -> str:
        """What it says, in the present language."""
        return str(self.known_kind.text) % self.spoken()

    @property
    def link(self) -> str:
        """What the address leads to, in the present language; empty where there is none."""
        return str(self.known_kind.link) if self.path else ""

    @property
    def address(self) -> str:
        """The path of its page in the present language."""
        return languages.in_language(self.path, languages.current()) if self.path else ""

    @property
    def urgent(self) -> bool:
        """Whether it stands first."""
        return self.known_kind.urgent

    def spoken(self) -> dict[str, str]:
        """The values as words of the present language."""
        return {name: _say(value) for name, value in self.values.items()}


def _say(value: Any) -> str:
    if isinstance(value, dict) and "moment" in value:
        moment = datetime.fromisoformat(value["moment"])
        # The full day, never "today": a notice is read on another day than it was told.
        return f"{formats.date_format(clock.local_day(moment), 'l j F')} {say_time(moment)}"
    if isinstance(value, dict):
        code = translation.get_language() or languages.DEFAULT.code
        return str(value.get(code) or value.get(languages.DEFAULT.code, ""))
    return str(value)
