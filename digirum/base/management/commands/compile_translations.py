"""Compiles the rooms' translations with Babel: no gettext is needed on the machine that serves."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Write each ``.mo`` that is missing or older than its ``.po``."""

    help = "Compile translations that have changed."

    def handle(self, *, verbosity: int, **_options: object) -> None:
        """Compile, and say which files."""
        for config in apps.get_app_configs():
            if not config.name.startswith("digirum."):
                continue
            for source in sorted(Path(config.path).glob("locale/*/LC_MESSAGES/*.po")):
                if compile_one(source) and verbosity:
                    self.stdout.write(f"{config.label}: {source.parent.parent.name}")


def compile_one(source: Path) -> bool:
    """Compile one ``.po`` file unless its ``.mo`` is as new; tell whether it was done.

    Fuzzy and half-written texts are left out.
    """
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
        return False
    language = source.parent.parent.name.partition("_")[0]
    with source.open("rb") as texts:
        catalog = read_po(texts, locale=language)
    for message in list(catalog):
        # Babel writes the English in the place of a missing plural; without the entry it falls back to Swedish.
        if message.id and isinstance(message.string, list | tuple) and not all(message.string):
            catalog.delete(message.id, message.context)
    unfinished = target.with_suffix(f".{os.getpid()}")  # two processes may start at once
    with unfinished.open("wb") as compiled:
        write_mo(compiled, catalog)
    unfinished.replace(target)
    return True
