"""The vocabulary as it comes with the room: the framework, the themes and the help topics, read from ``data/``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

DATA = Path(__file__).resolve().parent / "data"


def read(name: str) -> dict[str, Any]:
    """One of the data files: ``framework``, ``themes`` or ``help_topics``."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def texts(row: dict[str, Any], *fields: str) -> dict[str, str]:
    """The texts of a row by column: ``name_sv``, ``name_sv_simple``, ``name_en``, ``name_ar`` and so on."""
    return {
        f"{field}_{code.replace('-', '_')}": row[field][code]
        for field in fields
        for code, _language in settings.LANGUAGES
        if code in row.get(field, {})
    }
