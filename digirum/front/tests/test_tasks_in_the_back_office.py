"""Administrators see what runs behind the walls, and can try again what was given up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.tasks import TaskResultStatus
from django.test import Client
from django_tasks_db.models import DBTaskResult

from digirum.base import clock, worker
from digirum.base.models import ChoreRun
from digirum.base.tasks import enqueue_on_commit
from digirum.base.tests.test_tasks import note
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


def test_nobody_else_may(failed: DBTaskResult[..., None]) -> None:
    assert somebody(administrator=False).post(f"/redaktion/tasks/{failed.pk}/again/").status_code == 404
    failed.refresh_from_db()
    assert failed.status == TaskResultStatus.FAILED


@pytest.mark.parametrize("page", ["tasks", "recurring", "workers"])
def test_nothing_is_added_by_hand(page: str) -> None:
    assert somebody(administrator=True).get(f"/redaktion/{page}/new/").status_code == 404
