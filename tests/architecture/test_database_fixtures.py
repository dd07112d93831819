"""The fixtures of the root conftest keep their promises."""

import threading

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection


@pytest.mark.django_db
def test_a_migrated_database_is_there() -> None:
    assert ContentType.objects.filter(app_label="people", model="person").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_from_threads_is_gone_in_the_next(turn: int) -> None:
    def add(number: int) -> None:
        ContentType.objects.create(app_label="passing", model=f"noun{number}")
        connection.close()

    assert not ContentType.objects.filter(app_label="passing").exists(), turn
    threads = [threading.Thread(target=add, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ContentType.objects.filter(app_label="passing").count() == 8
    assert ContentType.objects.filter(app_label="people").exists(), "what migrations wrote is there"
