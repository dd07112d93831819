"""Work that is done later: a queue in the database, written in the act's own transaction, tried again when it fails.

A task may run more than once (a worker may die between doing and saying so), so every task is idempotent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.tasks import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from digirum.base import clock
from digirum.base.models import Heartbeat, TaskKey

# The pauses between attempts. After the last, the task is left as failed, for people to see in the back office.
PAUSES: Sequence[timedelta] = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
KEYS_KEPT = timedelta(days=30)
RESULTS_KEPT = timedelta(days=14)
FAILURES_KEPT = timedelta(days=90)


def enqueue_on_commit(
    task: Task[Any, Any], *args: Any, key: str = "", after: datetime | None = None, **kwargs: Any
) -> bool:
    """Asks for a task, in the act's transaction: it runs if and only if the act is committed.

    The queue is in the same database, so the row itself waits for the commit; nothing is lost between the two.
    ``key`` makes the request idempotent: asked for again under the same key within 30 days, nothing happens (False).
    ``after`` is the earliest moment to run. ``RuntimeError`` outside of a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Ask for tasks inside the transaction of the act.")
    if key and not TaskKey.objects.get_or_create(key=key, defaults={"asked_at": clock.now()})[1]:
        return False
    (task.using(run_after=after) if after else task).enqueue(*args, **kwargs)
    return True


def attempts(result: DBTaskResult[..., Any]) -> int:
    """How many times the task has been begun."""
    return len(result.worker_ids)


def try_again_later(result: DBTaskResult[..., Any], *, at: datetime) -> bool:
    """Puts a task that failed back in the queue, after a pause that grows; False if it has had all its attempts."""
    done = attempts(result)
    if done > len(PAUSES):
        return False
    failed = DBTaskResult.objects.filter(pk=result.pk, status=TaskResultStatus.FAILED)
    return bool(failed.update(status=TaskResultStatus.READY, finished_at=None, run_after=at + PAUSES[done - 1]))


def put_back(result: DBTaskResult[..., Any], *, at: datetime) -> bool:
    """Puts a task that was given up back in the queue, with all its attempts before it. For people to decide."""
    failed = DBTaskResult.objects.filter(pk=result.pk, status=TaskResultStatus.FAILED)
    return bool(failed.update(status=TaskResultStatus.READY, finished_at=None, run_after=at, worker_ids=[]))


def reclaim(*, at: datetime) -> int:
    """Puts back the tasks whose worker has not been heard from for a minute: it was killed while it ran them.

    A task that has had all its attempts is failed instead, so that one which kills its workers does not go on for ever.
    """
    alive = set(Heartbeat.objects.alive_at(at).values_list("worker", flat=True))
    count = 0
    for result in DBTaskResult.objects.running():
        if result.worker_ids and result.worker_ids[-1] in alive:
            continue
        same = DBTaskResult.objects.filter(pk=result.pk, status=TaskResultStatus.RUNNING, started_at=result.started_at)
        if attempts(result) > len(PAUSES):
            count += same.update(
                status=TaskResultStatus.FAILED, finished_at=at, exception_class_path="digirum.base.tasks.WorkerDied"
            )
        else:
            count += same.update(status=TaskResultStatus.READY, run_after=at)
    return count


class WorkerDied(Exception):
    """The worker was killed while it ran the task, at every attempt."""


def forget_old(at: datetime) -> None:
    """Deletes what is long done, and marks that nobody asks for any more."""
    TaskKey.objects.filter(asked_at__lt=at - KEYS_KEPT).delete()
    DBTaskResult.objects.successful().filter(finished_at__lt=at - RESULTS_KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=at - FAILURES_KEPT).delete()
    Heartbeat.objects.filter(beat_at__lt=at - timedelta(days=1)).delete()
