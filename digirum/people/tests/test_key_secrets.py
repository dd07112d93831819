"""What a card keeps secret is drawn fairly, hashed slowly, and never lies readable anywhere."""

import statistics
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import extract_parameters
from argon2.low_level import Type
from django.test import override_settings

from digirum.people import key_secrets
from digirum.people.key_secrets import Card

WORDS = ("björk", "ånga", "tröja", "lampa")


@pytest.fixture(scope="module")
def words_hash() -> str:
    return key_secrets.hash_words(WORDS)


def test_the_words_are_hashed_by_argon2id_at_the_cost_that_is_promised(words_hash: str) -> None:
    parameters = extract_parameters(words_hash)
    assert parameters.type is Type.ID
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (19_456, 2, 1)
    assert "björk" not in words_hash


@pytest.mark.parametrize(
    "typed",
    [
        "björk ånga tröja lampa",
        "  BJÖRK   Ånga tröja\tLampa ",
        "bjork anga troja lampa",
        "björk, ånga, tröja, lampa.",
        "björk-ånga-tröja-lampa",
        "bjo\u0308rk a\u030anga tro\u0308ja lampa",
        "bjørk ånga trøja lampa",
        "1 björk 2 ånga 3 tröja 4 lampa",
    ],
)
def test_the_words_may_be_written_as_people_write_them(typed: str, words_hash: str) -> None:
    assert key_secrets.words_fit(typed, words_hash)


@pytest.mark.parametrize(
    "typed", ["", "björk ånga tröja", "ånga björk tröja lampa", "björk ånga tröja lampor", "x" * 10_000]
)
def test_other_words_do_not_fit(typed: str, words_hash: str) -> None:
    assert not key_secrets.words_fit(typed, words_hash)


def test_no_words_fit_the_hash_of_nobody() -> None:
    assert not key_secrets.words_fit("", key_secrets.nobodys_hash())
    assert extract_parameters(key_secrets.nobodys_hash()) == extract_parameters(key_secrets.hash_words(WORDS))


def test_comparing_takes_as_long_for_a_card_that_does_not_exist(words_hash: str) -> None:
    def seconds(against: str) -> float:
        begun = time.perf_counter()
        key_secrets.words_fit("fel ord helt enkelt", against)
        return time.perf_counter() - begun

    key_secrets.nobodys_hash()
    known, unknown = [], []
    for _ in range(15):
        known.append(seconds(words_hash))
        unknown.append(seconds(key_secrets.nobodys_hash()))
    assert 0.5 < statistics.median(unknown) / statistics.median(known) < 2


def test_a_token_holds_128_bits_and_stands_behind_the_hash_sign() -> None:
    card = key_secrets.draw()
    assert len(card.token) == 22  # 22 signs of 6 bits
    address, _hash, fragment = card.qr_address.partition("#")
    assert address.endswith("/nyckel/qr")
    assert fragment == card.token
    assert key_secrets.hash_token(card.token) != card.token


def test_a_card_does_not_tell_itself_to_a_log() -> None:
    card = key_secrets.draw()
    assert card.words[0] not in f"{card!r} {card}"
    assert card.token not in f"{card!r} {card}"


def test_a_sealed_card_can_be_opened_for_half_an_hour_by_this_server_alone() -> None:
    card = Card("123456785", WORDS, "token")
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False) as traveller:
        sealed = key_secrets.seal(card)
        assert "token" not in sealed
        assert key_secrets.unseal(sealed) == card
        assert key_secrets.unseal(sealed[:-2] + "xx") is None
        assert key_secrets.unseal("") is None
        with override_settings(SECRET_KEY="another secret", SECRET_KEY_FALLBACKS=[]):
            assert key_secrets.unseal(sealed) is None
        traveller.shift(timedelta(minutes=31))
        assert key_secrets.unseal(sealed) is None
