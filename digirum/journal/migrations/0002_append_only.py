"""The database itself refuses to change or delete a line of the journal."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from digirum.journal import guard


def close(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Sets the guard."""
    guard.guard(editor)


def reopen(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Takes the guard away."""
    guard.unguard(editor)


class Migration(migrations.Migration):
    """Triggers on SQLite, a trigger function on PostgreSQL."""

    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(close, reopen)]
