"""News for a person from a room that stands above ``notices`` and so cannot import it.

Such a room registers its kinds of news here and calls ``tell``; ``notices`` takes them up when the apps are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from digirum.base.registries import Registry

if TYPE_CHECKING:
    from django.db import models
    from django.utils.functional import Promise

type Param = str | int | dict[str, str]
"""What a piece of news says besides its fixed words: text, a number, or one text a language (code to text)."""


@dataclass(frozen=True)
class News:
    """One kind of news: lazy sentences with named placeholders (``%(name)s``). ``link`` says what its page is."""

    name: str
    title: str | Promise
    text: str | Promise
    link: str | Promise = ""
    urgent: bool = False


class Tell(Protocol):
    """How a messenger is called; the arguments are those of ``digirum.notices.actions.tell``."""

    def __call__(
        self, *, person: models.Model, kind: str, at: datetime, key: str, params: Mapping[str, Param], path: str
    ) -> object: ...


@dataclass(frozen=True)
class Messenger:
    """Somebody who brings news to a person."""

    name: str
    tell: Tell


news: Registry[News] = Registry("kinds of news")
messengers: Registry[Messenger] = Registry("messengers")


def tell(
    *,
    person: models.Model,
    kind: str,
    at: datetime,
    key: str,
    params: Mapping[str, Param] | None = None,
    path: str = "",
) -> None:
    """Tells the person, inside the act's transaction, through every messenger. ``key`` makes it happen once."""
    for messenger in messengers:
        messenger.tell(person=person, kind=news[kind].name, at=at, key=key, params=params or {}, path=path)
