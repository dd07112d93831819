"""``digirum reapply_erasures``: after a restore, erases again who had been erased after the backup was made."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from digirum.base import clock
from digirum.people.actions.erasure import reapply_erasures


class Command(BaseCommand):
    """Safe to run again: whoever is erased already stays so."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Erases and says how many."""
        self.stdout.write(f"{reapply_erasures(clock.now())} erased again.")
