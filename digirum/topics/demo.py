"""The vocabulary of the demo room: the same as that of every new room."""

from __future__ import annotations

from datetime import datetime

from digirum.topics.actions import Loaded, load_vocabulary


def load(at: datetime) -> Loaded:
    """Puts framework, themes and help topics in place. Idempotent."""
    return load_vocabulary(by=None, at=at)
