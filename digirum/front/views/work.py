"""The ways to work: what a person's roles open, on "my page"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from digirum.people.models import Person, Role
from digirum.people.rules import roles_given


@dataclass(frozen=True)
class WayIn:
    """One place of work: who it is for, where it is, and what it is called."""

    roles: frozenset[Role]
    url_name: str
    label: str | Promise
    icon: str


WAYS_IN = (
    WayIn(frozenset({Role.GUIDE, Role.COORDINATOR}), "front:desk", _("The desk"), "life-buoy"),
    WayIn(
        frozenset({Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR}),
        "events:my_events",
        _("Make and change the programme"),
        "calendar-days",
    ),
    WayIn(frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}), "place:centre_choice", _("Hours and centres"), "clock"),
    WayIn(
        frozenset({Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR}),
        "wagtailadmin_home",
        _("The back office"),
        "settings-2",
    ),
    WayIn(frozenset({Role.AUDITOR, Role.ADMINISTRATOR}), "front:journal", _("The journal"), "list-ordered"),
)


def panel(request: HttpRequest, at: datetime) -> dict[str, object] | None:
    """What the person's roles open; nothing for who has none."""
    if not isinstance(request.user, Person):
        return None
    held = roles_given(request.user, *Role, at=at)
    ways = [way for way in WAYS_IN if way.roles & set(held)]
    return {"ways": ways} if ways else None
