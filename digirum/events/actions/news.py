"""What the people who signed up are told."""

from __future__ import annotations

from datetime import datetime

from digirum.base import languages
from digirum.events.models import Occurrence, Registration
from digirum.notices.actions import tell
from digirum.notices.kinds import Value


def address_of(occurrence: Occurrence) -> str:
    """The path of the occurrence's page, without language."""
    return f"/program/{occurrence.event.slug}/{occurrence.key}"


def name_of(occurrence: Occurrence) -> dict[str, str]:
    """The event's name in each language that it has one in."""
    event = occurrence.event
    names = ((code, getattr(event, f"name_{code.replace('-', '_')}", None)) for code in languages.BY_CODE)
    return {code: name for code, name in names if name}


def tell_party(registration: Registration, kind: str, *, at: datetime, key: str, **params: Value) -> None:
    """Tells the person who signed up, where there is one: who signed up at the desk without any data is on its lists."""
    if registration.person is None:
        return
    occurrence = registration.occurrence
    tell(
        person=registration.person,
        kind=kind,
        at=at,
        key=f"{kind}:{key}",
        params={"event": name_of(occurrence), "start": occurrence.starts_at, **params},
        path=address_of(occurrence),
    )
