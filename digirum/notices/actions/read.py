"""What happens to a notice once it has arrived."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.refusal import NotAllowed
from digirum.journal.record import record
from digirum.notices.models import Notice
from digirum.people.models import Person
from digirum.people.rules import may_serve_desk


def mark_read(*, by: Person, notice: Notice, at: datetime) -> Notice:
    """The person says that they have read it. A second time changes nothing. The caller fetched it through ``of(by)``."""
    Notice.objects.of(by).unread().filter(pk=notice.pk).update(read_at=at)
    notice.refresh_from_db()
    return notice


def mark_all_read(*, by: Person, at: datetime) -> int:
    """The person says that they have read everything told until ``at``; returns how many that were."""
    return Notice.objects.of(by).unread().filter(told_at__lte=at).update(read_at=at)


@transaction.atomic
def print_for(*, by: Person, person: Person, at: datetime) -> list[Notice]:
    """What the person has not read yet, for a letter at the desk; the journal says that somebody at the desk printed it.

    They stay unread: the person, not the desk, says when something is read. Urgent ones come first.
    """
    if not may_serve_desk(by, at=at):
        raise NotAllowed(_("You may not do this."), code="not-allowed")
    notices = list(Notice.objects.of(person).unread().newest_first()[:50])
    record(by=person, verb="notices.printed", noun=person, at=at, assisted_by=by)
    return sorted(notices, key=lambda notice: not notice.urgent)
