"""How a Swedish word sounds, roughly: so that no two key words can be mistaken for each other.

This is no phonetics. It merges more than any one speaker does, on purpose: two words that *may* sound alike
somewhere in Sweden, to a person hard of hearing or to one who learns the language, get a key in common.
"""

import re
from typing import Final

_SOFT: Final = "eiyäö"

# What is spelled in many ways but said in one, in the order in which it is replaced.
_ALWAYS: Final = (
    (r"(?:ss|s|t|sch|x)ion", "Sun"),
    (r"stj|skj|sch|sj|sh|tj|kj|ch", "S"),
    (r"^(?:dj|gj|hj|lj)", "j"),
    (r"(?<=[lr])g(?=$|[^aouåeiyäö])", "j"),
    (rf"cc(?=[{_SOFT}])", "ks"),
    (rf"s?c(?=[{_SOFT}])", "s"),
    (r"ck|c|q", "k"),
    (r"ph", "f"),
    (r"x", "ks"),
    (r"z", "s"),
    (r"w", "v"),
    (r"rs", "S"),
    (r"r(?=[dtnl])", ""),
    (r"ng", "N"),
    (r"gn", "Nn"),
    (r"n(?=k)", "N"),
    (r"h", ""),
    (r"d(?=[stn])", ""),
    (r"(?<=[nl])d(?=[^aouåeiyäöjr])", ""),
    (r"g(?=[st])", "k"),
    (r"b(?=[st])", "p"),
    (r"v(?=[st])", "f"),
    (r"ä", "e"),
    (r"å", "o"),
    (r"y", "i"),
    (r"ij", "i"),
)
_ALIKE: Final = tuple((re.compile(pattern), sound) for pattern, sound in _ALWAYS)
_SOFTENED_AT_START: Final = (
    (re.compile(rf"^sk(?=[{_SOFT}])"), "S"),
    (re.compile(rf"^k(?=[{_SOFT}])"), "S"),
    (re.compile(rf"^g(?=[{_SOFT}])"), "j"),
)
_SOFTENED_ANYWHERE: Final = (
    (re.compile(rf"sk(?=[{_SOFT}])"), "S"),
    (re.compile(rf"(?<![ck])k(?=[{_SOFT}])"), "S"),
    (re.compile(rf"(?<![gn])g(?=[{_SOFT}])"), "j"),
)
_DOUBLE: Final = re.compile(r"(.)\1+")


def sounds(word: str) -> frozenset[str]:
    """The ways in which `word` (lower case, a-z and å, ä, ö) may sound; words that share one are mistaken easily.

    A k, g or sk before a soft vowel is soft at the start of a word or of its parts and hard elsewhere. Where the
    parts begin cannot be seen, so that a word has up to three keys: all hard, soft first, all soft.
    """
    return frozenset(_key(word, rules) for rules in ((), _SOFTENED_AT_START, _SOFTENED_ANYWHERE))


def _key(word: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """One key: first the soft consonants by `rules`, then all that is spelled in many ways."""
    for pattern, sound in rules:
        word = pattern.sub(sound, word)
    for pattern, sound in _ALIKE:
        word = pattern.sub(sound, word)
    return _DOUBLE.sub(r"\1", word)
