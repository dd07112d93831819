"""Tables, and the bars that the figures must reach."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.load import Run
from tests.bench.measure import Figure

CACHED = {"sqlite": 0.50, "postgresql": 0.25}
SIGN_UP = 0.25
MOST_QUERIES = 12
MOST_GROWTH = 1.5
HEAD = f"{'':24}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'queries':>9}{'bytes':>9}{'gzipped':>9}{'limit/s':>9}{'ratio':>8}"

type Figures = Mapping[str, Figure]


@dataclass(frozen=True)
class Bar:
    """One demand, and what was measured."""

    demand: str
    measured: str
    is_met: bool

    def __str__(self) -> str:
        return f"{'ok' if self.is_met else 'MISSED':7} {self.demand}: {self.measured}"


def table(figures: Figures) -> str:
    """One line for each page, with the limit measured beside it."""
    lines = [HEAD]
    for name, figure in figures.items():
        run, cost = figure.run, figure.cost
        lines.append(
            f"{name:24}{run.rate:11.0f}{run.p50:9.2f}{run.p99:9.2f}{cost.queries:9}{cost.size:9}{cost.travelling:9}"
            f"{figure.limit:9.0f}{figure.ratio:8.0%}"
        )
    return "\n".join(lines)


def growth_table(sizes: Mapping[int, Figures]) -> str:
    """The p50 of each page at each size, and the growth from the smallest to the largest."""
    lines = [f"{'p50 ms at':24}" + "".join(f"{size:>11,}" for size in sizes) + f"{'growth':>9}"]
    for name in next(iter(sizes.values())):
        times = [figures[name].run.p50 for figures in sizes.values()]
        lines.append(f"{name:24}" + "".join(f"{time:11.2f}" for time in times) + f"{times[-1] / times[0]:8.2f}×")
    return "\n".join(lines)


def bars(kind: str, sizes: Mapping[int, Figures], grown: tuple[Run, Run, float]) -> list[Bar]:
    """Every demand on one database. Each holds at every size; the worst one is told."""
    cached = [
        (figure.ratio, f"{name} at {size:,}")
        for size, figures in sizes.items()
        for name, figure in figures.items()
        if name.endswith(", cached")
    ]
    queries = [(figures["programme, signed in"].cost.queries, size) for size, figures in sizes.items()]
    sign_ups = [(figures["sign-up"].ratio, size) for size, figures in sizes.items()]
    worst, where = min(cached)
    few, many, growth = grown
    first, last = min(sizes), max(sizes)
    return [
        Bar(
            f"{kind}: a cached page reaches {CACHED[kind]:.0%} of an empty view's rate",
            f"{worst:.0%} ({where})",
            worst >= CACHED[kind],
        ),
        Bar(
            f"{kind}: the uncached programme asks at most {MOST_QUERIES} queries at every size",
            ", ".join(f"{count} at {size:,}" for count, size in queries),
            max(queries)[0] <= MOST_QUERIES,
        ),
        Bar(
            f"{kind}: the uncached programme's p50 grows less than {MOST_GROWTH}× from {first:,} to {last:,}",
            f"{growth:.2f}× ({few.p50:.1f} → {many.p50:.1f} ms)",
            growth < MOST_GROWTH,
        ),
        Bar(
            f"{kind}: sign-ups reach {SIGN_UP:.0%} of the rate of a bare insert",
            ", ".join(f"{ratio:.0%} at {size:,}" for ratio, size in sign_ups),
            min(sign_ups)[0] >= SIGN_UP,
        ),
    ]
