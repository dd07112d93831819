"""Pictures: kept, changed and removed in the back office, with a line in the journal, and shown anew where they hang."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.audience import Audience
from digirum.base.generations import raise_generation
from digirum.base.models import Picture
from digirum.base.refusal import NotAllowed
from digirum.events.models import Event
from digirum.events.models.reach import MAKERS
from digirum.journal.record import record
from digirum.people.models import Person
from digirum.people.rules import has_role
from digirum.place.models import Centre


def keep_picture(*, by: Person | None, at: datetime, picture: Picture, is_new: bool) -> None:
    """Says that a picture or its words were written, in the transaction that wrote them (``RuntimeError`` outside)."""
    _note(by, at, picture, "base.picture_added" if is_new else "base.picture_changed")


def remove_picture(*, by: Person | None, at: datetime, picture: Picture) -> None:
    """Says that a picture goes away, just before it does, in the same transaction (``RuntimeError`` outside)."""
    _note(by, at, picture, "base.picture_removed")


def _note(by: Person | None, at: datetime, picture: Picture, verb: str) -> None:
    if by is not None and not has_role(by, *MAKERS, at=at):
        raise NotAllowed(_("You may not do this."), code="not-allowed")
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Write in the journal inside the transaction of the act.")
    record(by=by, verb=verb, noun=picture, at=at, audience=Audience.PUBLIC)
    events = [f"event:{pk}" for pk in Event.objects.filter(picture=picture).values_list("pk", flat=True)]
    centres = [f"centre:{slug}" for slug in Centre.objects.filter(picture=picture).values_list("slug", flat=True)]
    keys = [*events, *(["events"] if events else []), *centres, *(["place"] if centres else [])]
    if keys:
        raise_generation(*keys)
