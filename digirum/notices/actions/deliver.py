"""Emptying the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.record import record
from digirum.notices.channels import NoAddress, channels
from digirum.notices.models import Delivery
from digirum.notices.models.delivery import MOST_ATTEMPTS
from digirum.people.models import Person, Role
from digirum.people.rules import has_role

CLAIM = timedelta(minutes=10)
log = structlog.get_logger(__name__)


def deliver_due(at: datetime, *, limit: int = 20) -> int:
    """Sends what is due, oldest first, and returns how many were sent.

    Each is claimed by a conditional update first, so that two workers never send the same one at a time. A worker that
    dies between sending and marking leaves a claim that runs out after ten minutes: that one message may then come
    twice, with the same Message-ID; none is ever lost. ``limit`` keeps one round well within a claim, however slow the
    mail server is (it may take twenty seconds a message).
    """
    due = Delivery.objects.due_at(at).order_by("next_try_at", "id").values_list("id", flat=True)[:limit]
    return sum(_send_one(identifier, at) for identifier in list(due))


def _send_one(identifier: UUID, at: datetime) -> bool:
    claimed = (
        Delivery.objects.due_at(at).filter(pk=identifier).update(next_try_at=at + CLAIM, attempts=F("attempts") + 1)
    )
    if not claimed:
        return False
    delivery = Delivery.objects.select_related("notice__person").get(pk=identifier)
    try:
        channels[delivery.channel].send(delivery)
    except NoAddress:
        _end(delivery, Delivery.State.NO_ADDRESS, at)
        return False
    except Exception as problem:  # noqa: BLE001 - whatever the mail server does, the message stays and is tried again
        _failed(delivery, at, problem)
        return False
    _end(delivery, Delivery.State.SENT, at)
    return True


def _end(delivery: Delivery, state: Delivery.State, at: datetime, failure: str = "") -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, ended_at=at, failure=failure)


def _failed(delivery: Delivery, at: datetime, problem: Exception) -> None:
    name = type(problem).__name__
    log.warning("delivery failed", reason=name)
    if delivery.attempts >= MOST_ATTEMPTS:
        _end(delivery, Delivery.State.FAILED, at, name)
    else:
        Delivery.objects.filter(pk=delivery.pk).update(next_try_at=at + delivery.pause(), failure=name)


@transaction.atomic
def try_again(*, by: Person | None, delivery: Delivery, at: datetime) -> Delivery:
    """Puts a delivery that was given up back in the outbox. Only an administrator may."""
    if by is not None and not has_role(by, Role.ADMINISTRATOR, at=at):
        raise NotAllowed(_("You may not do this."), code="not-allowed")
    changed = (
        Delivery.objects.failed()
        .filter(pk=delivery.pk)
        .update(state=Delivery.State.WAITING, ended_at=None, attempts=0, next_try_at=at, failure="")
    )
    if not changed:
        raise Refused(
            _("This message is not one that was given up. Reload the page to see how it stands."), code="not-failed"
        )
    record(by=by, verb="notices.tried_again", noun=delivery, at=at)
    delivery.refresh_from_db()
    return delivery
