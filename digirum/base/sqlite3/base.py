"""SQLite for a server with several threads: who wants to write waits in line, instead of asking again and again.

SQLite lets one transaction write at a time, and tells nobody when it ends: whoever waits sleeps, for up to a tenth of a
second, and tries again. With a handful of threads most of the time is slept away, and who came last often goes first.
Here the threads of a process stand in line for a lock of their own before they begin. Other processes (the task worker)
still wait as SQLite has it.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from django.db.backends.sqlite3 import base

if TYPE_CHECKING:

    class Django(base.DatabaseWrapper):
        """What the types of Django leave out."""

        transaction_mode: str | None

        def _start_transaction_under_autocommit(self) -> None: ...
        def _commit(self) -> None: ...
        def _rollback(self) -> None: ...
        def _close(self) -> None: ...
else:
    Django = base.DatabaseWrapper

_lines: dict[str, Lock] = {}


class DatabaseWrapper(Django):
    """Django's own, whose transactions begin when it is their turn."""

    _turn: Lock | None = None

    def _start_transaction_under_autocommit(self) -> None:
        """Waits for its turn, no longer than SQLite itself would wait, and begins."""
        if self._turn is None and self.transaction_mode == "IMMEDIATE":
            line = _lines.setdefault(str(self.settings_dict["NAME"]), Lock())
            if line.acquire(timeout=float(self.settings_dict["OPTIONS"].get("timeout", 5))):
                self._turn = line
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._let_next()
            raise

    def _commit(self) -> None:
        super()._commit()  # one that fails is rolled back, and goes on holding its turn until then
        self._let_next()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._let_next()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._let_next()

    def _let_next(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()
