"""What notices gives to the pages that gather: my page, the worker, export, erasure, the record of processing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from digirum.base.news import Messenger, Param, messengers
from digirum.base.registries import (
    Chore,
    Erasure,
    Export,
    Panel,
    PersonalData,
    chores,
    erasures,
    exports,
    my_page_panels,
    personal_data,
)
from digirum.notices.actions import deliver_due, dispose_of_old, tell
from digirum.notices.models import Notice
from digirum.people.models import Person


def register() -> None:
    """Called once, when the apps are loaded."""
    messengers.register(Messenger("notices", _bring))
    my_page_panels.register(Panel("notices", "notices/_panel.html", panel, order=10))
    chores.register(Chore("notices.deliver", every=5, run=_deliver))
    chores.register(Chore("notices.dispose", every=3600, run=_dispose))
    exports.register(Export("notices", export))
    erasures.register(Erasure("notices", erase))
    for field in ("person", "values"):
        personal_data.register(
            PersonalData(
                model="notices.Notice",
                field=field,
                purpose=_("To tell a person what they must know, such as that a seat is free."),
                basis=_("Public interest: the service that the person asked for."),
                seen_by=_("The person; a guide who prints it at the person's wish."),
                kept=_("Until the person erases the account, or two years."),
                then=_("Deleted."),
            )
        )


def panel(request: HttpRequest, at: datetime) -> dict[str, object] | None:
    """The newest unread notices for "my page", urgent ones first."""
    if not isinstance(request.user, Person):
        return None
    unread = Notice.objects.of(request.user).unread()
    newest = sorted(unread.newest_first()[:10], key=lambda notice: not notice.urgent)
    return {"notices": newest, "count": unread.count() if len(newest) == 10 else len(newest)}


def export(person_id: UUID) -> object:
    """Everything the person was told, in the present language."""
    return [
        {"told": notice.told_at.isoformat(), "title": notice.title, "text": notice.text, "link": notice.path}
        for notice in Notice.objects.filter(person_id=person_id).order_by("id")
    ]


def erase(person_id: UUID, _at: datetime) -> None:
    """Deletes the person's notices and what was on its way."""
    Notice.objects.filter(person_id=person_id).delete()


def _deliver(at: datetime) -> None:
    deliver_due(at)


def _dispose(at: datetime) -> None:
    dispose_of_old(at)


def _bring(*, person: Model, kind: str, at: datetime, key: str, params: Mapping[str, Param], path: str) -> None:
    """News from a room above: told like any other, to the person that this room knows them as."""
    tell(person=Person.objects.get(pk=person.pk), kind=kind, at=at, key=key, params=dict(params), path=path)
