"""The server and the task worker as child processes: started, watched, started again when they die, stopped together."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

PATIENCE = 20.0  # seconds that a child gets to end what it is doing
DEATHS = 5  # so many within WINDOW seconds are no accident
WINDOW = 60.0


@dataclass
class Child:
    """One program that must run. It lives in a session of its own, so that Ctrl-C reaches it only through us."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the program. Where the system can, it is told to end when we end, whatever ends us."""
        tie = [shutil.which("setpriv") or "", "--pdeathsig", "TERM", "--"]
        command = [*(tie if tie[0] else []), *self.command]
        self.process = subprocess.Popen(command, env=dict(self.env), stdin=subprocess.DEVNULL, start_new_session=True)

    def has_died(self) -> bool:
        """Whether it ended without being asked."""
        return self.process is not None and self.process.poll() is not None

    def dies_often(self, now: float) -> bool:
        """Count a death; tell whether starting it again is of no use."""
        self.deaths = [*(death for death in self.deaths if now - death < WINDOW), now]
        return len(self.deaths) >= DEATHS

    def ask_to_stop(self) -> None:
        """Send it the signal on which it finishes what it is doing."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def see_off(self, deadline: float) -> None:
        """Wait until it has ended, and end it and all that it started at the deadline (monotonic seconds)."""
        if self.process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()


class Supervisor:
    """Keeps children running until a signal, or until one of them dies again and again."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start every child, and listen to the signals that end us."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        for child in self.children:
            child.start()

    def watch(self) -> int:
        """Return when all has ended: 0 after a signal, 1 when a child could not be kept alive."""
        code = 0
        while not self._stopping.wait(0.25) and code == 0:
            for child in self.children:
                if child.has_died():
                    code = self._revive(child)
        self.stop()
        return code

    def stop(self) -> None:
        """Stop every child, at once and cleanly; none is left behind."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            child.see_off(deadline)

    @property
    def stopping(self) -> bool:
        """Whether a signal has come."""
        return self._stopping.is_set()

    def _revive(self, child: Child) -> int:
        code = child.process.returncode if child.process else None
        if child.dies_often(time.monotonic()):
            print(
                f"The {child.name} ended {DEATHS} times within a minute (last with {code}). Giving up.", file=sys.stderr
            )
            return 1
        print(f"The {child.name} ended with {code}. Starting it again.", file=sys.stderr)
        child.see_off(time.monotonic())  # what it left running
        child.start()
        return 0

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping.set()


def server_environment(*, sqlite: bool, port: int, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of granian. Each value may be set from outside by granian's own name for it.

    On SQLite one process with a few threads: several processes would only wait for each other's writes, and more threads
    for their turn in the interpreter. On PostgreSQL as many processes as this machine has cores.
    """
    workers = 1 if sqlite else len(os.sched_getaffinity(0))
    chosen = {
        "GRANIAN_HOST": "127.0.0.1",
        "GRANIAN_PORT": str(port),
        "GRANIAN_INTERFACE": "wsgi",
        "GRANIAN_WORKERS": str(workers),
        "GRANIAN_BLOCKING_THREADS": "4" if sqlite else "8",
        "GRANIAN_BLOCKING_THREADS_IDLE_TIMEOUT": "600",
        "GRANIAN_WEBSOCKETS": "false",
        "GRANIAN_LOG_LEVEL": "error",
        "GRANIAN_RESPAWN_FAILED_WORKERS": "true",
        "GRANIAN_WORKERS_KILL_TIMEOUT": "15",
    }
    return {**chosen, **environ}


def server_command() -> list[str]:
    """The production server, in front of ``digirum.wsgi``."""
    return [sys.executable, "-m", "granian", "digirum.wsgi:application"]


def worker_command() -> list[str]:
    """The process that does the tasks of every queue."""
    return [
        sys.executable,
        "-m",
        "digirum.command",
        "db_worker",
        "--queue-name=*",
        "--no-startup-delay",
        "--skip-checks",
    ]
