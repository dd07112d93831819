"""The sites that are measured: each size has a database of its own, grown from a copy of the smaller one."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from digirum.processes import server_command, server_environment
from tests.bench.costs import Cost, Visits
from tests.databases import sqlite_template
from tests.services import free_port, postgres, redis, wait_for_port
from tests.site import Site

LIMIT = [*server_command()[:-1], "tests.bench.limit:application"]


@dataclass
class Place:
    """One room of one size, with the limit's server beside it while it runs."""

    site: Site
    limit_port: int
    _limit: subprocess.Popen[bytes] | None = None

    @property
    def limit_url(self) -> str:
        """Where the empty view and the bare insert answer."""
        return f"http://localhost:{self.limit_port}"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Both servers. The worker rests: its recurring work would fall on one run and not on the next."""
        sqlite = self.site.database.startswith("sqlite")
        env = server_environment(sqlite=sqlite, port=self.limit_port, environ=self.site.environ)
        self.site.start(worker=False)
        with (self.site.folder / "limit.log").open("ab") as log:
            limit = subprocess.Popen(LIMIT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            wait_for_port(self.limit_port, limit)
            yield
        finally:
            limit.terminate()
            limit.wait(30)
            self.site.stop()

    def fill(self, events: int) -> None:
        """Grow to so many events."""
        self._call(f"from tests.bench import rows; rows.main({events})")

    def visits(self, rounds: int, each: int) -> Visits:
        """Prepare what the clients send."""
        folder = str(self.site.folder)
        told = self._call(f"from tests.bench import visits; visits.main({folder!r}, {rounds}, {each})")
        known = json.loads(told.splitlines()[-1])
        costs = {kind: {name: Cost(**cost) for name, cost in known[kind].items()} for kind in ("cached", "uncached")}
        return Visits(known["pages"], known["cookie"], costs["cached"], costs["uncached"], Cost(**known["sign_up"]))

    def _call(self, code: str) -> str:
        return self.site.manage("shell", "--no-imports", "-c", code)


class Places:
    """Makes places on one kind of database."""

    def __init__(self, folder: Path, address: str, valkey: str) -> None:
        self.folder, self.address = folder, address
        self.extra = {"VALKEY_URL": valkey}

    def first(self) -> Place:
        """The demo room, before any event of the bench."""
        place = self._place("demo")
        template = sqlite_template() if self.address == "sqlite" else None
        if template is not None:
            shutil.copyfile(template, self._file(place))
        elif self.address != "sqlite":
            self._create(place.site.database, "template1")
        place.site.manage("prepare")
        place.site.manage("demo")
        return place

    def grown(self, smaller: Place, events: int) -> Place:
        """A copy of a smaller place, filled up."""
        place = self._place(str(events))
        (place.site.folder / "static").symlink_to((smaller.site.folder / "static").resolve())
        if self.address == "sqlite":
            shutil.copyfile(self._file(smaller), self._file(place))
        else:
            self._create(place.site.database, urlsplit(smaller.site.database).path.strip("/"))
        place.fill(events)
        return place

    def _place(self, name: str) -> Place:
        folder = self.folder / f"{'sqlite' if self.address == 'sqlite' else 'postgresql'}-{name}"
        folder.mkdir(parents=True)
        if self.address == "sqlite":
            database = f"sqlite:///{folder / 'digirum.sqlite3'}"
        else:
            database = urlunsplit(urlsplit(self.address)._replace(path=f"/digirum_bench_{name}"))
        return Place(Site(folder, database, free_port(), self.extra), free_port())

    def _file(self, place: Place) -> Path:
        return place.site.folder / "digirum.sqlite3"

    def _create(self, database: str, template: str) -> None:
        name = urlsplit(database).path.strip("/")
        with closing(psycopg.connect(self.address, autocommit=True)) as server:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())


@contextmanager
def places(kind: str, folder: Path) -> Iterator[Places]:
    """SQLite with each process's own memory for pages, or PostgreSQL with Redis, both as they are run in earnest."""
    with ExitStack() as stack:
        if kind == "sqlite":
            yield Places(folder, "sqlite", "")
        else:
            yield Places(folder, stack.enter_context(postgres(durable=True)), stack.enter_context(redis()))


def machine() -> str:
    """What this was measured on."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        "unknown processor",
    )
    load = os.getloadavg()[0]
    return f"{len(os.sched_getaffinity(0))} cores of {model}, Python {sys.version.split()[0]}, load at the start {load:.1f}"
