"""What one visit costs: told by the process that asked once, read by the one that measures."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """What one answer costs: SQL statements, bytes of the page, bytes as they travel."""

    queries: int
    size: int
    travelling: int


@dataclass(frozen=True)
class Visits:
    """Where the clients go, as whom, and what one visit costs; each cost is under the name of the page."""

    pages: Mapping[str, str]
    cookie: str
    cached: Mapping[str, Cost]
    uncached: Mapping[str, Cost]
    sign_up: Cost
