"""Fixtures for every test: a database of its own, made from a migrated template, and nothing left of the test before."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from digirum.base import maintenance, pagecache
from tests.databases import TestDatabase, test_database
from tests.environment import RUN_FOLDER, WORKER
from tests.page_table import pytest_terminal_summary

__all__ = ["pytest_terminal_summary"]  # a hook, found by its name


def pytest_configure(config: pytest.Config) -> None:
    """Compile what has been translated since the last run; the workers of this run start after it."""
    if not hasattr(config, "workerinput"):
        call_command("compile_translations", verbosity=0)


@pytest.fixture(scope="session")
def database(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[TestDatabase]:
    """The database of this test process; ``database.url()`` is its address."""
    with django_db_blocker.unblock():
        database = test_database(WORKER, RUN_FOLDER)
        database.ensure_template()
        database.renew()
    yield database
    with django_db_blocker.unblock():
        database.remove()


@pytest.fixture(scope="session")
def django_db_setup(database: TestDatabase) -> Iterator[None]:
    """In place of pytest-django's: a copy of the template, and after each test that commits another copy."""

    def renew(case: TransactionTestCase) -> None:
        database.renew()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        yield


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    """No test sees what another has left in a cache."""
    for cache in ("default", "local"):
        caches[cache].clear()
    pagecache.clear()
    maintenance.forget()
