"""What an act says when it will not be done."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """An act was refused. The sentence says, in the reader's language, what happened and what to do next.

    ``field`` names the form field that the sentence belongs to, where there is one. ``code`` is a stable word for
    programs (the API's problem type, tests).
    """

    def __init__(self, sentence: str, *, code: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.field = field


class NotAllowed(Refused):
    """The actor may not do this. Pages answer as if the thing were not there (404)."""


class RevisionConflict(Refused):
    """Somebody else changed the same thing meanwhile, and nothing was written.

    ``theirs`` is how it is now; ``revision`` is the number to send with the next attempt.
    """

    def __init__(self, sentence: str, *, theirs: Any, revision: int) -> None:
        super().__init__(sentence, code="revision-conflict")
        self.theirs = theirs
        self.revision = revision
