"""``digirum first_administrator``: makes the first administrator, or lets one back in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from digirum.base import clock
from digirum.base.refusal import Refused
from digirum.people.actions.first_administrator import first_administrator


class Command(BaseCommand):
    """Prints where to go and a code that works once within thirty minutes, on any computer."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The name tells which administrator, where there are several."""
        parser.add_argument("--name", default="Administratör", help="what the administrator is called in the room")

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes or finds the administrator and prints the code."""
        with translation.override(settings.LANGUAGE_CODE):
            try:
                person, code = first_administrator(name=options["name"], at=clock.now())
            except Refused as refusal:
                raise CommandError(refusal.sentence) from refusal
            self.stdout.write(
                _(
                    "%(name)s is an administrator. Within 30 minutes, open %(address)s on any computer and type "
                    "this code, which works once:"
                )
                % {"name": person, "address": settings.ORIGIN + reverse("people:sign_in_by_code")}
            )
            self.stdout.write(f"\n  {code}\n")
            self.stdout.write(_("Then add a passkey, so that you can come back."))
