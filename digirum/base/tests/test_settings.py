"""Production refuses to start unsafe, with a sentence; what it starts with passes Django's own checks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "s3cret-" + "Kp9x2" * 14
GOOD = {
    "DIGIRUM_MODE": "production",
    "DIGIRUM_SECRET_KEY": SECRET,
    "DIGIRUM_ORIGIN": "https://digidel.example.se",
    "EMAIL_URL": "smtp://mail.example.se:587?tls=1",
}


def run(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DIGIRUM_", "DATABASE_", "VALKEY_"))
    }
    command = [sys.executable, "-W", "ignore", "-m", "django", *words, "--settings=digirum.settings"]
    return subprocess.run(
        command,
        env={**kept, "DIGIRUM_VAR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_production_settings_pass_django_s_deployment_checks(tmp_path: Path) -> None:
    done = run("check", "--deploy", "--fail-level=WARNING", folder=tmp_path, **GOOD)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"DIGIRUM_SECRET_KEY": ""}, "Set DIGIRUM_SECRET_KEY to a long random text"),
        (
            {"DIGIRUM_SECRET_KEY": "demo-secret-known-to-everyone-never-use-it-for-real-people"},
            "DIGIRUM_SECRET_KEY is the demo's or shorter than 50 characters.",
        ),
        ({"DIGIRUM_SECRET_KEY": "short"}, "shorter than 50 characters."),
        (
            {"DIGIRUM_OLD_SECRET_KEYS": "demo-secret-known-to-everyone-never-use-it-for-real-people"},
            "DIGIRUM_SECRET_KEY is the demo's",
        ),
        ({"DIGIRUM_ORIGIN": "http://digidel.example.se"}, "Set DIGIRUM_ORIGIN to the address that people type"),
        ({"DIGIRUM_MODE": "prod"}, "Set it to one of: demo, production, test."),
        ({"DIGIRUM_THEME": "https://elsewhere.example/a.css"}, "Set it to the path of a style sheet below static/"),
        ({"DIGIRUM_THEME": "../secret.css"}, "Set it to the path of a style sheet below static/"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL must look like"),
    ],
)
def test_what_is_unsafe_is_refused_with_a_sentence(tmp_path: Path, wrong: dict[str, str], sentence: str) -> None:
    done = run("check", folder=tmp_path, **{**GOOD, **wrong})
    assert done.returncode != 0
    assert sentence in done.stderr
    assert SECRET not in done.stderr


def test_a_pool_a_replica_and_valkey_are_set_up_from_addresses(tmp_path: Path) -> None:
    told = (
        "from django.conf import settings as s; d = s.DATABASES; "
        "print(d['default']['USER'], d['default']['PASSWORD'], d['default']['OPTIONS']['pool']['max_size'], "
        "d['replica']['HOST'], s.CACHES['default']['LOCATION'], s.PAGE_CACHE_SHARED)"
    )
    done = run(
        "shell", "--no-imports", "-c", told, folder=tmp_path, **GOOD,
        DATABASE_URL="postgresql://di%40gi:p%2Fw@db1:5432/room", DATABASE_REPLICA_URL="postgresql://di@db2/room",
        DIGIRUM_DB_POOL="5", VALKEY_URL="redis://cache:6379/0",
    )  # fmt: skip
    assert done.stdout.split() == ["di@gi", "p/w", "5", "db2", "redis://cache:6379/0", "True"], done.stderr
