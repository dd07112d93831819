"""Server and worker live and die together: started again when they fall, never left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

SCRIPT = """
import os, sys
from digirum.processes import Child, Supervisor
supervisor = Supervisor([Child(name, command.split(), os.environ) for name, command in {children!r}])
supervisor.start()
print("started", flush=True)
sys.exit(supervisor.watch())
"""
SLEEPER = f"{sys.executable} -c __import__('time').sleep(600)"
# Ends neither at once nor with its children: starts one of its own and takes no notice of a polite signal.
STUBBORN = f"{sys.executable} {{script}}"


def wait_until(true: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def children_of(process: int) -> list[int]:
    """The direct children of a process that still run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(words[1]) == process and words[0] != "Z":
                found.append(int(folder.name))
    return sorted(found)


def runs(process: int) -> bool:
    with suppress(OSError):
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@contextmanager
def supervised(*commands: str) -> Iterator[subprocess.Popen[str]]:
    children = [(f"child {number}", command) for number, command in enumerate(commands)]
    script = SCRIPT.format(children=children)
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "started\n"
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda ending: ending.name)
def test_a_signal_ends_all_of_them(ending: signal.Signals) -> None:
    with supervised(SLEEPER, SLEEPER) as process:
        wait_until(lambda: len(children_of(process.pid)) == 2)
        children = children_of(process.pid)
        process.send_signal(ending)
        assert process.wait(10) == 0
        assert [child for child in children if runs(child)] == []


def test_who_dies_is_started_again() -> None:
    with supervised(SLEEPER, SLEEPER) as process:
        wait_until(lambda: len(children_of(process.pid)) == 2)
        first, second = children_of(process.pid)
        os.kill(second, signal.SIGKILL)
        wait_until(lambda: len(children_of(process.pid)) == 2 and second not in children_of(process.pid))
        assert first in children_of(process.pid), "the other one is left alone"


def test_who_cannot_live_ends_all() -> None:
    with supervised(SLEEPER, f"{sys.executable} -c raise(SystemExit(3))") as process:
        sleeper = children_of(process.pid)[0]
        assert process.wait(30) == 1
        assert process.stderr is not None
        assert "ended 5 times within a minute (last with 3)" in process.stderr.read()
        assert not runs(sleeper)


def test_nothing_outlives_us_even_when_we_are_killed() -> None:
    with supervised(SLEEPER, SLEEPER) as process:
        wait_until(lambda: len(children_of(process.pid)) == 2)
        children = children_of(process.pid)
        process.kill()
        process.wait(10)
        wait_until(lambda: not any(runs(child) for child in children))


def test_what_a_dead_child_started_goes_with_it(tmp_path: Path) -> None:
    note = tmp_path / "grandchild"
    script = tmp_path / "parent.py"
    script.write_text(
        "import pathlib, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid))\n"
        "time.sleep(600)\n"
    )
    with supervised(STUBBORN.format(script=script)) as process:
        wait_until(lambda: note.exists() and note.read_text())
        grandchild = int(note.read_text())
        (parent,) = children_of(process.pid)
        note.unlink()
        os.kill(parent, signal.SIGKILL)
        wait_until(lambda: note.exists() and note.read_text())
        assert not runs(grandchild)
        second = int(note.read_text())
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert not runs(second)
