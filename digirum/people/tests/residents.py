"""Persons for tests, each made by the acts that make real ones."""

from datetime import UTC, datetime
from functools import cache
from typing import cast

from django.http import HttpRequest
from django.test import Client, RequestFactory

from digirum.people import key_secrets, making_keys, signing_in
from digirum.people.making_keys import Issued
from digirum.people.models import Organisation, Person, Role, RoleGrant, Session, Subject
from digirum.people.session_store import SessionStore
from digirum.people.strength import Method

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@cache
def drawn_once() -> making_keys.Draft:
    """One card for tests that need no second: hashing its words costs time."""
    return making_keys.draft()


def person_called(pseudonym: str = "Lugn Ekorre 27", *, at: datetime = NOW) -> Person:
    """A member of the room without a key."""
    person = Person.objects.create(pseudonym=pseudonym, joined_at=at)
    Subject.of(person, at)
    return Person.objects.get(pk=person.pk)


def key_of(person: Person, *, at: datetime = NOW, new: bool = False) -> Issued:
    """A card for the person: always the same words unless ``new``."""
    return making_keys.store(making_keys.draft() if new else drawn_once(), person=person, by=None, at=at)


def guide_called(pseudonym: str = "Snäll Lärka 11", *, role: Role = Role.GUIDE, at: datetime = NOW) -> Person:
    """Somebody who serves a desk."""
    guide = person_called(pseudonym, at=at)
    desk = Organisation.objects.filter(slug="biblioteket").first()
    if desk is None:
        desk = Organisation.objects.create(slug="biblioteket", name="Biblioteket", kind="unit", path="/1/")
        desk.path = f"/{desk.pk}/"
        desk.save()
    RoleGrant.objects.create(person=guide, role=role, organisation=desk, begins_at=at, given_at=at)
    return guide


def sign_in_client(
    client: Client, person: Person, *, method: Method = Method.PASSKEY, at: datetime | None = None
) -> Session:
    """Signs the client in as the person, by the one function that every way in ends with."""
    request: HttpRequest = RequestFactory().get("/")
    store = SessionStore()
    request.session = store
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    session = signing_in.sign_in(request, person, method=method, at=at or datetime.now(UTC))
    client.cookies["nyckel"] = cast(str, store.session_key)
    return session


def nothing_secret_in(text: str, issued: Issued) -> bool:
    """Whether a text holds neither the words of a card, in a row, nor its token."""
    card = issued.card
    lowered = text.lower()
    phrases = (" ".join(card.words), ",".join(card.words), '", "'.join(card.words), "', '".join(card.words))
    return card.token not in text and not any(phrase in lowered for phrase in phrases)


__all__ = [
    "NOW",
    "drawn_once",
    "guide_called",
    "key_of",
    "key_secrets",
    "nothing_secret_in",
    "person_called",
    "sign_in_client",
]
