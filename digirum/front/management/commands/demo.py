"""``digirum demo``: fill the demo room, or get a code to sign in with."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation

from digirum.base import clock
from digirum.base.refusal import Refused
from digirum.front import demo


class Command(BaseCommand):
    """Only in the demo: real rooms have real people."""

    help = "Fills the demo room. With --sign-in ROLE: a code that signs in once as that role, from this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The one choice there is."""
        parser.add_argument("--sign-in", metavar="ROLE", help="resident, guide, coordinator, editor, administrator …")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does the one or the other."""
        if settings.PRODUCTION:
            raise CommandError("This room is in production. The demo is not loaded where real people are.")
        with translation.override("en"):
            try:
                self._act(options["sign_in"], options["verbosity"])
            except Refused as refusal:
                raise CommandError(refusal.sentence) from refusal

    def _act(self, role: str | None, verbosity: int) -> None:
        if role is None:
            added = demo.load(clock.now())
            if verbosity:
                self.stdout.write(f"The demo room is filled: {added} persons, events, times and sign-ups are new.")
            return
        code = demo.sign_in_code(role, clock.now())
        with translation.override("sv"):
            address = settings.ORIGIN + reverse("people:sign_in_by_code")
        self.stdout.write(f"{code}\nType it within 30 minutes at {address}")
