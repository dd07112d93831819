"""Whether the room is closed for maintenance: a file ``maintenance`` under ``DIGIRUM_VAR``, or ``DIGIRUM_MAINTENANCE=1``."""

from __future__ import annotations

import os
import time

from django.conf import settings

LOOK_EVERY = 1.0
_seen: tuple[float, bool] = (float("-inf"), False)


def is_on() -> bool:
    """Whether pages answer 503 now. The file is looked for once a second."""
    global _seen  # noqa: PLW0603 - one small memory for the whole process
    looked, closed = _seen
    moment = time.monotonic()
    if moment - looked >= LOOK_EVERY:
        closed = settings.MAINTENANCE or os.path.exists(settings.MAINTENANCE_FILE)  # noqa: PTH110 - the quick way
        _seen = (moment, closed)
    return closed


def forget() -> None:
    """Looks anew at the next question (tests)."""
    global _seen  # noqa: PLW0603 - see above
    _seen = (float("-inf"), False)
