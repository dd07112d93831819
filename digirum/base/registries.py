"""Typed registries: how a higher page reaches what a lower room owns without importing it.

``base`` holds one registry per need; a room registers in its ``apps.py``. The page that gathers (in ``front``) iterates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import Promise


class Named(Protocol):
    """Whatever is registered has a name that is unique in its registry."""

    @property
    def name(self) -> str: ...


class Registry[T: Named]:
    """An ordered collection of named things, filled while the apps load and only read afterwards."""

    def __init__(self, need: str) -> None:
        self.need = need
        self._entries: dict[str, T] = {}

    def register(self, entry: T) -> T:
        """Adds ``entry``; a second one of the same name is a programming error (``ValueError``)."""
        if entry.name in self._entries:
            raise ValueError(f"{self.need}: {entry.name!r} is registered already.")
        self._entries[entry.name] = entry
        return entry

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def __getitem__(self, name: str) -> T:
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries


@dataclass(frozen=True)
class MenuItem:
    """One way in, in the menu of every page. ``label`` is lazy text; ``url_name`` is reversed per language."""

    name: str
    url_name: str
    label: str | Promise
    icon: str
    accent: str
    order: int = 50


@dataclass(frozen=True)
class Panel:
    """A part of a page that a lower room draws: ``context`` gives what ``template`` needs, or None for nothing to show."""

    name: str
    template: str
    context: Callable[[HttpRequest, datetime], dict[str, object] | None]
    order: int = 50


@dataclass(frozen=True)
class SitemapSource:
    """Public pages of a room: yields (path without language prefix, last changed)."""

    name: str
    pages: Callable[[], Iterable[tuple[str, datetime | None]]]


@dataclass(frozen=True)
class Export:
    """What a room holds of one person, as plain data for the person's own export."""

    name: str
    collect: Callable[[UUID], object]


@dataclass(frozen=True)
class Erasure:
    """How a room forgets one person: deletes what is private, pseudonymises what is public record."""

    name: str
    erase: Callable[[UUID, datetime], None]
    order: int = 50


@dataclass(frozen=True)
class PersonalData:
    """The declaration of one field that holds personal data (record of processing, privacy page)."""

    model: str
    field: str
    purpose: str | Promise
    basis: str | Promise
    seen_by: str | Promise
    kept: str | Promise
    then: str | Promise = ""

    @property
    def name(self) -> str:
        """The dotted name of the field."""
        return f"{self.model}.{self.field}"


@dataclass(frozen=True)
class HealthCheck:
    """One thing that must answer for the room to be ready: returns None when well, else a short reason."""

    name: str
    check: Callable[[], str | None]


@dataclass(frozen=True)
class ApiRouter:
    """A room's part of the open API, mounted by ``front`` under ``prefix``. ``router`` is a ninja Router."""

    name: str
    prefix: str
    router: object


@dataclass(frozen=True)
class Chore:
    """Something that the worker does again and again: ``run(at)`` is idempotent and quick; ``every`` in seconds."""

    name: str
    every: int
    run: Callable[[datetime], None]


menu: Registry[MenuItem] = Registry("menu")
home_panels: Registry[Panel] = Registry("panels of the home page")
my_page_panels: Registry[Panel] = Registry("panels of my page")
desk_panels: Registry[Panel] = Registry("panels of the desk")
sitemap_sources: Registry[SitemapSource] = Registry("sitemap")
exports: Registry[Export] = Registry("exports")
erasures: Registry[Erasure] = Registry("erasures")
personal_data: Registry[PersonalData] = Registry("personal data")
health_checks: Registry[HealthCheck] = Registry("health")
api_routers: Registry[ApiRouter] = Registry("open API")
chores: Registry[Chore] = Registry("chores")
