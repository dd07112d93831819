"""One command opens the room: it says where to go, how to sign in, how long it took; and it closes without a trace."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.opening.test_supervisor import children_of, runs, wait_until
from tests.services import free_port

pytestmark = pytest.mark.browser


class Opening:
    """``digirum open`` on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.environ = {
            **{key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DIGIRUM_STARTED"}},
            "DIGIRUM_MODE": "demo",
            "DIGIRUM_VAR": str(folder),
            "PORT": str(self.port),
        }
        self.process: subprocess.Popen[str] | None = None
        self.said: list[str] = []
        self.last_words = ""

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "digirum.command", "open"], env=self.environ, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.said = []
        for line in self.process.stdout:
            self.said.append(line)
            if "Ctrl-C" in line:
                return
        raise AssertionError("".join(self.said))

    def close(self) -> int:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.send_signal(signal.SIGINT)
        self.last_words, _nothing = self.process.communicate(timeout=30)
        return self.process.returncode

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "digirum.command", *words],
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )

    def whole_family(self) -> list[int]:
        """The processes when all are there: server, its worker process, task worker. They do not come at once."""
        until = time.monotonic() + 20
        while len(family := self.family()) < 3:
            assert time.monotonic() < until, family
            time.sleep(0.1)
        return family

    def family(self) -> list[int]:
        assert self.process is not None
        found, new = [], [self.process.pid]
        while new:
            new = [child for parent in new for child in children_of(parent)]
            found += new
        return found


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opening]:
    opening = Opening(tmp_path_factory.mktemp("open"))
    opening.start()
    yield opening
    opening.close()


def test_it_says_where_to_go_and_how_long_each_part_took(opening: Opening) -> None:
    said = "".join(opening.said)
    assert re.search(rf"Open after \d+\.\d s: http://localhost:{opening.port}\n", said)
    for part in ("translations", "database", "demo", "static files", "server"):
        assert re.search(rf"^  {part} +\d+\.\d s", said, re.MULTILINE), said
    with urlopen(f"http://localhost:{opening.port}/", timeout=10) as answer:
        assert answer.status == 200


def test_it_says_how_to_sign_in_as_each_role(opening: Opening) -> None:
    said = "".join(opening.said)
    assert f"PORT={opening.port} .venv/bin/digirum demo --sign-in guide" in said
    for role in ("resident", "guide", "coordinator", "editor", "auditor", "administrator"):
        assert role in said
    told = opening.run("demo", "--sign-in", "guide").stdout
    assert f"http://localhost:{opening.port}/logga-in/kod" in told
    refused = opening.run("demo", "--sign-in", "king")
    assert refused.returncode == 1
    assert "administrator" in refused.stderr, "it names the roles that there are"


def test_a_port_in_use_is_refused_with_a_sentence(opening: Opening) -> None:
    refused = opening.run("open")
    assert refused.returncode == 1
    assert f"Something else answers on port {opening.port}" in refused.stderr


def test_a_worker_that_dies_is_started_again(opening: Opening) -> None:
    assert opening.process is not None
    before = children_of(opening.process.pid)
    assert len(before) == 2
    os.kill(before[-1], signal.SIGKILL)
    wait_until(lambda: len(children_of(opening.process.pid)) == 2 and children_of(opening.process.pid) != before)  # type: ignore[union-attr] # asserted above
    with urlopen(f"http://localhost:{opening.port}/", timeout=10) as answer:
        assert answer.status == 200


def test_ctrl_c_closes_all_and_a_second_opening_is_quick_and_changes_nothing(opening: Opening) -> None:
    assert opening.process is not None
    family = opening.whole_family()
    assert opening.close() == 0
    assert opening.last_words.splitlines()[-1] == "The room is closed."
    assert "shutting down" not in opening.last_words
    assert [process for process in family if runs(process)] == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", opening.port)) != 0

    opening.start()
    said = "".join(opening.said)
    assert "as it should be" in said
    assert "as they were" in said


@pytest.mark.parametrize("words", [["--help"], ["help"]])
def test_help_names_the_words(opening: Opening, words: list[str]) -> None:
    told = opening.run(*words).stdout
    for word in ("backup", "restore", "demo"):
        assert word in told


def test_an_unknown_word_is_an_error(opening: Opening) -> None:
    refused = opening.run("opne")
    assert refused.returncode == 1
    assert "opne" in refused.stderr


def test_production_is_not_opened_as_a_demo(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(opening.environ, "DIGIRUM_MODE", "production")
    refused = opening.run("open")
    assert refused.returncode == 1
    assert "DIGIRUM_SECRET_KEY" in refused.stderr
    monkeypatch.setitem(opening.environ, "DIGIRUM_SECRET_KEY", "a" * 60)
    monkeypatch.setitem(opening.environ, "DIGIRUM_ORIGIN", "https://digidel.example.se")
    refused = opening.run("open")
    assert refused.returncode == 1
    assert "`digirum prepare`" in refused.stderr


def test_a_theme_that_is_not_there_is_refused(opening: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(opening.environ, "DIGIRUM_THEME", "base/css/theme-finnsinte.css")
    refused = opening.run("prepare")
    assert refused.returncode == 1
    assert "DIGIRUM_THEME names base/css/theme-finnsinte.css, and there is no such style sheet." in refused.stderr
