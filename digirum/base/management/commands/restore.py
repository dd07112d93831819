"""``digirum restore FILE``: puts a backup in the place of the database and the media."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from digirum.base import backups, clock


class Command(BaseCommand):
    """Restore a backup."""

    help = "Put a backup in the place of the database and the media."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file to read, and whether it may replace what is there."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace a database that has content")

    def handle(self, *, file: Path, force: bool, **_options: object) -> None:
        """Restore it, and say what is left to do."""
        try:
            about = backups.restore(file, force=force, at=clock.now())
        except backups.BackupError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Restored: everything up to {about.made_at}. Restart the server and the worker now.")
