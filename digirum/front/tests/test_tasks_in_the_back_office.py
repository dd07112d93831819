"""Administrators see what runs behind the walls, and can try again what was given up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.tasks import TaskResultStatus
from django.test import Client
from django_tasks_db.models import DBTaskResult

from digirum.base import clock, worker
from digirum.base.models import ChoreRun
from digirum.base.refusal import NotAllowed, Refused
from digirum.base.tasks import enqueue_on_commit
from digirum.base.tests.test_tasks import note
from digirum.front.actions import retry_task
from digirum.journal.models import JournalEntry
from digirum.people.models import Role
from digirum.people.strength import Method
from digirum.people.tests.residents import sign_in_client
from digirum.people.tests.staff import holder_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def somebody(*, administrator: bool) -> Client:
    client = Client()
    person = holder_of(Role.ADMINISTRATOR if administrator else Role.COORDINATOR)
    sign_in_client(client, person, method=Method.PASSKEY, at=clock.now())
    return client


@pytest.fixture
def failed() -> DBTaskResult[..., None]:
    enqueue_on_commit(note, "anna@example.org")
    result: DBTaskResult[..., None] = DBTaskResult.objects.get()
    result.claim("w1")
    result.set_failed(ConnectionError("anna@example.org is away"))
    return result


@pytest.mark.parametrize("page", ["tasks", "recurring", "workers"])
def test_the_lists_are_for_administrators(page: str) -> None:
    assert somebody(administrator=True).get(f"/redaktion/{page}/").status_code == 200
    assert somebody(administrator=False).get(f"/redaktion/{page}/").status_code == 404
    assert Client().get(f"/redaktion/{page}/").status_code == 302


def test_a_task_is_listed_without_what_it_was_given(failed: DBTaskResult[..., None]) -> None:
    html = somebody(administrator=True).get("/redaktion/tasks/?status=FAILED").content.decode()
    assert "note" in html
    assert "builtins.ConnectionError" in html
    assert "anna@example.org" not in html


def test_recurring_work_and_workers_are_listed() -> None:
    client = somebody(administrator=True)
    worker.beat("worker-one", at=clock.now())
    ChoreRun.objects.create(name="base.sweep", due_at=NOW)
    assert b"worker-one" in client.get("/redaktion/workers/").content
    assert b"base.sweep" in client.get("/redaktion/recurring/").content


def test_what_was_given_up_can_be_tried_again_after_a_question(failed: DBTaskResult[..., None]) -> None:
    client = somebody(administrator=True)
    address = f"/redaktion/tasks/{failed.pk}/again/"
    assert client.get(address).status_code == 200
    failed.refresh_from_db()
    assert failed.status == TaskResultStatus.FAILED
    assert client.post(address).status_code == 302
    failed.refresh_from_db()
    assert failed.status == TaskResultStatus.READY
    assert client.post(address).status_code == 404


def test_who_tries_a_task_again_is_on_record_with_it(failed: DBTaskResult[..., None]) -> None:
    person = holder_of(Role.ADMINISTRATOR)
    client = Client()
    sign_in_client(client, person, method=Method.PASSKEY, at=clock.now())
    assert client.post(f"/redaktion/tasks/{failed.pk}/again/").status_code == 302
    line = JournalEntry.objects.about(failed).get()
    assert (line.verb, line.subject, line.role) == ("tasks.retried", person.subject_id, "administrator")


def test_a_task_is_not_tried_again_off_the_record(
    failed: DBTaskResult[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_line: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("digirum.front.actions.task.record", refuse)
    with pytest.raises(ConnectionError):
        retry_task(by=holder_of(Role.ADMINISTRATOR), at=clock.now(), task=failed)
    failed.refresh_from_db()
    assert failed.status == TaskResultStatus.FAILED


def test_a_task_that_is_back_already_is_refused_and_not_noted_twice(failed: DBTaskResult[..., None]) -> None:
    person = holder_of(Role.ADMINISTRATOR)
    retry_task(by=person, at=clock.now(), task=failed)
    with pytest.raises(Refused) as refusal:
        retry_task(by=person, at=clock.now(), task=failed)
    assert refusal.value.code == "not-failed"
    assert JournalEntry.objects.about(failed).count() == 1


def test_nobody_else_may(failed: DBTaskResult[..., None]) -> None:
    assert somebody(administrator=False).post(f"/redaktion/tasks/{failed.pk}/again/").status_code == 404
    with pytest.raises(NotAllowed):
        retry_task(by=holder_of(Role.EDITOR), at=clock.now(), task=failed)
    failed.refresh_from_db()
    assert failed.status == TaskResultStatus.FAILED


@pytest.mark.parametrize("page", ["tasks", "recurring", "workers"])
def test_nothing_is_added_by_hand(page: str) -> None:
    assert somebody(administrator=True).get(f"/redaktion/{page}/new/").status_code == 404
