"""What every act that makes a key has in common: the row, with nothing in it that opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from digirum.people import key_secrets
from digirum.people.key_secrets import Card
from digirum.people.models import Key, Person


@dataclass(frozen=True)
class Draft:
    """A card drawn and its words hashed: slow work, done before the transaction that stores the key begins."""

    card: Card
    words_hash: str


@dataclass(frozen=True)
class Issued:
    """A key that has just been made, with the card that is shown this once."""

    key: Key
    card: Card

    @property
    def person(self) -> Person:
        """Whose key it is."""
        return self.key.person


def draft() -> Draft:
    """Draws a card whose number nobody has. The database's constraint decides where two draw the same at once."""
    card = key_secrets.draw()
    while Key.objects.filter(number=card.number).exists():
        card = key_secrets.draw()
    return Draft(card, key_secrets.hash_words(card.words))


def store(drawn: Draft, *, person: Person, by: Person | None, at: datetime) -> Issued:
    """Writes the key. ``by`` is the guide who gives it, None where the person took it."""
    key = Key.objects.create(
        person=person,
        number=drawn.card.number,
        words_hash=drawn.words_hash,
        token_hash=key_secrets.hash_token(drawn.card.token),
        made_at=at,
        made_by=by,
        words_made_at=at,
    )
    return Issued(key, drawn.card)
