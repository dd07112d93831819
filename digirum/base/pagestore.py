"""Where rendered pages are kept: in this process, bounded by bytes, and behind it in Valkey where there are several."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import caches
from redis.exceptions import RedisError

# What Django's cache backends raise when the server behind them is away.
CACHE_AWAY = (RedisError, OSError)
SHARED_SECONDS = 24 * 60 * 60

type PageKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One public page as it was rendered, with what decides whether it still holds."""

    generations: dict[str, int]
    until: datetime
    etag: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    gzipped: bytes
    route: str

    @property
    def weight(self) -> int:
        """About how many bytes of memory the page takes."""
        return len(self.body) + len(self.gzipped) + sum(len(a) + len(b) for a, b in self.headers) + 1_000


class PageStore:
    """The pages of this process: the least recently used give way when the bytes are used up."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pages: OrderedDict[PageKey, Page] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: PageKey) -> Page | None:
        """The page kept under ``key`` in this process."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: PageKey, page: Page) -> None:
        """Keeps the page. One that would take more than an eighth of the room is not kept."""
        if page.weight > self.most_bytes // 8:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.bytes += page.weight
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        """Forgets all pages."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def _drop(self, key: PageKey) -> None:
        old = self._pages.pop(key, None)
        if old is not None:
            self.bytes -= old.weight


# After a failure the shared cache is left alone for so many seconds, so that one that hangs does not slow every page.
PAUSE = 2.0
_away_until = 0.0


def get_shared(key: PageKey) -> Page | None:
    """The page that any process has left in the shared cache; None where there is no such cache or it is away."""
    if not settings.PAGE_CACHE_SHARED or time.monotonic() < _away_until:
        return None
    try:
        page = caches["default"].get(_name(key))
    except CACHE_AWAY:
        _pause()
        return None
    return page if isinstance(page, Page) else None


def put_shared(key: PageKey, page: Page) -> None:
    """Leaves the page for the other processes."""
    if settings.PAGE_CACHE_SHARED and time.monotonic() >= _away_until:
        try:
            caches["default"].set(_name(key), page, SHARED_SECONDS)
        except CACHE_AWAY:
            _pause()


def _pause() -> None:
    global _away_until  # noqa: PLW0603 - one small memory for the whole process
    _away_until = time.monotonic() + PAUSE


def _name(key: PageKey) -> str:
    return "page:" + hashlib.blake2b("\0".join(key).encode(), digest_size=20).hexdigest()
