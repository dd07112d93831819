"""The bench itself runs: a short look at a small room, so that it is there when somebody wants to measure."""

import os
import re
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.both_databases]
PAGES = ("home", "programme", "event", "search")


def test_a_quick_look_measures_every_page_and_checks_every_bar() -> None:
    kind = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick", "--database", kind],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for name in [*(f"{page}, {how}" for page in PAGES for how in ("cached", "signed in")), "sign-up"]:
        line = re.search(rf"^{name} +([\d.]+) +([\d.]+) +([\d.]+) +(\d+)", done.stdout, re.MULTILINE)
        assert line, done.stdout
        assert float(line[1]) > 0, "requests a second"
        assert int(line[4]) == 1 if name.endswith("cached") else int(line[4]) > 1, "queries"
    assert len(re.findall(rf"^(ok|MISSED) +{kind}: ", done.stdout, re.MULTILINE)) == 4
