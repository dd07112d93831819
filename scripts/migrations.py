"""Lints the rooms' migrations: old code must be able to run on the new schema, so that a city upgrades while it serves."""

import os
import sys
from pathlib import Path

import django
from django_migration_linter import MigrationLinter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digirum.settings")

# Migrations of the first version: no site served on a schema before them. Later ones have no place here.
FIRST_VERSION = ("0002_keys", "0002_revisions", "0002_who_sees_each_time")


def main() -> int:
    """Print the findings; 1 when a migration would break a running site."""
    django.setup()
    rooms = sorted(folder.parent.name for folder in Path("digirum").glob("*/apps.py"))
    linter = MigrationLinter(
        include_apps=rooms,
        no_cache=True,
        ignore_name=FIRST_VERSION,
        ignore_initial_migrations=True,
        quiet=["ok", "ignore"],
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return 1 if linter.has_errors else 0


if __name__ == "__main__":
    sys.exit(main())
