"""``make bench``: measures the room on both databases at three sizes, and says which bars it reaches.

``scripts/bench --help`` tells how to measure less. docs/performance.md tells what the figures mean.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import django

from tests.bench import measure, report
from tests.bench.measure import Pace
from tests.bench.place import machine, places
from tests.bench.report import Bar
from tests.environment import RUN_FOLDER
from tests.services import ServiceMissing

SIZES = (1_000, 10_000, 100_000)
DATABASES = ("sqlite", "postgresql")
USUAL, QUICK = Pace(seconds=2, rounds=3), Pace(seconds=1, rounds=1)


def run(kind: str, sizes: Sequence[int], pace: Pace, folder: Path) -> list[Bar]:
    """Everything on one kind of database."""
    with places(kind, folder) as ground:
        place = ground.first()
        rooms = {}
        for size in sorted(sizes):
            started = time.monotonic()
            rooms[size] = place = ground.grown(place, size)
            print(f"{kind}: {size:,} events seeded after {time.monotonic() - started:.0f} s", flush=True)
        figures = {}
        for size, room in rooms.items():
            figures[size] = measure.measure(room, pace)
            print(f"\n{kind}, {size:,} events\n{report.table(figures[size])}", flush=True)
        grown = measure.growth(rooms[min(rooms)], rooms[max(rooms)], pace)
        print(f"\n{kind}, growth\n{report.growth_table(figures)}\n", flush=True)
        return report.bars(kind, figures, grown)


def main(words: Sequence[str]) -> int:
    """Measure; 1 if a bar is missed (never with ``--quick``, whose runs are too short to tell)."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description="How fast the room is.")
    parser.add_argument("--sizes", help="numbers of events, with commas between them; 1000,10000,100000")
    parser.add_argument("--database", choices=DATABASES, help="one database instead of both")
    parser.add_argument("--quick", action="store_true", help="a short look at 200 events, to see that all of it runs")
    wanted = parser.parse_args(words)
    sizes = [int(size) for size in wanted.sizes.split(",")] if wanted.sizes else [200] if wanted.quick else SIZES
    started, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="bench-", dir=RUN_FOLDER))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digirum.settings")
    django.setup()
    print(machine(), flush=True)
    bars: list[Bar] = []
    try:
        for kind in [wanted.database] if wanted.database else DATABASES:
            bars += run(kind, sizes, QUICK if wanted.quick else USUAL, folder)
    except ServiceMissing as missing:
        print(missing)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(map(str, bars)))
    print(f"Measured in {time.monotonic() - started:.0f} s.")
    return 0 if wanted.quick or all(bar.is_met for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
