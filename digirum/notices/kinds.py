"""The kinds of notices there are. Each room registers its own in its ``apps.py``.

``base.news`` holds the registry, so that rooms above this one can register there too.
"""

from __future__ import annotations

from datetime import datetime

from digirum.base.news import News as NoticeKind
from digirum.base.news import news as kinds

__all__ = ["NoticeKind", "Value", "kinds"]

type Value = str | int | datetime | dict[str, str]
"""What a notice says besides its fixed words: text, a number, a moment, or one text a language (code to text)."""
