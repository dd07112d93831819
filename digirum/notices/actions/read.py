"""What happens to a notice once it has arrived."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.record import record
from digirum.notices.models import Notice
from digirum.people.models import Person, Recognition
from digirum.people.rules import may_protect, may_serve_desk

# What the journal says of how the desk knew whose messages it printed.
PRINTED = {
    Recognition.CARD: "notices.printed_with_card",
    Recognition.KNOWN: "notices.printed_for_somebody_known",
    Recognition.DOCUMENT: "notices.printed_with_document",
}


def mark_read(*, by: Person, notice: Notice, at: datetime) -> Notice:
    """The person says that they have read it. A second time changes nothing. The caller fetched it through ``of(by)``."""
    Notice.objects.of(by).unread().filter(pk=notice.pk).update(read_at=at)
    notice.refresh_from_db()
    return notice


def mark_all_read(*, by: Person, at: datetime) -> int:
    """The person says that they have read everything told until ``at``; returns how many that were."""
    return Notice.objects.of(by).unread().filter(told_at__lte=at).update(read_at=at)


@transaction.atomic
def print_for(*, by: Person, person: Person, at: datetime, recognised_by: Recognition | None) -> list[Notice]:
    """What the person has not read yet, for a letter at the desk; the journal says who printed it and on what grounds.

    They stay unread: the person, not the desk, says when something is read. Urgent ones come first. The messages of a
    protected identity are printed by administrators alone; others meet the same sentence as for a card that is none.
    """
    if not may_serve_desk(by, at=at):
        raise NotAllowed(_("You may not do this."), code="not-allowed")
    if recognised_by is None:
        raise Refused(_("Say how you know whose card it is."), code="not-recognised", field="recognised_by")
    if person.is_protected and not may_protect(by, at=at):
        raise not_printed_here()
    notices = list(Notice.objects.of(person).unread().newest_first()[:50])
    record(by=person, verb=PRINTED[recognised_by], noun=person, at=at, assisted_by=by)
    return sorted(notices, key=lambda notice: not notice.urgent)


def not_printed_here() -> Refused:
    """For a number that is no card's, and for a protected identity's: nobody learns which of them it is."""
    return Refused(
        _(
            "There is nothing to print for that number. Check the digits on the card. If they are right, the person "
            "can sign in and read the messages, or an administrator can print them."
        ),
        code="not-printed-here",
        field="number",
    )
