"""The one stylesheet: the kit's component files joined in order, for the development server and for ``collectstatic``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).parent / "static" / "base" / "css"
SERVED_AS = "base/digirum.css"
LAYERS = "reset, tokens, theme, base, contrast, layout, components, print"
FIRST = ("fonts", "tokens", "theme-helsingborg", "base", "contrast", "layout")
LAST = ("print",)


def source_files() -> list[Path]:
    """The component files in the order they are joined; themes of other cities are not among them."""
    components = sorted(
        path.stem
        for path in SOURCES.glob("*.css")
        if path.stem not in {*FIRST, *LAST} and not path.stem.startswith("theme-")
    )
    return [SOURCES / f"{stem}.css" for stem in (*FIRST, *components, *LAST)]


def build_stylesheet() -> str:
    """All component files as one text, without comments and needless space.

    Addresses relative to ``css/`` become relative to the folder above it, where the result is served.
    """
    parts = [f"@layer {LAYERS};"]
    parts += [squeeze(path.read_text(encoding="utf-8")) for path in source_files()]
    return "\n".join(parts).replace("url(../", "url(").replace('url("../', 'url("') + "\n"


def squeeze(css: str) -> str:
    """The same rules in fewer bytes. Texts in quotes must not hold runs of space, braces or comments."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r":\s+(?=[^{}]*[;}])", ":", css)
    return css.replace(";}", "}").strip()


class StylesheetFinder(BaseFinder):
    """Gives Django's static files the joined stylesheet; name it in ``STATICFILES_FINDERS``."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=Path(settings.STATIC_ROOT).parent / "stylesheet")

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """The city's theme must be there: a page that names a missing style sheet cannot be shown in production."""
        if not settings.THEME or finders.find(settings.THEME) is not None:
            return []
        return [
            Error(
                f"DIGIRUM_THEME names {settings.THEME}, and there is no such style sheet.",
                hint="Put the file below static/ of an app, correct the path, or leave DIGIRUM_THEME empty.",
                id="digirum.E001",
            )
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Where the joined stylesheet lies on disk, made afresh if a source has changed."""
        if path != SERVED_AS:
            return []
        found = str(self._write())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """The one file for ``collectstatic``."""
        self._write()
        yield SERVED_AS, self.storage

    def _write(self) -> Path:
        target = Path(self.storage.path(SERVED_AS))
        css = build_stylesheet()
        if not target.exists() or target.read_text(encoding="utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(css, encoding="utf-8")
        return target
