"""The ``digirum`` command: opens the room, serves it, and passes every other word on to Django.

open     everything that a first look needs: database, demo, translations, static files, server and worker
prepare  what a new version needs before it serves: translations, database, static files
serve    the web server alone
worker   the task worker alone
demo     fill the demo room; with --sign-in ROLE a code to sign in with once
check    see that the settings are sound (--deploy for production)
backup   one file with the database and the media
restore  put a backup in place
"""

import hashlib
import http.client
import io
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, execute_from_command_line
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from digirum.base import clock
from digirum.processes import Child, Supervisor, server_command, server_environment, worker_command

STANDARD_PORT = 8000
START_PATIENCE = 60.0  # seconds until the server must answer


class Steps:
    """Says what is done and how long each part took."""

    def __init__(self) -> None:
        self.note = ""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Run one part; set ``note`` within it to say what came of it."""
        started, self.note = time.monotonic(), ""
        yield
        print(f"  {name:<14}{time.monotonic() - started:6.1f} s  {self.note}".rstrip(), flush=True)


def open_room(_words: Sequence[str]) -> int:
    """Open the demo room: prepare what is not prepared, start server and worker, say where to go, wait for Ctrl-C."""
    started = float(os.environ.get("DIGIRUM_STARTED") or clock.now().timestamp())  # the Makefile knows when it began
    steps = Steps()
    with steps.step("settings"):
        django.setup()
    if settings.MODE == "production":
        raise CommandError(
            "`digirum open` is for the demo room. In production run `digirum prepare`, then `digirum serve` and `digirum worker`."
        )
    port = _free_port()
    _prepare(steps, ["demo"])
    supervisor = Supervisor(
        [
            Child("server", server_command(), _server_environment(port)),
            Child("task worker", worker_command(), dict(os.environ)),
        ]
    )
    try:
        with steps.step("server"):
            supervisor.start()
            _wait_for_answer(port, supervisor)
    except BaseException:
        supervisor.stop()
        raise
    if not supervisor.stopping:
        print(_welcome(port, clock.now().timestamp() - started), flush=True)
    code = supervisor.watch()
    print("The room is closed.", flush=True)
    return code


def prepare(_words: Sequence[str]) -> int:
    """Bring database, translations and static files up to this version of the code; give a new room its vocabulary."""
    steps = Steps()
    with steps.step("settings"):
        django.setup()
    _prepare(steps, ["load_vocabulary"])
    return 0


def serve(_words: Sequence[str]) -> int:
    """Become the web server."""
    os.execve(sys.executable, server_command(), _server_environment(settings.PORT))  # noqa: S606 - our own server


def worker(words: Sequence[str]) -> int:
    """Become the task worker. Further words are those of ``db_worker``."""
    os.execv(sys.executable, [*worker_command(), *words])  # noqa: S606 - our own worker


WORDS: dict[str, Callable[[Sequence[str]], int]] = {
    "open": open_room,
    "prepare": prepare,
    "serve": serve,
    "worker": worker,
}


def _prepare(steps: Steps, then: Sequence[str]) -> None:
    with steps.step("translations"):
        call_command("compile_translations", verbosity=0)
    with steps.step("database"):
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if waiting:
            call_command("migrate", interactive=False, verbosity=0)
        steps.note = f"{waiting} migrations" if waiting else "as it should be"
    for name in then:
        with steps.step(name):
            call_command(name, verbosity=0)
    with steps.step("static files"):
        call_command("check", tags=["staticfiles"], stdout=io.StringIO())  # only what is wrong is said
        steps.note = "collected" if _collect_static() else "as they were"
    connections.close_all()


def _collect_static() -> bool:
    """Collect static files if any has changed since the last time; tell whether it was done."""
    digest = hashlib.sha256(f"{settings.STATICFILES_DIRS} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))  # noqa: PTH116 - a thousand files at each start
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    stamp, state = Path(settings.VAR) / "static.state", digest.hexdigest()
    if stamp.exists() and stamp.read_text() == state and Path(settings.STATIC_ROOT).is_dir():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)
    return True


def _server_environment(port: int) -> dict[str, str]:
    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    return server_environment(sqlite=sqlite, port=port, environ=os.environ)


def _free_port() -> int:
    port: int = settings.PORT
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(
                f"Something else answers on port {port}. Choose another one: make run PORT={port + 80}."
            ) from None
    return port


def _wait_for_answer(port: int, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while time.monotonic() < deadline and not supervisor.stopping:
        if any(child.has_died() for child in supervisor.children):
            raise CommandError("The server or the task worker could not start. The reason is above.")
        if _answers(port):
            return
        time.sleep(0.05)
    if not supervisor.stopping:
        raise CommandError(f"The server did not answer within {START_PATIENCE:.0f} s.")


def _answers(port: int) -> bool:
    knock = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        knock.request("GET", "/health/live", headers={"Host": "localhost"})
        return knock.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        knock.close()


def _welcome(port: int, seconds: float) -> str:
    roles = [value for value, _label in apps.get_model("people", "RoleGrant")._meta.get_field("role").choices or []]
    return "\n".join(
        [
            f"Open after {seconds:.1f} s: http://localhost:{port}",
            "To sign in, ask in another window for a code that works once:",
            f"    {'' if port == STANDARD_PORT else f'PORT={port} '}.venv/bin/digirum demo --sign-in guide",
            f"Roles: resident, {', '.join(roles)}.",
            "Ctrl-C closes the room.",
        ]
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the first word says; give the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digirum.settings")
    if not words or words[0] in {"-h", "--help"}:
        print(__doc__)
        return 0 if words else 2
    act = WORDS.get(words[0])
    try:
        if act is not None:
            return act(words[1:])
        execute_from_command_line(["digirum", *words])
    except (CommandError, ImproperlyConfigured) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
