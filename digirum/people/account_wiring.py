"""What accounts, roles and the ways to sign in bring to the pages, the worker, the news and the record of processing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from digirum.base import registries
from digirum.base.backups import Afterwards, after_restore
from digirum.base.news import News, news
from digirum.base.registries import Chore, Erasure, Export, Panel
from digirum.people import ways_in
from digirum.people.account_data import DECLARED
from digirum.people.actions import erasure
from digirum.people.actions.one_time_codes import dispose_of_codes
from digirum.people.actions.roles import close_roles_that_ended
from digirum.people.guards import person_of
from digirum.people.models import Person, RoleGrant

_NOT_YOU = _("If it was not you, come to the desk at once, or sign out everywhere on the page about your keys.")


def register() -> None:
    """Called once, when the apps are ready."""
    for name, title, text, urgent in _NEWS:
        news.register(News(name=name, title=title, text=text, link=_("My account"), urgent=urgent))
    registries.chores.register(Chore("people.close_roles", every=60, run=close_roles_that_ended))
    registries.chores.register(Chore("people.dispose_of_codes", every=3600, run=dispose_of_codes))
    registries.my_page_panels.register(Panel("people.account", "people/_account_panel.html", _panel, order=70))
    registries.exports.register(Export("people.account", _export))
    after_restore.register(Afterwards("people.erasures", erasure.reapply_erasures))
    registries.erasures.register(Erasure("people.account", erasure.forget, order=90))
    for declared in DECLARED:
        registries.personal_data.register(declared)


def _panel(request: HttpRequest, at: datetime) -> dict[str, object] | None:
    person = person_of(request)
    return {"person": person, "ways": set(ways_in.of(person))} if person else None


def _export(person_id: UUID) -> object:
    person = Person.objects.get(pk=person_id)
    grants = RoleGrant.objects.filter(person=person).select_related("organisation").order_by("begins_at")
    devices = Authenticator.objects.filter(user=person).order_by("pk")
    return {
        "name": person.pseudonym,
        "email": person.email,
        "language": person.language,
        "reading": person.reading,
        "member_since": person.joined_at,
        "assurance": person.assurance,
        "takes_freed_seats_at_once": person.accepts_automatically,
        "ways_to_sign_in": sorted(set(ways_in.of(person))),
        "passkeys_and_time_codes": [
            {"kind": device.type, "added": device.created_at, "last_used": device.last_used_at} for device in devices
        ],
        "roles": [
            {
                "role": grant.role,
                "organisation": str(grant.organisation),
                "from": grant.begins_at,
                "to": grant.ends_at,
                "given": grant.given_at,
            }
            for grant in grants
        ],
    }


_NEWS: tuple[tuple[str, Promise, Promise, bool], ...] = (
    (
        "people.email_added",
        _("You can sign in by e-mail"),
        _("An e-mail address was added to your account. If you like, you can now retire your card."),
        False,
    ),
    (
        "people.email_changed",
        _("Your e-mail address was changed"),
        format_lazy("{} {}", _("Another address has taken the place of the one that you had."), _NOT_YOU),
        True,
    ),
    (
        "people.email_removed",
        _("Your e-mail address was taken away"),
        format_lazy("{} {}", _("Nobody can sign in with it any more."), _NOT_YOU),
        True,
    ),
    (
        "people.passkey_added",
        _("You can sign in with a passkey"),
        _("A passkey was added to your account. If you like, you can now retire your card."),
        True,
    ),
    (
        "people.passkey_removed",
        _("A passkey was taken away"),
        format_lazy("{} {}", _("Nobody can sign in with it any more."), _NOT_YOU),
        True,
    ),
    (
        "people.time_codes_added",
        _("Time codes are on"),
        _("After the code in the e-mail we ask for a code from your app."),
        True,
    ),
    (
        "people.time_codes_removed",
        _("Time codes are off"),
        format_lazy("{} {}", _("The code in the e-mail is enough to sign in."), _NOT_YOU),
        True,
    ),
    (
        "people.sso_added",
        _("You can sign in with the city's sign-in"),
        _("The city's sign-in was added to your account."),
        True,
    ),
    (
        "people.role_given",
        _("You have been given a role: %(role)s"),
        _(
            "You are %(role)s for %(organisation)s. Sign in with a passkey, a time code or the city's sign-in to use it."
        ),
        False,
    ),
    (
        "people.role_ended",
        _("Your role has ended: %(role)s"),
        _("You are no longer %(role)s for %(organisation)s. Your own things here are as before."),
        False,
    ),
)
