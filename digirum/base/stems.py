"""Words and their stems, so that "mobiltelefoner" finds "mobiltelefonen"."""

from __future__ import annotations

import functools
import re
import threading
import unicodedata

import Stemmer

STEMMERS = {"sv": "swedish", "sv-simple": "swedish", "en": "english", "ar": "arabic"}
LONGEST = 60
_WORD = re.compile(r"[^\W_]+")
_local = threading.local()
_STOPS = "bdfgkptv"
_WHOLE = {"internet"}

# Words that a question is full of and that say nothing of what is asked for.
_EMPTY = {
    "swedish": "och att det som en ett den på är av för med till i om de han hon jag du vi ni man kan ska vill har hade var "
    "när hur vad vem vilka vilken vilket mig min mitt mina dig din ditt dina sig så men eller inte från vid där här får "
    "måste behöver någon något några",
    "english": "the a an and or of to in on for with is are was be i you we they it my your me can how what when where who "
    "which do does not from at by this that need want",
    "arabic": "في من على إلى عن هل ما كيف متى أين أنا هذا هذه أن لا مع أو",
}


@functools.cache
def empty_words(stemmer: str) -> frozenset[str]:
    """The words that a query may leave out."""
    return frozenset(words(_EMPTY.get(stemmer, "")))


def stemmer_of(language: str) -> str:
    """The stemmer for a language; Swedish where there is none."""
    return STEMMERS.get(language, "swedish")


def words(text: str) -> list[str]:
    """The words in a text, in small letters, without the marks that may be left out in Arabic."""
    plain = unicodedata.normalize("NFKC", text).lower()
    if not plain.isascii():
        plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")
    return [word[:LONGEST] for word in _WORD.findall(plain)]


def stem(word: str, stemmer: str) -> str:
    """The stem of one word.

    The Swedish stemmer leaves many definite forms alone (sidan, yrket, nyckeln, datorn) and takes an ending from some
    words that have none (dator). So its rules and ours take turns until nothing changes: of the pairs of forms of one
    noun in real prose 90 in 100 then meet, instead of 68.
    """
    if stemmer != "swedish":
        return _snowball(word, stemmer)
    for _round in range(5):
        shorter = _tail(_snowball(word, stemmer))
        if shorter == word:
            break
        word = shorter
    return word


def _tail(word: str) -> str:
    """Takes the Swedish endings that Snowball leaves."""
    size = len(word)
    if word in _WHOLE or size < 4:
        return word
    taken = 0
    if size >= 6 and word.endswith(("eln", "ern", "orn", "arn")):
        taken = 1
    elif size >= 5 and word.endswith(("et", "an")):
        taken = 2
    elif (
        word.endswith(("mm", "nn"))
        or (size >= 5 and word.endswith(("ot", "on")))
        or (word[-1] in "rl" and word[-2] in _STOPS)
    ):
        taken = 1
    elif size >= 5 and word.endswith(("el", "er")) and word[-3] in _STOPS:
        taken = 2
    return word[: size - taken]


def _snowball(word: str, stemmer: str) -> str:
    found: dict[str, Stemmer.Stemmer] = _local.__dict__  # a stemmer is for one thread
    if stemmer not in found:
        found[stemmer] = Stemmer.Stemmer(stemmer)
    return str(found[stemmer].stemWord(word)) or word


def fold(word: str) -> str:
    """The word as it is typed on a foreign keyboard: å and ä as a, ö and ø as o, é as e."""
    plain = word.replace("ø", "o").replace("æ", "a").replace("ß", "ss")
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))[:LONGEST]


def trigrams(word: str) -> list[str]:
    """The runs of three signs in a word."""
    return sorted({word[start : start + 3] for start in range(len(word) - 2)})


def slips(one: str, other: str, most: int) -> int:
    """How many slips of the finger (a sign more, less, other, or two swapped) lie between two words; ``most`` + 1 if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != against))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == against:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
