"""A pseudonym for who has no wish to choose one: two plain, kindly words and a number, such as "Glad Igelkott 42".

The adjectives and the nouns are all in common gender, so that any two agree; both lists are our own.
"""

import random
from functools import cache
from pathlib import Path
from typing import Final, Protocol

_DATA: Final = Path(__file__).parent / "words"
_LOWEST: Final = 10
_HIGHEST: Final = 99


class Dice(Protocol):
    """What draws: `random.SystemRandom()` or a seeded `random.Random`."""

    def choice(self, seq: tuple[str, ...], /) -> str:
        """One of `seq`."""

    def randint(self, a: int, b: int, /) -> int:
        """A whole number from `a` to `b`, both included."""


SYSTEM: Final[Dice] = random.SystemRandom()


def propose(rng: Dice = SYSTEM) -> str:
    """A pseudonym that tells nothing about anybody; it need not be unique, and may be changed by whom it is for."""
    adjective = rng.choice(adjectives())
    noun = rng.choice(nouns())
    return f"{adjective.capitalize()} {noun.capitalize()} {rng.randint(_LOWEST, _HIGHEST)}"


@cache
def adjectives() -> tuple[str, ...]:
    """Kindly adjectives in common gender."""
    return _read("adjectives-sv.txt")


@cache
def nouns() -> tuple[str, ...]:
    """Animals, plants and things with a good name, in common gender."""
    return _read("nouns-sv.txt")


def _read(name: str) -> tuple[str, ...]:
    return tuple((_DATA / name).read_text(encoding="utf-8").split())
