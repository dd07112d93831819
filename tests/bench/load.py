"""One short run of wrk against one address."""

import json
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.request import Request, urlopen

SCRIPT = Path(__file__).with_name("load.lua")
CLIENTS = 8
LONGEST = 10
BROWSER = {"Host": "localhost", "Accept-Encoding": "gzip, deflate, br"}


class WrongAnswer(RuntimeError):
    """The server did not do what was measured, so the figures would mean nothing."""


@dataclass(frozen=True)
class Run:
    """What came of it; times in milliseconds, as the clients saw them."""

    rate: float
    p50: float
    p99: float

    @classmethod
    def median(cls, runs: Sequence[Self]) -> Self:
        """The middle of each figure."""
        return cls(
            statistics.median(run.rate for run in runs),
            statistics.median(run.p50 for run in runs),
            statistics.median(run.p99 for run in runs),
        )


def get(url: str, seconds: int, cookie: str = "") -> Run:
    """Clients that ask for one address again and again; each answer must be 200."""
    return _wrk(url, seconds, BROWSER | ({"Cookie": cookie} if cookie else {}), ["200"])


def post(url: str, seconds: int, prepared: Path) -> Run:
    """Clients that send the prepared forms, each once; each answer must lead on (302)."""
    return _wrk(url, seconds, {}, ["302", str(prepared)])


def once(url: str, cookie: str) -> None:
    """One visit that nobody times."""
    with urlopen(Request(url, headers=BROWSER | ({"Cookie": cookie} if cookie else {})), timeout=60) as answer:  # noqa: S310 - our own server
        answer.read()


def _wrk(url: str, seconds: int, headers: Mapping[str, str], words: Sequence[str]) -> Run:
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "20s", "-s", str(SCRIPT), *given, url]
    done = subprocess.run([*command, "--", *words], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    if not told["requests"] and seconds < LONGEST:  # a machine that is busy with other things
        return _wrk(url, LONGEST, headers, words)
    if told["wrong"] or told["dry"] or told["broken"] or not told["requests"]:
        raise WrongAnswer(f"{url}: {told}")
    return Run(told["requests"] / told["seconds"], told["p50"], told["p99"])
