"""What a key keeps secret: the words and the token, how they are drawn, hashed, compared, and shown exactly once."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.urls import reverse

from digirum.people import card_numbers, keywords

# Argon2id (RFC 9106) with 19 MiB, two passes and one lane: the least that OWASP's cheat sheet on storing passwords
# accepts. Words that are drawn are worth 51.7 bits, which a larger cost would raise by one or two.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_AT_ONCE = BoundedSemaphore(4)  # so that a crowd signing in takes 80 MiB, not all there is
SEALED_FOR = timedelta(minutes=30)


@dataclass(frozen=True)
class Card:
    """What is printed on a card. It exists while it is shown, never in the database, a log or a session.

    ``token`` is empty where only the words are new and the QR code of the old print still opens.
    """

    number: str
    words: tuple[str, ...]
    token: str = ""

    @property
    def grouped_number(self) -> str:
        """The number in threes."""
        return card_numbers.grouped(self.number)

    @property
    def qr_address(self) -> str:
        """What the QR code says: the token stands in the fragment, which browsers do not send and servers never log."""
        if not self.token:
            return ""
        return f"{settings.ORIGIN}{reverse('people:sign_in_by_qr')}#{self.token}"

    def __repr__(self) -> str:
        return "Card(…)"  # what is secret stays out of tracebacks and logs


def draw() -> Card:
    """A new number, four words (51.7 bits) and a token of 128 bits."""
    return Card(card_numbers.draw(), keywords.draw_words(), secrets.token_urlsafe(16))


def hash_words(words: tuple[str, ...]) -> str:
    """The Argon2id hash of the words as they are compared: folded, with one space between."""
    with _AT_ONCE:
        return _HASHER.hash(" ".join(keywords.fold(word) for word in words))


def hash_token(token: str) -> str:
    """The SHA-256 of a token. It needs no salt and no slowness: it holds 128 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def nobodys_hash() -> str:
    """A hash that no words fit, with the same cost as every other: what an unknown card is compared with."""
    return _HASHER.hash(secrets.token_hex(16))


def words_fit(typed: str, words_hash: str) -> bool:
    """Whether what was typed are the words of the hash. Takes the same time for every hash and every text."""
    phrase = " ".join(keywords.fold_phrase(typed[:200]))
    with _AT_ONCE:
        try:
            return _HASHER.verify(words_hash, phrase)
        except (VerificationError, InvalidHashError):
            return False


def _safe() -> MultiFernet:
    """Fernet (AES-128-CBC with HMAC-SHA-256 and a time) under a key made from the room's secret, and the older ones."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"people.card:{key}".encode()).digest())) for key in keys]
    )


def seal(card: Card) -> str:
    """The card, encrypted and signed, for a hidden field of the page that shows it: so that it can be printed again
    within half an hour while the server keeps nothing."""
    return _safe().encrypt(json.dumps(asdict(card)).encode()).decode()


def unseal(sealed: str) -> Card | None:
    """The card of a page that showed it less than half an hour ago; None for anything else."""
    try:
        told = json.loads(_safe().decrypt(sealed.encode(), ttl=int(SEALED_FOR.total_seconds())))
    except InvalidToken:
        return None
    return Card(number=told["number"], words=tuple(told["words"]), token=told["token"])
