"""``digirum load_vocabulary``: the shared vocabulary of a new room."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from digirum.base import clock
from digirum.topics.actions import load_vocabulary
from digirum.topics.models import Competence


class Command(BaseCommand):
    """What an editor has taken away does not come back by itself: only an empty room is filled, unless told so."""

    help = (
        "Puts DigComp 3.0, themes and help topics in place in a new room. --again: also what is missing in an old one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one choice there is."""
        parser.add_argument("--again", action="store_true", help="add what is missing, in a room that has some")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads by the room's own acts."""
        if options["again"] or not Competence.objects.exists():
            load_vocabulary(by=None, at=clock.now())
