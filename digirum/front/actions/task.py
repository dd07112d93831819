"""Work that was given up, tried again because somebody who has put right what it failed on says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from digirum.base import tasks
from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.record import record
from digirum.people.models import Person, Role
from digirum.people.rules import has_role


@transaction.atomic
def retry_task(*, by: Person, at: datetime, task: DBTaskResult[..., Any]) -> None:
    """Puts a task that was given up back in the queue, with all its attempts before it. Only an administrator may."""
    if not has_role(by, Role.ADMINISTRATOR, at=at):
        raise NotAllowed(_("Only an administrator tries a task again."), code="not-allowed")
    if not tasks.put_back(task, at=at):
        raise Refused(_("This task is not one that was given up. Look at the list again."), code="not-failed")
    record(by=by, verb="tasks.retried", noun=task, at=at)
