"""Keeping the database fit."""

from __future__ import annotations

from datetime import datetime

from django.db import connections


def keep_fit(at: datetime) -> None:
    """Lets SQLite look anew at what its indexes are worth, where much has changed. PostgreSQL does so by itself."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")
