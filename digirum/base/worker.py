"""The worker: runs tasks from the queue, tells every 15 seconds that it lives, and does the recurring work that is due."""

from __future__ import annotations

import logging
import sys
import threading
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.db import DatabaseError, close_old_connections, connections
from django.db.models import Q
from django.tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from digirum.base import clock, registries, tasks
from digirum.base.models import ChoreRun, Heartbeat
from digirum.base.registries import Chore

BEAT_SECONDS = 15.0
LOOK_SECONDS = 1.0
LONGEST = timedelta(minutes=10)
log = logging.getLogger(__name__)


def beat(worker: str, *, at: datetime) -> None:
    """Tells that the worker lives."""
    Heartbeat.objects.update_or_create(
        worker=worker, defaults={"beat_at": at}, create_defaults={"beat_at": at, "started_at": at}
    )


def run_due_chores(worker: str, *, at: datetime) -> list[str]:
    """Does the recurring work whose time has come and that no other living worker holds; gives the names."""
    known = set(ChoreRun.objects.values_list("name", flat=True))
    missing = [ChoreRun(name=chore.name, due_at=at) for chore in registries.chores if chore.name not in known]
    ChoreRun.objects.bulk_create(missing, ignore_conflicts=True)
    due = set(ChoreRun.objects.filter(due_at__lte=at).values_list("name", flat=True))
    return [
        chore.name for chore in registries.chores if chore.name in due and _claim(chore, worker, at) and _do(chore, at)
    ]


def _claim(chore: Chore, worker: str, at: datetime) -> bool:
    """Takes the work by one conditional update, so that of two workers one gets it. A dead worker's hold is void."""
    alive = list(Heartbeat.objects.alive_at(at).values_list("worker", flat=True))
    free = Q(held_by="") | ~Q(held_by__in=alive) | Q(held_until__lte=at)
    claimed = ChoreRun.objects.filter(free, name=chore.name, due_at__lte=at).update(
        held_by=worker, held_until=at + LONGEST
    )
    return bool(claimed)


def _do(chore: Chore, at: datetime) -> bool:
    next_time = {"held_by": "", "held_until": None, "due_at": at + timedelta(seconds=chore.every)}
    run = ChoreRun.objects.filter(name=chore.name)
    try:
        chore.run(clock.now())
    except Exception as fault:
        # One that fails must not stop the others; it comes again at its next time.
        log.exception("A recurring work failed", extra={"chore": chore.name})
        failures = (run.values_list("failures", flat=True).first() or 0) + 1
        run.update(**next_time, failures=failures, failure=type(fault).__qualname__[:120])
        return True
    run.update(**next_time, ended_at=clock.now(), failures=0, failure="")
    return True


class RoomWorker(Worker):
    """The queue's worker with a heartbeat beside it, that tries again what failed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.stopping = threading.Event()

    def run(self) -> None:
        """Works until told to stop. The heart and the recurring work have threads of their own."""
        beat(self.worker_id, at=clock.now())
        threads = [
            threading.Thread(target=self._repeat, args=(BEAT_SECONDS, self._beat), daemon=True),
            threading.Thread(target=self._repeat, args=(LOOK_SECONDS, self._look), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            super().run()
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join(10)
            Heartbeat.objects.filter(worker=self.worker_id).delete()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Told to stop: ends, after the task that it runs. That is no news to warn of. Told twice: ends at once."""
        if not self.running:
            super().shutdown(signum, frame)
        log.info("The worker was told to stop")
        self.running = False
        if not self.running_task:
            sys.exit(0)

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        """Runs one task; one that fails comes again after a pause."""
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            again = tasks.try_again_later(db_task_result, at=clock.now())
            told = {"task": db_task_result.task_path, "attempt": tasks.attempts(db_task_result)}
            told["reason"] = db_task_result.exception_class_path
            if again:
                log.warning("A task failed and will be tried again", extra=told)
            else:
                log.error("A task failed and was given up", extra=told)

    def _beat(self) -> None:
        at = clock.now()
        beat(self.worker_id, at=at)
        tasks.reclaim(at=at)

    def _look(self) -> None:
        run_due_chores(self.worker_id, at=clock.now())

    def _repeat(self, seconds: float, do: Any) -> None:
        while not self.stopping.wait(seconds):
            close_old_connections()
            try:
                do()
            except DatabaseError:
                # It comes back; until then health says that nobody has heard from us.
                log.exception("The worker cannot reach the database")
                connections["default"].close()
        connections.close_all()
