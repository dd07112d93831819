"""A prepared query gives what the queryset gives, and writes its SQL once."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from digirum.base.models import Generation, Heartbeat
from digirum.base.prepared import Prepared, Value, insert

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
KEY = Value(Generation._meta.get_field("key"), "an-example")


def _by_key(key: str) -> QuerySet[Generation]:
    return Generation.objects.filter(key=key)


@pytest.mark.django_db
def test_it_finds_what_the_queryset_finds() -> None:
    Generation.objects.create(key="events", number=7)
    prepared = Prepared(_by_key, KEY)
    for _time in range(2):
        found = prepared.first("events")
        assert found == _by_key("events").get()
        assert found is not None
        assert (found.number, found._state.db, found._state.adding) == (7, "default", False)
    assert prepared.first("place") is None
    assert prepared.all("events") == list(_by_key("events"))


@pytest.mark.django_db
def test_it_asks_the_same_as_the_queryset() -> None:
    prepared = Prepared(_by_key, KEY)
    with CaptureQueriesContext(connection) as queries:
        prepared.first("events")
        list(_by_key("events"))
    mine, theirs = (query["sql"] for query in queries)
    assert mine == theirs


@pytest.mark.django_db
def test_the_sql_is_written_once() -> None:
    built = []

    def build(key: str) -> QuerySet[Generation]:
        built.append(key)
        return _by_key(key)

    prepared = Prepared(build, KEY)
    for key in ("events", "place", "topics"):
        prepared.first(key)
    assert built == ["an-example"]


@pytest.mark.django_db
def test_a_value_that_is_not_in_the_query_is_a_mistake() -> None:
    prepared: Prepared[Any] = Prepared(lambda _key: Generation.objects.filter(number=1), KEY)
    with pytest.raises(ValueError, match="must be found"):
        prepared.first("events")


@pytest.mark.django_db
def test_rows_beside_are_read_too() -> None:
    field = ContentType._meta.get_field("model")
    prepared: Prepared[Any] = Prepared(
        lambda model: ContentType.objects.filter(model=model), Value(field, "an-example")
    )
    assert {row.app_label for row in prepared.all("person")} == {"people"}


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection() -> None:
    Generation.objects.create(key="events", number=7)
    prepared, found = Prepared(_by_key, KEY), []

    def ask() -> None:
        for _time in range(20):
            row = prepared.first("events")
            found.append(row.number if row else None)
        connection.close()

    threads = [Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [7] * 160


@pytest.mark.django_db
def test_an_insertion_writes_what_saving_writes() -> None:
    ours, theirs = (Heartbeat(worker=name, beat_at=NOW, started_at=NOW) for name in ("ours", "theirs"))
    with CaptureQueriesContext(connection) as queries:
        insert(ours)
    assert [query["sql"].split()[0] for query in queries] == ["INSERT"]
    theirs.save(force_insert=True)
    mine, other = (Heartbeat.objects.values("beat_at", "started_at").get(worker=name) for name in ("ours", "theirs"))
    assert mine == other
    assert (ours._state.adding, ours._state.db) == (False, "default")


@pytest.mark.django_db
def test_an_insertion_tells_the_key_that_the_database_made() -> None:
    made = ContentType(app_label="people", model="an-example")
    insert(made)
    assert ContentType.objects.get(pk=made.pk).model == "an-example"


@pytest.mark.django_db
def test_an_insertion_keeps_the_databases_constraints() -> None:
    insert(Generation(key="events", number=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Generation(key="events", number=2))
