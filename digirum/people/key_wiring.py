"""What the key brings to the pages, the worker, the news and the record of processing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from digirum.base import registries
from digirum.base.news import News, news
from digirum.base.registries import Chore, Erasure, Export, Panel, PersonalData
from digirum.people import guess_waves, guessing, sessions
from digirum.people.models import GuessCounter, Key, Session, SharedComputer
from digirum.people.rules import may_serve_desk

_BASIS = _("Public interest: everyone can take part (GDPR article 6.1 e).")
_OWN = _("The person.")
_NOBODY = _("Nobody.")
_DESK = _("Those who serve a centre's desk.")
_WHILE_MEMBER = _("As long as the account.")
_DELETED = _("Deleted.")
_UNLINKED = _("The link to the person is erased.")


def register() -> None:
    """Called once, when the apps are ready."""
    _register_news()
    registries.chores.register(Chore("people.end_old_sign_ins", every=600, run=sessions.sweep))
    registries.chores.register(Chore("people.watch_for_guesses", every=60, run=guess_waves.watch))
    registries.chores.register(Chore("people.forget_guesses", every=3600, run=guessing.forget_old))
    registries.desk_panels.register(Panel("people.keys", "people/_desk_panel.html", _desk_panel, order=20))
    registries.my_page_panels.register(Panel("people.keys", "people/_my_keys_panel.html", _my_panel, order=60))
    registries.exports.register(Export("people.keys", _export))
    registries.erasures.register(Erasure("people.keys", _erase, order=80))
    for declared in _DECLARED:
        registries.personal_data.register(declared)


def _register_news() -> None:
    link = _("Your keys and sign-ins")
    news.register(
        News(
            name="people.key_replaced_at_desk",
            title=_("You have a new card"),
            text=_(
                "At the desk your old card was replaced by a new one. The old one opens nothing any more. "
                "If it was not you who asked for this, come to the desk at once."
            ),
            link=link,
            urgent=True,
        )
    )
    news.register(
        News(
            name="people.key_replaced",
            title=_("You have a new card"),
            text=_("You made a new card. The old one opens nothing any more."),
            link=link,
            urgent=True,
        )
    )
    news.register(
        News(
            name="people.key_retired",
            title=_("Your card has been retired"),
            text=_("Nobody can sign in with your card any more."),
            link=link,
            urgent=True,
        )
    )
    news.register(
        News(
            name="people.words_given",
            title=_("Your card has new words"),
            text=_(
                "At the desk your card got four new words. The old words open nothing any more; the QR code still "
                "works. If it was not you who asked for this, come to the desk at once."
            ),
            link=link,
            urgent=True,
        )
    )
    news.register(
        News(
            name="people.guess_wave",
            title=_("Somebody is guessing at keys"),
            text=_(
                "In the last quarter of an hour wrong words were tried with %(cards)s cards. The room slows the guesses "
                "down by itself. People at the desk may need new words."
            ),
            link=_("Keys at the desk"),
            urgent=True,
        )
    )


def _desk_panel(request: HttpRequest, at: datetime) -> dict[str, object] | None:
    if not request.user.is_authenticated or not may_serve_desk(request.user, at=at):
        return None
    stopped = GuessCounter.objects.filter(scope=GuessCounter.Scope.CARD, tries__gte=guessing.WORDS_STOP_AFTER).count()
    return {"wave": guess_waves.going_on(at), "stopped": stopped}


def _my_panel(request: HttpRequest, at: datetime) -> dict[str, object] | None:
    if not request.user.is_authenticated:
        return None
    key = Key.objects.live().filter(person=request.user).first()
    return {"key": key, "sign_ins": Session.objects.of(request.user).count()}


def _export(person_id: UUID) -> object:
    keys = Key.objects.filter(person=person_id).order_by("made_at")
    rows = Session.objects.filter(person=person_id).order_by("started_at")
    return {
        "keys": [{"number": key.number, "made_at": key.made_at, "retired_at": key.retired_at} for key in keys],
        "sign_ins": [
            {
                "method": row.method,
                "device": row.device,
                "started_at": row.started_at,
                "last_used_at": row.last_seen_at,
            }
            for row in rows
        ],
    }


def _erase(person_id: UUID, at: datetime) -> None:
    """Cards and sign-ins are private: they go. What the person gave to others at the desk stays, without the link."""
    Session.objects.filter(person=person_id).delete()
    Key.objects.filter(made_by=person_id).update(made_by=None)
    Key.objects.filter(person=person_id).delete()
    SharedComputer.objects.filter(made_by=person_id).update(made_by=None)


def _data(field: str, purpose: object, *, seen_by: object, kept: object, then: object = _DELETED) -> PersonalData:
    model, name = field.rsplit(".", 1)
    return PersonalData(
        model=model,
        field=name,
        purpose=purpose,  # type: ignore[arg-type]  # lazy text
        basis=_BASIS,
        seen_by=seen_by,  # type: ignore[arg-type]  # lazy text
        kept=kept,  # type: ignore[arg-type]  # lazy text
        then=then,  # type: ignore[arg-type]  # lazy text
    )


_SIGN_IN_KEPT = _("Until one signs out, at most 12 hours.")
_DECLARED = [
    _data("people.Key.person", _("To know whose card it is."), seen_by=_OWN, kept=_WHILE_MEMBER),
    _data(
        "people.Key.number",
        _("To find the card when somebody signs in or has lost it."),
        seen_by=_("The person, and those who serve a centre's desk."),
        kept=_WHILE_MEMBER,
    ),
    _data(
        "people.Key.words_hash",
        _("To check the four words. The words themselves are not kept."),
        seen_by=_NOBODY,
        kept=_WHILE_MEMBER,
    ),
    _data(
        "people.Key.token_hash",
        _("To check the QR code. What it says is not kept."),
        seen_by=_NOBODY,
        kept=_WHILE_MEMBER,
    ),
    _data(
        "people.Key.made_by",
        _("To know who at the desk gave a card, if it has to be put right."),
        seen_by=_NOBODY,
        kept=_("As long as that card's account, or the guide's."),
        then=_UNLINKED,
    ),
    _data(
        "people.KeyRetirement.by",
        _("To know who replaced a card, if it has to be put right."),
        seen_by=_NOBODY,
        kept=_("As long as that card's account, or the guide's."),
        then=_UNLINKED,
    ),
    _data(
        "people.KeyRetirement.recognised_by",
        _("To know how the desk recognised the person."),
        seen_by=_NOBODY,
        kept=_WHILE_MEMBER,
    ),
    _data("people.Session.person", _("To stay signed in."), seen_by=_OWN, kept=_SIGN_IN_KEPT),
    _data(
        "people.Session.key", _("To end the sign-in when the card is replaced."), seen_by=_NOBODY, kept=_SIGN_IN_KEPT
    ),
    _data("people.Session.data", _("To stay signed in."), seen_by=_NOBODY, kept=_SIGN_IN_KEPT),
    _data(
        "people.Session.device",
        _("To let the person recognise where they are signed in (only browser and kind of device)."),
        seen_by=_OWN,
        kept=_SIGN_IN_KEPT,
    ),
    _data(
        "people.SharedComputer.made_by",
        _("To know who made a computer a shared one."),
        seen_by=_NOBODY,
        kept=_("As long as the guide's account."),
        then=_UNLINKED,
    ),
    _data(
        "people.GuessCounter.subject",
        _("To slow down guesses. Only a keyed fingerprint of the address and of the card number is kept."),
        seen_by=_NOBODY,
        kept=_("Addresses a day, card numbers at most 90 days after the last wrong try."),
    ),
]
