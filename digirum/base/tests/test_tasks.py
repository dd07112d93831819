"""Work for later is done, whatever dies on the way, and what cannot be done is seen."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from digirum.base import clock, registries, tasks, worker
from digirum.base.models import ChoreRun, Heartbeat, TaskKey
from digirum.base.registries import Chore, Registry
from digirum.base.tasks import enqueue_on_commit
from tests.databases import TestDatabase
from tests.environment import RUN_FOLDER

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
done: list[str] = []


@task
def note(word: str) -> None:
    """Remembers a word."""
    done.append(word)


@task
def stumble() -> None:
    """Never succeeds."""
    raise ConnectionError("anna@example.org is away")


@pytest.fixture(autouse=True)
def nothing_done(monkeypatch: pytest.MonkeyPatch) -> Registry[Chore]:
    done.clear()
    registry: Registry[Chore] = Registry("chores")
    monkeypatch.setattr(registries, "chores", registry)
    return registry


def work(name: str = "w1") -> None:
    """Runs what is due and goes home."""
    call_command("db_worker", batch=True, worker_id=name, startup_delay=False, queue_name="*", interval=0)


def a_worker() -> worker.RoomWorker:
    """A worker that has not begun."""
    return worker.RoomWorker(
        queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="w1",
    )  # fmt: skip


# Being told to stop ---------------------------------------------------------------------------------------------------------


def test_a_worker_that_is_told_to_stop_ends_without_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SystemExit) as end:
        a_worker().shutdown(signal.SIGTERM, None)
    assert end.value.code == 0
    assert [line for line in caplog.records if line.levelno >= logging.WARNING] == []


def test_a_worker_ends_its_task_first_and_at_once_when_told_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = a_worker()
    monkeypatch.setattr(busy, "reset_signals", lambda: None)
    busy.running_task = True
    busy.shutdown(signal.SIGTERM, None)
    assert not busy.running
    with pytest.raises(SystemExit) as end:
        busy.shutdown(signal.SIGTERM, None)
    assert end.value.code == 1


# Asking -------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_task_is_done_if_and_only_if_the_act_is_committed() -> None:
    with transaction.atomic():
        enqueue_on_commit(note, "committed")
    with transaction.atomic():
        enqueue_on_commit(note, "rolled back")
        transaction.set_rollback(True)
    work()
    assert done == ["committed"]


@pytest.mark.django_db(transaction=True)
def test_outside_of_an_act_nothing_may_be_asked_for() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        enqueue_on_commit(note, "x")


@pytest.mark.django_db
def test_the_same_key_is_asked_for_once() -> None:
    assert enqueue_on_commit(note, "x", key="receipt:1")
    assert not enqueue_on_commit(note, "x", key="receipt:1")
    assert enqueue_on_commit(note, "x", key="receipt:2")
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_task_for_tomorrow_waits() -> None:
    with time_machine.travel(NOW, tick=False) as now:
        with transaction.atomic():
            enqueue_on_commit(note, "tomorrow", after=NOW + timedelta(days=1))
        work()
        assert done == []
        now.shift(timedelta(days=1))
        work()
        assert done == ["tomorrow"]


# Failing ------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_what_fails_is_tried_again_after_pauses_that_grow_and_then_left_for_people_to_see() -> None:
    pauses = []
    with time_machine.travel(NOW, tick=False) as now:
        with transaction.atomic():
            enqueue_on_commit(stumble)
        for _attempt in tasks.PAUSES:
            work()
            result = DBTaskResult.objects.get()
            assert result.status == TaskResultStatus.READY
            pauses.append(result.run_after - clock.now())
            work()  # nothing before its time
            assert DBTaskResult.objects.get().worker_ids == result.worker_ids
            now.move_to(result.run_after)
        work()
        result = DBTaskResult.objects.get()
    assert pauses == list(tasks.PAUSES)
    assert pauses == sorted(pauses)
    assert result.status == TaskResultStatus.FAILED
    assert result.exception_class_path == "builtins.ConnectionError"
    assert tasks.put_back(result, at=NOW)
    result.refresh_from_db()
    assert result.status == TaskResultStatus.READY
    assert tasks.attempts(result) == 0


# Dying --------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_task_of_a_worker_that_died_is_taken_up_by_another() -> None:
    worker.beat("dead", at=NOW - timedelta(seconds=61))
    worker.beat("alive", at=NOW)
    for name in ("dead", "alive"):
        enqueue_on_commit(note, name)
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).get().claim(name)
    assert tasks.reclaim(at=NOW) == 1
    put_back = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    assert put_back.args_kwargs["args"] == ["dead"]
    assert tasks.reclaim(at=NOW) == 0


@pytest.mark.django_db
def test_a_task_that_kills_every_worker_is_given_up() -> None:
    enqueue_on_commit(note, "deadly")
    for number in range(len(tasks.PAUSES) + 1):
        DBTaskResult.objects.get(status=TaskResultStatus.READY).claim(f"dead-{number}")
        tasks.reclaim(at=clock.now() + timedelta(minutes=2))
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=clock.now() - timedelta(1))
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


@pytest.mark.django_db(transaction=True)
def test_a_worker_process_beats_dies_by_kill_9_and_loses_nothing(database: TestDatabase) -> None:
    connection.close()
    environment = {**os.environ, "DATABASE_URL": database.url(), "DIGIRUM_VAR": str(RUN_FOLDER / "worker")}
    command = [sys.executable, "-m", "digirum.command", "db_worker", "--queue-name=*", "--no-startup-delay"]
    with subprocess.Popen([*command, "--worker-id=victim"], env=environment) as process:
        try:
            deadline = time.monotonic() + 40
            while not Heartbeat.objects.filter(worker="victim").exists():
                assert time.monotonic() < deadline, "The worker never said that it lives."
                time.sleep(0.2)
        finally:
            os.kill(process.pid, signal.SIGKILL)
    with transaction.atomic():
        enqueue_on_commit(note, "left behind")
    DBTaskResult.objects.get().claim("victim")
    assert tasks.reclaim(at=clock.now()) == 0
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert tasks.reclaim(at=clock.now()) == 1
        work()
    assert done == ["left behind"]


# Recurring work -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_recurring_work_is_done_when_it_is_due(nothing_done: Registry[Chore]) -> None:
    seen: list[datetime] = []
    nothing_done.register(Chore("sweep", every=60, run=seen.append))
    with time_machine.travel(NOW, tick=False) as now:
        for _second in range(3):
            worker.run_due_chores("w1", at=clock.now())
            now.shift(30)
    assert seen == [NOW, NOW + timedelta(seconds=60)]


@pytest.mark.django_db
def test_two_workers_do_not_do_the_same_work_at_once(nothing_done: Registry[Chore]) -> None:
    seen: list[str] = []

    def meanwhile(at: datetime) -> None:
        seen.append("first")
        worker.beat("w1", at=at)
        assert worker.run_due_chores("w2", at=at) == []

    nothing_done.register(Chore("sweep", every=60, run=meanwhile))
    worker.run_due_chores("w1", at=clock.now())
    assert seen == ["first"]


@pytest.mark.django_db
def test_the_work_of_a_dead_worker_is_taken_over(nothing_done: Registry[Chore]) -> None:
    seen: list[datetime] = []
    nothing_done.register(Chore("sweep", every=60, run=seen.append))
    worker.beat("dead", at=NOW - timedelta(seconds=61))
    ChoreRun.objects.create(name="sweep", due_at=NOW, held_by="dead", held_until=NOW + timedelta(minutes=9))
    assert worker.run_due_chores("w2", at=NOW) == ["sweep"]


@pytest.mark.django_db
def test_work_that_fails_stops_no_other_and_is_seen(nothing_done: Registry[Chore]) -> None:
    seen: list[datetime] = []

    def fail(at: datetime) -> None:
        raise ValueError(at)

    nothing_done.register(Chore("broken", every=60, run=fail))
    nothing_done.register(Chore("sweep", every=60, run=seen.append))
    worker.run_due_chores("w1", at=NOW)
    assert len(seen) == 1
    run = ChoreRun.objects.get(name="broken")
    assert (run.failures, run.failure, run.held_by) == (1, "ValueError", "")
    assert run.due_at == NOW + timedelta(seconds=60)


@pytest.mark.django_db
def test_what_is_long_done_is_forgotten() -> None:
    enqueue_on_commit(note, "x", key="k")
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=NOW)
    TaskKey.objects.update(asked_at=NOW)
    tasks.forget_old(NOW + timedelta(days=13))
    assert DBTaskResult.objects.exists()
    tasks.forget_old(NOW + timedelta(days=31))
    assert not DBTaskResult.objects.exists()
    assert not TaskKey.objects.exists()
