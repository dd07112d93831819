"""The words of a key: a list of 7,776 Swedish words, the draw of four, and how a typed phrase is read.

Where the list comes from is said in `words/README.md`, what it must live up to in `docs/decisions/0003-key-words.md`.
"""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, Protocol

DATA: Final = Path(__file__).parent / "words"
WORD_COUNT: Final = 4
_LETTERS: Final = str.maketrans("åäöæø", "aaoao")
_BETWEEN_WORDS: Final = re.compile(r"[\W\d_]+")


class Chooser(Protocol):
    """Who draws: `secrets` for a key, a seeded `random.Random` for the demo and the tests."""

    def choice(self, seq: Sequence[str], /) -> str:
        """One of `seq`, all equally likely."""


@cache
def words() -> tuple[str, ...]:
    """All words that a key may be made of, in alphabetical order of code points; read from the file once."""
    return tuple((DATA / "keywords-sv.txt").read_text(encoding="utf-8").split())


def __getattr__(name: str) -> tuple[str, ...]:
    """`WORDS` is `words()`, read when it is first asked for."""
    if name == "WORDS":
        return words()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def draw_words(count: int = WORD_COUNT, rng: Chooser = secrets) -> tuple[str, ...]:
    """`count` words drawn independently, so that four are worth 4 × log2(7776) = 51.7 bits.

    A word may come twice: to forbid it would make the key weaker. `rng` is anything that chooses fairly; only the
    default may make a real key.
    """
    return tuple(rng.choice(words()) for _ in range(count))


def fold(word: str) -> str:
    """The word as it is compared: lower case, without space around it, å and ä as a, ö as o.

    No two words of the list fold alike. Letters typed as a base letter and a combining mark count as one, and the
    Danish and Norwegian æ and ø count as ä and ö.
    """
    composed = unicodedata.normalize("NFKC", word).strip().lower()
    return unicodedata.normalize("NFKC", composed).translate(_LETTERS)


def fold_phrase(text: str) -> tuple[str, ...]:
    """The words of a typed phrase, folded; what stands between them (spaces, commas, hyphens, digits) is skipped."""
    composed = unicodedata.normalize("NFKC", text)
    return tuple(fold(word) for word in _BETWEEN_WORDS.split(composed) if word)
