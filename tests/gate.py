"""What ``make check`` and ``make test`` run: every step to its end, then one summary. Any failure makes it fail."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

from tests.services import ServiceMissing, postgres, redis

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
NOTHING_COLLECTED = 5
SLOWEST = 20


@dataclass(frozen=True)
class Step:
    """One command; ``seconds`` is when it counts as hung."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    seconds: int = 600
    junit: Path | None = None
    may_be_empty: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a step ended."""

    step: Step
    ok: bool
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    times: tuple[tuple[float, str], ...] = ()


def quick_steps(var: Path) -> list[Step]:
    """Format, lint, types, imports, translations, migrations: the longest first."""
    python, env = sys.executable, {"DIGIRUM_MODE": "test", "DIGIRUM_VAR": str(var)}
    return [
        Step("types", [str(BIN / "mypy")], env),
        Step("translations", [python, "scripts/translations.py", "check"], env),
        Step("migrations match the models", [python, "manage.py", "makemigrations", "--check", "--dry-run"], env),
        Step("migrations can run while the site serves", [python, "scripts/migrations.py"], env),
        Step("import contracts", [str(BIN / "lint-imports"), "--no-cache"], env),
        Step("templates", [str(BIN / "djlint"), "digirum", "--lint", "--quiet"], env),
        Step("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "--diff"]),
        Step("lint", [str(BIN / "ruff"), "check", "--quiet"]),
    ]


def test_steps(folder: Path, postgres_url: str, valkey_url: str) -> list[Step]:
    """All tests on SQLite, all on PostgreSQL, then what needs a browser (on PostgreSQL where marked so)."""
    on_sqlite = {"VALKEY_TEST_URL": valkey_url}
    on_postgres = {"VALKEY_TEST_URL": valkey_url, "DATABASE_URL": postgres_url}

    def pytest(name: str, marks: str, env: dict[str, str], seconds: int, may_be_empty: bool = False) -> Step:
        junit = folder / f"{name.replace(' ', '-')}.xml"
        spread = (
            "load" if marks.startswith("not") else "loadfile"
        )  # a site for each file's tests costs more than a wait
        command = [str(BIN / "pytest"), "-q", "-n", "2", "--dist", spread, "-m", marks, f"--junitxml={junit}"]
        return Step(name, command, env, seconds, junit, may_be_empty)

    return [
        pytest("tests on SQLite", "not browser", on_sqlite, 1500),
        pytest("tests on PostgreSQL", "not browser", on_postgres, 1500),
        pytest("journeys on SQLite", "browser", on_sqlite, 1500),
        pytest("journeys on PostgreSQL", "browser and both_databases", on_postgres, 900, may_be_empty=True),
    ]


def run(step: Step, *, show: bool) -> tuple[Outcome, str]:
    """Run a step; its output goes straight to ours (``show``), or is given back."""
    started = time.monotonic()
    env = {**os.environ, "PYTHONUNBUFFERED": "1", **step.env}
    if "DATABASE_URL" not in step.env:
        env.pop("DATABASE_URL", None)
    with subprocess.Popen(
        step.command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=None if show else subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
    ) as process:  # fmt: skip
        try:
            output, _nothing = process.communicate(timeout=step.seconds)
            code = process.returncode
        except BaseException as ended:
            os.killpg(process.pid, signal.SIGKILL)
            if not isinstance(ended, subprocess.TimeoutExpired):
                raise
            output, _nothing = process.communicate()
            output, code = f"{output or ''}\nIt was stopped after {step.seconds} s.\n", -1
            if show:
                print(output)
    ok = code == 0 or (code == NOTHING_COLLECTED and step.may_be_empty)
    return _outcome(step, ok, time.monotonic() - started), output or ""


def _outcome(step: Step, ok: bool, seconds: float) -> Outcome:
    if step.junit is None:
        return Outcome(step, ok, seconds, passed=int(ok), failed=int(not ok))
    if not step.junit.exists():
        return Outcome(step, ok, seconds, failed=int(not ok))
    failed = skipped = total = 0
    times: list[tuple[float, str]] = []
    for case in ElementTree.parse(step.junit).iter("testcase"):  # noqa: S314 - written by our own pytest
        total += 1
        failed += case.find("failure") is not None or case.find("error") is not None
        skipped += case.find("skipped") is not None
        name = f"{case.get('classname', '').removeprefix('digirum.')}.{case.get('name', '')}"
        times.append((float(case.get("time", "0")), f"{name} ({step.name.rsplit(' ', 1)[-1]})"))
    if not ok and not failed:
        failed = 1  # pytest itself failed: a broken import, a lost worker
    return Outcome(step, ok, seconds, max(0, total - failed - skipped), failed, skipped, tuple(times))


def quick(folder: Path) -> list[Outcome]:
    """The quick steps, two at a time; each prints when it is done."""
    outcomes: list[Outcome] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        steps = quick_steps(folder / "var")
        for future in as_completed([pool.submit(run, step, show=False) for step in steps]):
            outcome, output = future.result()
            outcomes.append(outcome)
            print(f"── {outcome.step.name}: {'ok' if outcome.ok else 'FAILED'} ({outcome.seconds:.1f} s)", flush=True)
            if output.strip() and (not outcome.ok or outcome.step.name == "translations"):
                print(output.rstrip(), flush=True)
    return outcomes


def tests(folder: Path) -> list[Outcome]:
    """The tests, one run after the other, each with both cores."""
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        postgres_url = os.environ.get("DATABASE_URL", "")
        if not postgres_url.startswith("postgres"):
            postgres_url = stack.enter_context(postgres())
        valkey_url = stack.enter_context(redis())
        for step in test_steps(folder, postgres_url, valkey_url):
            print(f"\n── {step.name}", flush=True)
            outcome, _output = run(step, show=True)
            outcomes.append(outcome)
    return outcomes


def summary(outcomes: Sequence[Outcome], seconds: float) -> bool:
    """Print how everything went; tell whether all of it went well."""
    times = sorted((entry for outcome in outcomes for entry in outcome.times), reverse=True)[:SLOWEST]
    if times:
        print("\nThe slowest tests")
        for taken, name in times:
            print(f"  {taken:7.2f} s  {name}")
    print(f"\nSummary after {seconds:.0f} s")
    for outcome in outcomes:
        counts = ""
        if outcome.step.junit:
            counts = f"  {outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped"
        print(f"  {'ok' if outcome.ok else 'FAILED':6}  {outcome.seconds:6.1f} s  {outcome.step.name}{counts}")
    passed, failed = sum(outcome.passed for outcome in outcomes), sum(outcome.failed for outcome in outcomes)
    print(f"{passed} passed, {failed} failed", flush=True)
    return failed == 0 and all(outcome.ok for outcome in outcomes)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(words: Sequence[str]) -> int:
    """``check`` runs the quick steps, ``test`` all of them."""
    if list(words) not in (["check"], ["test"]):
        print("Usage: python -m tests.gate check|test")
        return 2
    signal.signal(signal.SIGTERM, _stop)
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="digirum-gate-"))
    try:
        outcomes = quick(folder)
        if list(words) == ["test"]:
            outcomes += tests(folder)
        return 0 if summary(outcomes, time.monotonic() - started) else 1
    except ServiceMissing as missing:
        print(missing)
        return 1
    except KeyboardInterrupt:
        print("Stopped before the end.")
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
