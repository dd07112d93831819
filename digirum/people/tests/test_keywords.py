"""The words of a key: easy to spell and to hear, never mistaken for each other, never unkind."""

import math
import random
import re
import string
from collections import Counter, defaultdict
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digirum.people import keywords, pseudonyms
from digirum.people.keywords import DATA, draw_words, fold, fold_phrase
from digirum.people.sounds import sounds

ENDINGS = (
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


@cache
def lines(name: str) -> tuple[str, ...]:
    return tuple(
        line.strip()
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    )


def is_blocked(word: str) -> bool:
    entries = lines("blocked-sv.txt")
    return word in entries or any(entry[1:] in word for entry in entries if entry.startswith("*"))


def one_letter_off(word: str) -> set[str]:
    """All that `word` becomes by taking out a letter or by leaving one open."""
    gaps = range(len(word))
    return {word[:gap] + word[gap + 1 :] for gap in gaps} | {word[:gap] + "?" + word[gap + 1 :] for gap in gaps}


# The list


def test_four_words_are_worth_more_than_51_bits() -> None:
    assert len(keywords.WORDS) == 7776
    assert len(set(keywords.WORDS)) == 7776
    assert 4 * math.log2(len(keywords.WORDS)) == pytest.approx(51.7, abs=0.01)


def test_the_list_is_in_order_and_the_file_holds_nothing_else() -> None:
    text = (DATA / "keywords-sv.txt").read_text(encoding="utf-8")
    assert text == "".join(f"{word}\n" for word in sorted(keywords.WORDS))


def test_every_word_is_four_to_ten_plain_letters() -> None:
    assert [word for word in keywords.WORDS if not re.fullmatch(r"[a-pr-vxyåäö]{4,10}", word)] == []


def test_no_word_is_hard_to_spell() -> None:
    hard = re.compile(r"c(?!k)|sj|stj|skj|tj|kj|hj|gj|^dj|^lj|sh|th|ph|ee|oo|aa|ou|eau|eu|ei|sion|age|y$")
    assert [word for word in keywords.WORDS if hard.search(word)] == []


def test_no_two_words_differ_only_by_dots_or_rings() -> None:
    folded = Counter(fold(word) for word in keywords.WORDS)
    assert [word for word, times in folded.items() if times > 1] == []


def test_no_word_becomes_another_by_one_wrong_letter() -> None:
    folded = {fold(word) for word in keywords.WORDS}
    near = defaultdict(list)
    for word in folded:
        for other in one_letter_off(word):
            near[other].append(word)
    assert [pair for form, pair in near.items() if "?" in form and len(pair) > 1] == []
    assert [word for word in folded if near.get(word)] == []


def test_no_two_words_sound_alike() -> None:
    heard = defaultdict(set)
    for word in keywords.WORDS:
        for sound in sounds(word):
            heard[sound].add(word)
    assert [alike for alike in heard.values() if len(alike) > 1] == []


def test_no_word_is_another_with_an_ending() -> None:
    known = set(keywords.WORDS)
    forms = ((word, word + ending) for word in keywords.WORDS for ending in ENDINGS)
    assert [pair for pair in forms if pair[1] in known] == []


def test_no_word_insults_or_frightens() -> None:
    assert [word for word in keywords.WORDS if is_blocked(word)] == []


def test_no_word_that_a_reader_took_out_comes_back() -> None:
    assert set(lines("left-out-sv.txt")) & set(keywords.WORDS) == set()


@pytest.mark.parametrize("word", ["idiot", "neger", "mord", "heroin", "porr", "död", "jävlig", "lapp", "hora"])
def test_the_block_list_would_catch_what_it_is_for(word: str) -> None:
    assert is_blocked(word)


@pytest.mark.parametrize("word", ["fyra", "komma", "punkt", "idag", "lösenord", "nyckel"])
def test_words_that_are_ambiguous_aloud_are_not_there(word: str) -> None:
    assert word not in keywords.WORDS


# How words sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kära", "tjära"),
        ("skära", "stjära"),
        ("hjärna", "gärna"),
        ("djup", "jup"),
        ("hetta", "heta"),
        ("vind", "wind"),
        ("vars", "vasch"),
        ("häst", "hest"),
        ("lås", "los"),
        ("taxi", "taksi"),
        ("cykel", "sykel"),
        ("helg", "hälj"),
        ("genväg", "järnväg"),
        ("station", "stasion"),
    ],
)
def test_what_sounds_alike_has_a_sound_in_common(one: str, other: str) -> None:
    assert sounds(one) & sounds(other)


@pytest.mark.parametrize(("one", "other"), [("sol", "stol"), ("katt", "kalv"), ("björn", "berg"), ("bil", "bal")])
def test_what_sounds_different_has_none(one: str, other: str) -> None:
    assert not sounds(one) & sounds(other)


# Drawing


def test_a_key_is_four_words_of_the_list() -> None:
    key = draw_words()
    assert len(key) == 4
    assert set(key) <= set(keywords.WORDS)


def test_two_keys_are_not_the_same() -> None:
    assert draw_words() != draw_words()


def test_the_same_dice_draw_the_same_words() -> None:
    assert draw_words(6, random.Random(7)) == draw_words(6, random.Random(7))
    assert len(draw_words(6, random.Random(7))) == 6


def test_every_word_is_as_likely_as_any_other() -> None:
    drawn = Counter(draw_words(7776 * 20, random.Random(1)))
    squares = sum((drawn[word] - 20) ** 2 / 20 for word in keywords.WORDS)
    assert squares == pytest.approx(7775, abs=5 * math.sqrt(2 * 7775))


# Reading what was typed


@pytest.mark.parametrize(
    "typed",
    [
        "blåbär ekorre sommar hängmatta",
        "BLÅBÄR Ekorre sommar Hängmatta",
        "  blåbär   ekorre\tsommar\nhängmatta ",
        "blåbär, ekorre, sommar, hängmatta.",
        "blåbär-ekorre-sommar-hängmatta",
        "blåbär – ekorre – sommar – hängmatta",
        "blabar ekorre sommar hangmatta",
        "bla\u030aba\u0308r ekorre sommar ha\u0308ngmatta",
        "blåbær ekorre sommar hængmatta",
        "1. blåbär 2. ekorre 3. sommar 4. hängmatta",
        "\u200bblåbär\u00a0ekorre_sommar;hängmatta",
    ],
)
def test_how_a_key_is_typed_does_not_matter(typed: str) -> None:
    assert fold_phrase(typed) == ("blabar", "ekorre", "sommar", "hangmatta")


def test_o_stands_for_o_with_dots() -> None:
    assert fold("Öppna") == fold("oppna") == fold("øppna") == "oppna"


@pytest.mark.parametrize("typed", ["", "   ", "1234", "-,.", "🙂"])
def test_a_phrase_without_words_is_empty(typed: str) -> None:
    assert fold_phrase(typed) == ()


def test_every_key_is_read_back_in_whatever_way_it_was_shown() -> None:
    shown = draw_words(400, random.Random(3))
    expected = tuple(fold(word) for word in shown)
    assert fold_phrase(" ".join(shown)) == expected
    assert fold_phrase(", ".join(word.capitalize() for word in shown)) == expected
    assert fold_phrase("-".join(shown).upper()) == expected
    assert all(set(word) <= set(string.ascii_lowercase) for word in expected)


@given(st.text())
def test_whatever_is_typed_is_read_without_fail_and_folding_again_changes_nothing(text: str) -> None:
    folded = fold_phrase(text)
    assert fold_phrase(" ".join(folded)) == folded


# Pseudonyms


def test_a_pseudonym_is_two_words_and_a_number() -> None:
    adjective, noun, number = pseudonyms.propose(random.Random(5)).split(" ")
    assert adjective.lower() in pseudonyms.adjectives()
    assert noun.lower() in pseudonyms.nouns()
    assert 10 <= int(number) <= 99
    assert adjective[0].isupper()
    assert noun[0].isupper()


def test_there_are_pseudonyms_for_a_whole_city() -> None:
    assert len(set(pseudonyms.adjectives())) == len(pseudonyms.adjectives()) >= 150
    assert len(set(pseudonyms.nouns())) == len(pseudonyms.nouns()) >= 300
    assert len({pseudonyms.propose(random.Random(seed)) for seed in range(1000)}) > 990


def test_pseudonyms_are_plain_kindly_words() -> None:
    every = (*pseudonyms.adjectives(), *pseudonyms.nouns())
    assert [word for word in every if not re.fullmatch(r"[a-zåäö]+", word)] == []
    assert [word for word in every if is_blocked(word)] == []


def test_adjectives_are_in_common_gender() -> None:
    assert [word for word in pseudonyms.adjectives() if re.search(r"(?:igt|samt|fullt|ande[tn]|[^s]tt)$", word)] == []
