"""A computer at a centre becomes a shared one, or an ordinary one again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.journal.record import record
from digirum.people.actions.give_key import must_serve_desk
from digirum.people.models import Person, SharedComputer


@transaction.atomic
def share_computer(*, by: Person, label: str, at: datetime) -> SharedComputer:
    """Remembers that this computer is shared. The caller marks the browser (``shared_computers.mark``)."""
    must_serve_desk(by, at)
    name = " ".join(label.split())
    if not name or len(name) > 60:
        raise Refused(
            _("Write what the computer is called, such as “Computer 3”, in at most 60 characters."),
            code="no-label",
            field="label",
        )
    computer = SharedComputer.objects.create(label=name, made_by=by, made_at=at)
    record(by=by, verb="people.computer_shared", noun=computer, at=at)
    return computer


@transaction.atomic
def stop_sharing_computer(*, by: Person, computer_id: UUID, at: datetime) -> None:
    """The computer is an ordinary one again."""
    must_serve_desk(by, at)
    for computer in SharedComputer.objects.filter(pk=computer_id, ended_at__isnull=True):
        computer.ended_at = at
        computer.save(update_fields=["ended_at"])
        record(by=by, verb="people.computer_no_longer_shared", noun=computer, at=at)
