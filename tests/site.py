"""The real site for tests: the production server and the task worker, as processes, on a database of their own."""

import email
import email.policy
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from digirum.processes import server_command, server_environment, worker_command
from tests.databases import sqlite_template, state_of_the_code
from tests.environment import RUN_FOLDER, WORKER
from tests.services import free_port, wait_for_port

START = 60.0  # seconds until a server must listen


@dataclass
class Seed:
    """A prepared room, migrated and with its demo, made once in a run. Every site starts from a copy of it."""

    folder: Path
    database: str

    @property
    def environ(self) -> dict[str, str]:
        """The environment in which the seed's own commands run."""
        return _environ(self.folder, self.database, port=8000)


@dataclass
class Site:
    """One running site. ``url`` has no slash at its end."""

    folder: Path
    database: str
    port: int
    extra: Mapping[str, str] = field(default_factory=dict)
    server: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the site answers."""
        return f"http://localhost:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        """The environment of all its processes."""
        return _environ(self.folder, self.database, self.port) | dict(self.extra)

    def start(self, *, worker: bool = True) -> None:
        """Start the server, and the worker; return when the server listens."""
        sqlite = self.database.startswith("sqlite")
        env = server_environment(sqlite=sqlite, port=self.port, environ=self.environ)
        self.server = self._spawn(server_command(), env, "server.log")
        if worker:
            self.start_worker()
        wait_for_port(self.port, self.server, START)

    def start_worker(self) -> None:
        """Start the task worker alone."""
        self.worker = self._spawn(worker_command(), self.environ, "worker.log")

    def kill(self) -> None:
        """End server and worker as a power cut would: kill -9 to all their processes."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End server and worker as an operator would."""
        self._end(signal.SIGTERM)

    def manage(self, *words: str) -> str:
        """What ``digirum WORDS`` prints on this site."""
        return _manage(self.environ, *words)

    def sign_in_code(self, role: str) -> str:
        """A code that signs in once as the demo's person with this role, at ``/logga-in/kod``."""
        return self.manage("demo", "--sign-in", role).split()[0]

    def mail(self, to: str = "") -> list[EmailMessage]:
        """The messages that the site has sent, oldest first; those to one address if it is given."""
        files = sorted((self.folder / "mail").glob("*"), key=lambda file: file.stat().st_mtime_ns)
        parser = email.policy.default
        parts = [part for file in files for part in file.read_bytes().split(b"-" * 79 + b"\n") if part.strip()]
        messages = [email.message_from_bytes(part, policy=parser) for part in parts]
        return [message for message in messages if to in str(message["To"])]

    def log(self) -> str:
        """What server and worker have written."""
        logs = [self.folder / name for name in ("server.log", "worker.log")]
        return "\n".join(log.read_text(errors="replace") for log in logs if log.exists())

    def _spawn(self, command: list[str], env: Mapping[str, str], log: str) -> subprocess.Popen[bytes]:
        with (self.folder / log).open("ab") as output:
            return subprocess.Popen(
                command, env=dict(env), stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )

    def _end(self, how: signal.Signals) -> None:
        processes = [process for process in (self.worker, self.server) if process is not None]
        for process in processes:
            if how == signal.SIGKILL:
                _kill_group(process)
            elif process.poll() is None:
                process.terminate()
        for process in processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                _kill_group(process)
                process.wait()
            _kill_group(process)
        self.server = self.worker = None


def seed() -> Seed:
    """The prepared room of this run: the first process that asks makes it, the others wait."""
    home = RUN_FOLDER / "seed"
    home.mkdir(parents=True, exist_ok=True)
    database = _seed_database(home)
    made = Seed(home, database)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "ready").exists():
            template = sqlite_template()
            if not database.startswith("sqlite"):
                _drop_database(database)
                _create_database(database, _migrated_template())
            elif template is not None:
                shutil.copyfile(template, home / "digirum.sqlite3")
            _manage(made.environ, "prepare")
            _manage(made.environ, "demo")
            (home / "ready").touch()
    return made


@contextmanager
def running_site(name: str, *, worker: bool = True, extra: Mapping[str, str] | None = None) -> Iterator[Site]:
    """A site of its own for as long as the block lasts; ``name`` tells it from others of this test process."""
    origin = seed()
    folder = RUN_FOLDER / f"site-{WORKER}-{name}"
    shutil.copytree(origin.folder, folder, ignore=shutil.ignore_patterns("static", "lock", "ready", "*-wal", "*-shm"))
    (folder / "static").symlink_to(origin.folder / "static")
    database = _copy_database(origin.database, folder)
    site = Site(folder, database, free_port(), extra or {})
    try:
        site.start(worker=worker)
        yield site
    finally:
        site.stop()
        if not database.startswith("sqlite"):
            _drop_database(database)
        shutil.rmtree(folder, ignore_errors=True)


def _environ(folder: Path, database: str, port: int) -> dict[str, str]:
    ours = {
        "DIGIRUM_MODE": "demo",
        "DIGIRUM_VAR": str(folder),
        "DATABASE_URL": database,
        "PORT": str(port),
        "DIGIRUM_LOG_LEVEL": "INFO",
        "PYTHONUNBUFFERED": "1",
    }
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "GRANIAN_", "PYTEST_"))
    }
    return inherited | ours


def _manage(environ: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "digirum.command", *words], env=dict(environ), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"digirum {' '.join(words)} ended with {done.returncode}.\n{done.stdout}{done.stderr}")
    return done.stdout


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _seed_database(home: Path) -> str:
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        return f"sqlite:///{home / 'digirum.sqlite3'}"
    return _renamed(given, f"digirum_seed_{RUN_FOLDER.name.rsplit('-', 1)[-1].lower()}")


def _copy_database(origin: str, folder: Path) -> str:
    if origin.startswith("sqlite"):
        return f"sqlite:///{folder / 'digirum.sqlite3'}"
    copy = _renamed(origin, f"{_name(origin)}_{folder.name.replace('-', '_')}")
    _create_database(copy, template=_name(origin))
    return copy


def _name(url: str) -> str:
    return urlsplit(url).path.strip("/")


def _renamed(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def _server() -> Iterator[psycopg.Connection[Any]]:
    with closing(psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)) as connection:
        yield connection


def _migrated_template() -> str:
    name = f"digirum_template_{state_of_the_code()}"
    with _server() as server:
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return name if there else "template1"


def _create_database(url: str, template: str = "template1") -> None:
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(20180213)")  # two copies of one template at a time are refused
        server.execute(f'CREATE DATABASE "{_name(url)}" TEMPLATE "{template}"'.encode())


def _drop_database(url: str) -> None:
    with _server() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)'.encode())
