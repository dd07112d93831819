"""Databases for tests: one migrated template for each state of the code, and quick copies of it.

Migrating some forty apps takes half a minute; copying the outcome takes milliseconds. A test that commits gets a fresh
copy afterwards, rather than a flush: the journal's own triggers refuse to be emptied, and what migrations wrote stays.
"""

import fcntl
import hashlib
import re
import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
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
IMPORT = re.compile(r"^from (digirum[\w.]*) import ([\w, ]+)", re.MULTILINE)
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
            for source in [*sources, *_imported(migrations)]:
                digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def _imported(migrations: Sequence[Path]) -> list[Path]:
    """The modules of ours that the migrations import."""
    found: set[Path] = set()
    for migration in migrations:
        for module, names in IMPORT.findall(migration.read_text()):
            place = ROOT.joinpath(*module.split("."))
            found.update([place.with_suffix(".py"), *(place / f"{name.strip()}.py" for name in names.split(","))])
    return sorted(file for file in found if file.exists())


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
        self.contents: Contents | None = None
        self.name = f"digirum_test_{folder.name.rsplit('-', 1)[-1].lower()}_{worker}"

    @contextmanager
    def _server(self, name: str = "") -> Iterator[psycopg.Connection[Any]]:
        wanted = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        given = {word: self.settings[key] for word, key in wanted.items() if self.settings.get(key)}
        with closing(psycopg.connect(dbname=name or self.home, autocommit=True, **given)) as connection:
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
        if self.contents is not None:
            with self._server(self.name) as server, suppress(psycopg.errors.InsufficientPrivilege):
                if self.contents.put_back(server):
                    return
        with self._server() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)'.encode())
            server.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"'.encode())
        self.settings["NAME"] = self.name
        with self._server(self.name) as server:
            self.contents = Contents(server)

    def remove(self) -> None:
        connections["default"].close()
        with self._server() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)'.encode())

    def url(self) -> str:
        user, secret = quote(self.settings["USER"]), quote(self.settings["PASSWORD"])
        who = f"{user}:{secret}@" if secret else f"{user}@"
        return f"postgresql://{who}{self.settings['HOST']}:{self.settings['PORT'] or 5432}/{self.name}"


class Contents:
    """What every table of a new PostgreSQL database holds, to put it back in a fraction of the time of a new copy."""

    TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    SEQUENCES = (
        "SELECT quote_ident(sequencename), last_value, start_value FROM pg_sequences WHERE schemaname = 'public'"
    )
    SHAPE = "SELECT count(*), max(oid) FROM pg_class WHERE relpersistence <> 't'"

    def __init__(self, server: psycopg.Connection[Any]) -> None:
        self.shape = server.execute(self.SHAPE).fetchone()
        self.tables = [row[0] for row in server.execute(self.TABLES)]
        self.rows = {table: self._copy(server, table) for table in self._filled(server)}
        self.sequences = {row[0]: row[1] for row in server.execute(self.SEQUENCES)}

    def put_back(self, server: psycopg.Connection[Any]) -> bool:
        """Make all rows and counters as they were; False when the tables themselves have changed."""
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                       "WHERE datname = current_database() AND pid <> pg_backend_pid()")  # fmt: skip
        if server.execute(self.SHAPE).fetchone() != self.shape:
            return False
        with server.transaction():
            server.execute("SET LOCAL session_replication_role = replica")  # neither triggers nor foreign keys hinder
            filled = self._filled(server)
            for table in {*filled, *self.rows}:
                wanted = self.rows.get(table)
                if wanted is None or self._copy(server, table) != wanted:
                    server.execute(f"DELETE FROM {table}".encode())
                    with server.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
                        copy.write(wanted or b"")
            for sequence, last, start in server.execute(self.SEQUENCES).fetchall():
                wanted_last = self.sequences[sequence]
                if last != wanted_last:
                    server.execute(
                        "SELECT setval(%s, %s, %s)", [sequence, wanted_last or start, wanted_last is not None]
                    )
        return True

    def _filled(self, server: psycopg.Connection[Any]) -> list[str]:
        asked = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in self.tables)
        return [row[0] for row in server.execute(asked.encode())]

    def _copy(self, server: psycopg.Connection[Any], table: str) -> bytes:
        with server.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT".encode()) as copy:
            return b"".join(bytes(part) for part in copy)


def sqlite_template() -> Path | None:
    """The migrated template of this state of the code, if a test has made it."""
    template = CACHE / f"{state_of_the_code()}.sqlite3"
    return template if template.exists() else None


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
