"""``digirum backup FILE``: the database and the media in one file, while the site serves."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from digirum.base import backups, clock


class Command(BaseCommand):
    """Write a backup."""

    help = "Write the database and the media to one file, consistent while the site serves."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file to write; without it one is named after the time, under var/backups."""
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *, file: Path | None, **_options: object) -> None:
        """Write it, and say where it is."""
        at = clock.now()
        target = file or Path(settings.VAR) / "backups" / f"digirum-{at:%Y%m%dT%H%M%SZ}.tar.gz"
        try:
            about = backups.save(target, at=at)
        except backups.BackupError as fault:
            raise CommandError(str(fault)) from fault
        size = target.stat().st_size / 1_000_000
        self.stdout.write(f"{target}: {size:.1f} MB, {about.engine}, everything up to {about.made_at}.")
