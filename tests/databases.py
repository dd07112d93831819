"""Databases for tests: one migrated template for each state of the code, and quick copies of it.

Migrating some forty apps takes half a minute; copying the outcome takes milliseconds. A test that commits gets a fresh
copy afterwards, rather than a flush: the journal's own triggers refuse to be emptied, and what migrations wrote stays.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".tools" / "templates"


def state_of_the_code() -> str:
    """A fingerprint of all that decides what an empty, migrated database holds."""
    digest = hashlib.sha256(f"{version('django')} {version('wagtail')} {version('django-allauth')}".encode())
    for app in apps.get_app_configs():
        folder = Path(app.path)
        digest.update(app.name.encode())
        if ROOT / "digirum" in folder.parents:
            migrations = sorted((folder / "migrations").glob("[0-9]*.py"))
            sources = migrations or sorted([*folder.glob("models.py"), *folder.glob("models/*.py")])
            for source in [*sources, *sorted(folder.glob("apps.py")), *sorted(folder.glob("permissions.py"))]:
                digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


class TestDatabase(ABC):
    """The database of one test process, under Django's default connection."""

    __test__ = False

    def __init__(self, settings: dict[str, Any], worker: str, folder: Path) -> None:
        self.settings, self.worker, self.folder = settings, worker, folder
        self.state = state_of_the_code()

    @abstractmethod
    def ensure_template(self) -> None:
        """Migrate the template, unless another process or an earlier run has done so."""

    @abstractmethod
    def renew(self) -> None:
        """Throw the database away and copy the template in its place. Only this thread's connection may be open."""

    @abstractmethod
    def remove(self) -> None:
        """Leave nothing of this process behind."""

    @abstractmethod
    def url(self) -> str:
        """The address of the database, as DATABASE_URL wants it."""

    def _migrate(self) -> None:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
        connections["default"].close()


class SQLiteDatabase(TestDatabase):
    """A file, copied from a file."""

    @property
    def template(self) -> Path:
        return CACHE / f"{self.state}.sqlite3"

    @property
    def file(self) -> Path:
        return self.folder / f"{self.worker}.sqlite3"

    def ensure_template(self) -> None:
        # Tests need no protection from a power cut; the kill tests run the real server with the real settings.
        options = self.settings["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        CACHE.mkdir(parents=True, exist_ok=True)
        with _locked(CACHE / "lock"):
            if not self.template.exists():
                unfinished = CACHE / f"{self.state}.unfinished"
                _remove_sqlite(unfinished)
                self.settings["NAME"] = str(unfinished)
                self._migrate()
                with closing(sqlite3.connect(unfinished)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                unfinished.rename(self.template)
                for old in sorted(CACHE.glob("*.sqlite3"), key=_age)[:-4]:
                    old.unlink()

    def renew(self) -> None:
        connections["default"].close()
        self.folder.mkdir(parents=True, exist_ok=True)
        _remove_sqlite(self.file)
        try:
            shutil.copyfile(self.template, self.file)
        except FileNotFoundError:  # another run, of changed code, took our template away
            self.ensure_template()
            shutil.copyfile(self.template, self.file)
        self.settings["NAME"] = str(self.file)

    def remove(self) -> None:
        connections["default"].close()
        _remove_sqlite(self.file)

    def url(self) -> str:
        return f"sqlite:///{self.file}"


class PostgresDatabase(TestDatabase):
    """A database made ``WITH TEMPLATE``, in the cluster that DATABASE_URL names."""

    def __init__(self, settings: dict[str, Any], worker: str, folder: Path) -> None:
        super().__init__(settings, worker, folder)
        self.home: str = settings["NAME"]
        self.template = f"digirum_template_{self.state}"
        self.name = f"digirum_test_{folder.name.rsplit('-', 1)[-1].lower()}_{worker}"

    @contextmanager
    def _server(self) -> Iterator[psycopg.Connection[Any]]:
        wanted = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        given = {name: self.settings[key] for name, key in wanted.items() if self.settings.get(key)}
        with closing(psycopg.connect(dbname=self.home, autocommit=True, **given)) as connection:
            yield connection

    def ensure_template(self) -> None:
        with self._server() as server:
            server.execute("SELECT pg_advisory_lock(20180213)")
            names = [row[0] for row in server.execute("SELECT datname FROM pg_database")]
            if self.template not in names:
                unfinished = f"{self.template}_unfinished"
                server.execute(f'DROP DATABASE IF EXISTS "{unfinished}" WITH (FORCE)'.encode())
                server.execute(f'CREATE DATABASE "{unfinished}"'.encode())
                self.settings["NAME"] = unfinished
                self._migrate()
                server.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{self.template}"'.encode())
                for old in names:
                    if old.startswith("digirum_template_"):
                        with suppress(psycopg.Error):
                            server.execute(f'DROP DATABASE "{old}"'.encode())

    def renew(self) -> None:
        connections["default"].close()
        with self._server() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)'.encode())
            server.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"'.encode())
        self.settings["NAME"] = self.name

    def remove(self) -> None:
        connections["default"].close()
        with self._server() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)'.encode())

    def url(self) -> str:
        user, secret = quote(self.settings["USER"]), quote(self.settings["PASSWORD"])
        who = f"{user}:{secret}@" if secret else f"{user}@"
        return f"postgresql://{who}{self.settings['HOST']}:{self.settings['PORT'] or 5432}/{self.name}"


def test_database(worker: str, folder: Path) -> TestDatabase:
    """The database for this process, of the kind that the settings name."""
    settings = connections["default"].settings_dict
    kind = SQLiteDatabase if settings["ENGINE"].endswith("sqlite3") else PostgresDatabase
    return kind(settings, worker, folder)


def _age(file: Path) -> float:
    return file.stat().st_mtime


def _remove_sqlite(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
