"""What is measured, and how: short runs in turns with the limit's, so that what else the machine does hits both."""

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.bench import load
from tests.bench.costs import Cost
from tests.bench.load import Run
from tests.bench.place import Place

PAUSE = 0.2
RATE = 6_000
"""More sign-ups or inserts than any server here does in a second: so many are prepared."""


@dataclass(frozen=True)
class Pace:
    """How long and how often."""

    seconds: int
    rounds: int


@dataclass
class Figure:
    """One line of the table: the runs, and beside each the limit's rate just before it."""

    name: str
    cost: Cost
    runs: list[Run] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)

    @property
    def run(self) -> Run:
        """The middle of the runs."""
        return Run.median(self.runs)

    @property
    def limit(self) -> float:
        """The middle of the limit's rates."""
        return statistics.median(self.limits)

    @property
    def ratio(self) -> float:
        """Which part of the limit's rate it reaches: the middle of the pairs."""
        return statistics.median(run.rate / limit for run, limit in zip(self.runs, self.limits, strict=True))


def measure(place: Place, pace: Pace) -> dict[str, Figure]:
    """Every figure of one room; the writes first, while the sessions are as fresh as those of who signs up."""
    visits = place.visits(pace.rounds, pace.seconds * RATE)
    figures = {f"{name}, cached": Figure(name, cost) for name, cost in visits.cached.items()}
    figures |= {f"{name}, signed in": Figure(name, cost) for name, cost in visits.uncached.items()}
    figures["sign-up"] = Figure("sign-up", visits.sign_up)
    with place.running():
        _warm(place, visits.pages.values(), visits.cookie)
        for turn in range(pace.rounds):
            _write_in_turns(place, figures["sign-up"], turn, pace.seconds)
        for _turn in range(pace.rounds):
            for name, path in visits.pages.items():
                _read_in_turns(place, figures[f"{name}, cached"], path, "", pace.seconds)
                _read_in_turns(place, figures[f"{name}, signed in"], path, visits.cookie, pace.seconds)
    return figures


def growth(smallest: Place, largest: Place, pace: Pace) -> tuple[Run, Run, float]:
    """The programme without the cache in the smallest and the largest room, in turns; by how much its p50 grows."""
    cookies = [place.visits(1, 1).cookie for place in (smallest, largest)]
    few, many = [], []
    with smallest.running(), largest.running():
        for place, cookie in zip((smallest, largest), cookies, strict=True):
            _warm(place, ["/program"], cookie)
        for _turn in range(2 * pace.rounds + 1):
            few.append(_read(smallest.site.url + "/program", cookies[0], pace.seconds))
            many.append(_read(largest.site.url + "/program", cookies[1], pace.seconds))
    grown = statistics.median(large.p50 / small.p50 for small, large in zip(few, many, strict=True))
    return Run.median(few), Run.median(many), grown


def _read_in_turns(place: Place, figure: Figure, path: str, cookie: str, seconds: int) -> None:
    figure.limits.append(_read(place.limit_url + "/empty", "", seconds).rate)
    figure.runs.append(_read(place.site.url + path, cookie, seconds))


def _write_in_turns(place: Place, figure: Figure, turn: int, seconds: int) -> None:
    folder = place.site.folder
    time.sleep(PAUSE)
    figure.limits.append(load.post(place.limit_url, seconds, folder / f"inserts-{turn}").rate)
    time.sleep(PAUSE)
    figure.runs.append(load.post(place.site.url, seconds, folder / f"sign-ups-{turn}"))


def _read(url: str, cookie: str, seconds: int) -> Run:
    time.sleep(PAUSE)
    return load.get(url, seconds, cookie)


def _warm(place: Place, paths: Iterable[str], cookie: str) -> None:
    """Every process and thread has done all of it before anything counts."""
    for url in [place.limit_url + "/empty", *(place.site.url + path for path in paths)]:
        for _turn in range(16):
            load.once(url, cookie)
            load.once(url, "")
