"""Make the list of key words from its sources: `digirum/people/words/keywords-sv.txt`.

Where the sources come from and how the tables are made is said in `digirum/people/words/README.md`. The same
sources give the same list, byte for byte:

    python scripts/make_keywords.py --dictionary sv_SE.dic --frequencies frequencies.tsv --analyses analyses.txt

With `--candidates N` it prints the first N words that pass the rules instead, most common first, for a person to
read; what the reader does not like goes into `left-out-sv.txt`.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from digirum.people.keywords import DATA, fold  # noqa: E402 - the script runs without the project installed
from digirum.people.sounds import sounds  # noqa: E402 - as above

SIZE: Final = 6**5
SPELLING: Final = re.compile(r"[a-pr-vxyåäö]{4,10}")
# Letters that are hard to hear the spelling of, or that a beginner meets in foreign words only.
HARD: Final = re.compile(
    r"c(?!k)|sh|th|ph|ee|oo|aa|ii|uu|ou|eau|eu|ei|sj|hj|gj|tj|kj|stj|skj|djup|djur|ljud|ljus|^dj|^lj|y$"
    r"|sion|age|ism$|isera$|ologi|grafi$|metri$|skopi$|itet$|oid$"
)
# Dictionary flags: never suggest, forbidden, only with a suffix, only within a compound; and a noun's forms.
UNFIT_FLAGS: Final = frozenset("!%¤Z")
NOUN_FLAGS: Final = frozenset("ADEGH")
BASE_FORM: Final = re.compile(
    r"(?:<n><(?:ut|nt|un)><sg><ind>|<adj>(?:<sint>)?<pst><(?:ut|un)><sg><ind>|<vblex><inf><actv>)$|<adv>|<num>"
)
ENDINGS: Final = (
    "en",
    "et",
    "ar",
    "or",
    "er",
    "na",
    "ade",
    "ande",
    "ad",
    "are",
    "de",
    "te",
    "ens",
    "ets",
    "ades",
    "as",
    "ast",
    "la",
    "nde",
    "rna",
    "rs",
)


def main() -> None:
    """Read the sources, apply the rules, write the list (or print the candidates)."""
    options = _options()
    words = list(_chosen(_candidates(options), limit=options.candidates or SIZE))
    if options.candidates:
        print("\n".join(words))
        return
    if len(words) < SIZE:
        raise SystemExit(f"Only {len(words)} words pass the rules; {SIZE} are needed.")
    (DATA / "keywords-sv.txt").write_text("".join(f"{word}\n" for word in sorted(words)), encoding="utf-8")
    print(f"{len(words)} words written.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the list of key words.")
    parser.add_argument("--dictionary", type=Path, required=True, help="Hunspell's sv_SE.dic")
    parser.add_argument("--frequencies", type=Path, required=True, help="word, tab, frequency on each line")
    parser.add_argument("--analyses", type=Path, required=True, help="what lt-proc -w said of the dictionary's words")
    parser.add_argument("--candidates", type=int, default=0, help="print so many words and write nothing")
    return parser.parse_args()


def _candidates(options: argparse.Namespace) -> list[str]:
    """Base forms that are spelled simply, are not names and are not ruled out; the most common first."""
    flags = _dictionary(options.dictionary)
    frequency = _frequencies(options.frequencies)
    analyses = _analyses(options.analyses)
    left_out = set(_lines("left-out-sv.txt"))
    parts = tuple(line[1:] for line in _lines("blocked-sv.txt") if line.startswith("*"))
    blocked = {line for line in _lines("blocked-sv.txt") if not line.startswith("*")}
    fit = (
        word
        for word in flags
        if word in frequency
        and word not in left_out
        and word not in blocked
        and not flags[word] & UNFIT_FLAGS
        and word.capitalize() not in flags
        and SPELLING.fullmatch(word)
        and not HARD.search(word)
        and not any(part in word for part in parts)
        and _is_base_form(word, flags[word], analyses.get(word, ()))
    )
    return sorted(fit, key=lambda word: (-frequency[word], word))


def _is_base_form(word: str, flags: set[str], analyses: tuple[str, ...]) -> bool:
    """The form that a dictionary lists it under: known from the lexicon, else a noun by its flags."""
    if not analyses:
        return bool(flags & NOUN_FLAGS)
    if any("<np>" in analysis for analysis in analyses):
        return False
    itself = re.compile(re.escape(word) + "[¹²³]?<")
    return any(itself.match(analysis) and BASE_FORM.search(analysis) for analysis in analyses)


def _chosen(candidates: Iterable[str], *, limit: int) -> Iterator[str]:
    """Up to `limit` words, none of which can be mistaken for one that came before it."""
    heard: set[str] = set()
    taken: set[str] = set()
    near: dict[str, set[str]] = defaultdict(set)
    for word in candidates:
        if len(taken) == limit:
            return
        folded = fold(word)
        shorter = {folded} | {folded[:place] + folded[place + 1 :] for place in range(len(folded))}
        if any(one_letter_apart(folded, other) for form in shorter for other in near.get(form, ())):
            continue
        if sounds(word) & heard or _is_inflected(word, taken):
            continue
        heard |= sounds(word)
        taken.add(word)
        for form in shorter:
            near[form].add(folded)
        yield word


def _is_inflected(word: str, taken: set[str]) -> bool:
    """Whether it is a form of a word taken already, or has one among its own forms."""
    return any((word.endswith(end) and word[: -len(end)] in taken) or word + end in taken for end in ENDINGS)


def one_letter_apart(one: str, other: str) -> bool:
    """Whether the words are the same but for at most one letter changed, added or left out."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def _dictionary(path: Path) -> dict[str, set[str]]:
    flags: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        word, _, letters = line.strip().partition("/")
        flags[word].update(letters)
    return flags


def _frequencies(path: Path) -> dict[str, float]:
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {word: float(frequency) for word, frequency in pairs}


def _analyses(path: Path) -> dict[str, tuple[str, ...]]:
    """Word to readings, from lines such as ^hus/hus<n><nt><sg><ind>$; a word that is not known has none."""
    known: dict[str, tuple[str, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *readings = line.strip().strip("^$").split("/")
        known[word] = tuple(reading for reading in readings if not reading.startswith("*"))
    return known


def _lines(name: str) -> list[str]:
    lines = (line.strip() for line in (DATA / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


if __name__ == "__main__":
    main()
