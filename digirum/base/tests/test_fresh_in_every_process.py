"""No process ever serves a page that is older than the last committed act: real servers, real processes."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections, transaction
from django.test import RequestFactory
from pytest_django import Settings

from digirum.base import pagecache
from digirum.base.door import Door
from digirum.base.generations import raise_generation, read_generations
from digirum.base.tests import pages
from tests.databases import TestDatabase
from tests.environment import RUN_FOLDER
from tests.services import free_port

pytestmark = [pytest.mark.django_db(transaction=True)]


@dataclass
class Server:
    """One server process with its own memory."""

    port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        talk = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            talk.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = talk.getresponse()
            return response.status, dict(response.headers), response.read()
        finally:
            talk.close()

    def number(self, slug: str) -> int:
        found = re.search(rb"=(\d+) ", self.get(f"/hylla/{slug}")[2])
        assert found is not None
        return int(found[1])


def start(database: TestDatabase, name: str) -> Server:
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": database.url(), "DIGIRUM_VAR": str(RUN_FOLDER / name)}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    options = [
        "--workers",
        "1",
        "--blocking-threads",
        "2",
        "--no-ws",
        "--log-level",
        "error",
        "--workers-kill-timeout",
        "5",
    ]
    return Server(
        port, subprocess.Popen([*command, *options, "digirum.base.tests.room_for_tests:application"], env=environment)
    )


@pytest.fixture
def servers(database: TestDatabase) -> Iterator[list[Server]]:
    connections.close_all()
    started = [start(database, name) for name in ("one", "two")]
    try:
        for server in started:
            wait_until(lambda server=server: server.get("/health/live")[0] == 200)  # type: ignore[misc]  # the loop's own
        yield started
    finally:
        for server in started:
            server.process.terminate()
        for server in started:
            try:
                server.process.wait(15)
            except subprocess.TimeoutExpired:
                server.process.kill()
                server.process.wait()
        connections.close_all()


def wait_until(well: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if well():
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("The server did not open.")


def change(key: str) -> None:
    with transaction.atomic():
        raise_generation(key)


@dataclass
class Reader:
    """Asks one server again and again, and remembers each answer that was older than what was known before asking."""

    server: Server
    committed: list[int]
    stale: list[tuple[int, int]] = field(default_factory=list)
    answers: int = 0

    def read(self, stop: threading.Event) -> None:
        while not stop.is_set():
            known = self.committed[0]
            shown = self.server.number("race")
            self.answers += 1
            if shown < known:
                self.stale.append((known, shown))


def test_after_an_act_is_committed_no_process_serves_the_page_from_before(servers: list[Server]) -> None:
    """Acts follow on each other while both servers are asked; each answer is at least as new as the last commit."""
    committed = [0]
    stop = threading.Event()
    readers = [Reader(server, committed) for server in servers for _thread in range(2)]
    threads = [threading.Thread(target=reader.read, args=(stop,)) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        for _act in range(60):
            change("shelf:race")
            committed[0] = read_generations(["shelf:race"])["shelf:race"]
            time.sleep(0.02)
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
    assert [reader.stale for reader in readers] == [[]] * len(readers)
    assert sum(reader.answers for reader in readers) > 60
    with transaction.atomic():
        raise_generation("shelf:race")
        transaction.set_rollback(True)
    assert [server.number("race") for server in servers] == [60, 60]


def through_the_door(path: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
    """What the door itself says, without a server around it."""
    told: dict[str, tuple[str, dict[str, str]]] = {}

    def start(status: str, pairs: list[tuple[str, str]], *_rest: object) -> Callable[[bytes], object]:
        told["answer"] = status, dict(pairs)
        return lambda _bytes: None

    environ = RequestFactory(headers=headers).get(path).environ
    body = b"".join(Door(get_wsgi_application())(environ, start))
    return *told["answer"], body


def test_the_door_answers_as_django_does(settings: Settings) -> None:
    settings.ROOT_URLCONF = "digirum.base.tests.pages"
    pages.rendered.clear()
    first, second = through_the_door("/hylla/door"), through_the_door("/hylla/door")
    for status, headers, body in (first, second):
        assert status == "200 OK"
        assert b"door=0" in body
        assert headers.pop("X-Request-ID")
        assert headers == first[1]
    assert through_the_door("/hylla/door", **{"If-None-Match": first[1]["ETag"]})[0] == "304 Not Modified"
    assert gzip.decompress(through_the_door("/hylla/door", **{"Accept-Encoding": "gzip"})[2]) == first[2]
    assert through_the_door("/hylla/door", Host="evil.example")[0] == "400 Bad Request"
    assert len(pages.rendered) == 1


def test_the_door_leaves_trouble_with_the_database_to_django(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def django(environ: pagecache.Environ, start_response: object) -> list[bytes]:
        seen.append("django")
        return []

    monkeypatch.setattr(pagecache, "page_key", lambda _environ, _path: ("k",))
    monkeypatch.setattr(pagecache, "find", fail_once)
    Door(django)({"REQUEST_METHOD": "GET"}, lambda *_arguments: lambda _bytes: None)
    assert seen == ["django"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def fail_once(key: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
