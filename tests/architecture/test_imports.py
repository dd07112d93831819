"""The imports between the rooms run one way, and what says so would notice if they did not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLANNED = (
    "base", "journal", "people", "notices", "topics", "place", "events", "share", "desk", "learn", "meet", "influence",
    "insight", "network", "front",
)  # fmt: skip


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--no-cache"], cwd=root, env={"PYTHONPATH": str(root), "PYTHONSAFEPATH": ""}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The Python files of the product, where a test may spoil them."""
    for package in ("digirum", "tests"):
        shutil.copytree(
            ROOT / package,
            tmp_path / package,
            ignore=lambda folder, names: [
                name for name in names if not name.endswith(".py") and not (Path(folder) / name).is_dir()
            ],
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    outcome = lint_imports(copy)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("digirum/base/clock.py", "import digirum.people.models\n", "Rooms import upwards only"),
        (
            "digirum/people/models/person.py",
            "def late():\n    from digirum.events import models\n",
            "Rooms import upwards",
        ),
        ("digirum/place/models/centre.py", "import tests.services\n", "The product imports no test"),
        ("digirum/journal/models/entry.py", "import digirum.settings\n", "Rooms read settings through Django"),
    ],
)
def test_a_violation_fails(copy: Path, module: str, line: str, contract: str) -> None:
    with (copy / module).open("a") as source:
        source.write(line)
    outcome = lint_imports(copy)
    assert outcome.returncode == 1
    broken = [text for text in outcome.stdout.splitlines() if " BROKEN" in text]
    assert len(broken) == 1
    assert broken[0].startswith(contract)


@pytest.mark.parametrize("lower", PLANNED[1:])
def test_every_planned_room_has_its_place_in_the_order(copy: Path, lower: str) -> None:
    """A room that does not exist yet will be held to the order from its first file."""
    upper = PLANNED[PLANNED.index(lower) - 1]
    for room in (upper, lower):
        (copy / "digirum" / room).mkdir(exist_ok=True)
        (copy / "digirum" / room / "__init__.py").touch()
    with (copy / "digirum" / upper / "__init__.py").open("a") as source:
        source.write(f"import digirum.{lower}\n")
    outcome = lint_imports(copy)
    assert outcome.returncode == 1
    assert f"digirum.{upper} is not allowed to import digirum.{lower}" in outcome.stdout
