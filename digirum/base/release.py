"""Which release of the code this is: a fingerprint of all that decides how a page looks."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import django
from django.conf import settings

PACKAGE = Path(__file__).resolve().parent.parent
KINDS = {".py", ".html", ".mo"}


@functools.cache
def release() -> str:
    """Twelve hexadecimal digits that differ when code, templates, translations, styles or the city's settings differ.

    Reads some hundred small files, once a process.
    """
    digest = hashlib.blake2b(django.__version__.encode(), digest_size=6)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in KINDS and "tests" not in path.parts:
            digest.update(path.read_bytes())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists():
        digest.update(manifest.read_bytes())
    told = (settings.SITE_NAME, settings.CITY_NAME, settings.ORIGIN, settings.TIME_ZONE, settings.MODE)
    digest.update(repr(told).encode())
    return digest.hexdigest()
