"""Prints what the browser measured of every page, at the end of a run: bytes, the largest part, movement, faults."""

from typing import Any

import pytest

HEAD = f"{'page':44} {'bytes':>7} {'script':>7} {'files':>5} {'LCP ms':>7} {'CLS':>6} {'faults':>6}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One row for each page; the workers of a run send what they measured with their reports."""
    rows: list[dict[str, Any]] = [
        value
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if report.when == "call"
        for name, value in report.user_properties
        if name == "page"
    ]
    if not rows:
        return
    write = terminalreporter.write_line
    terminalreporter.section("every page: first view on slow 4G with a processor six times slower")
    write(HEAD)
    for row in sorted(rows, key=lambda row: -row["lcp"]):
        name = row["name"].replace("events:", "").replace("people:", "").replace("place:", "").replace("front:", "")
        write(
            f"{name:44} {row['total']:7} {row['script']:7} {row['requests']:5} {row['lcp']:7.0f} {row['cls']:6.3f}"
            f" {row['faults']:6}"
        )
    times = sorted(row["lcp"] for row in rows)
    empty = sorted(row["empty"] for row in rows)[len(rows) // 2]
    within = sum(time <= 2500 for time in times)
    write(f"{len(rows)} pages; LCP half of them within {times[len(times) // 2]:.0f} ms, {within} within 2500 ms;")
    write(
        f"an empty page on the same line: {empty:.0f} ms. Faults: axe, the HTML checker, frame, narrow screen, targets."
    )
