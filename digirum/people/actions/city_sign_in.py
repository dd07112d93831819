"""Signing in with the city's single sign-on: who comes, and which roles the city says that they have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import structlog
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.journal.record import record
from digirum.people import names, ways_in
from digirum.people.actions import roles
from digirum.people.actions.email import normal
from digirum.people.actions.take_key import new_person
from digirum.people.models import Organisation, Person, Role

EVERYONE = "*"
log = structlog.get_logger(__name__)


@transaction.atomic
def person_from_the_city(
    *, provider: str, uid: str, claims: Mapping[str, Any], at: datetime, signed_in: Person | None = None
) -> Person:
    """The person behind the city's identity ``uid``: known from before, ``signed_in`` who adds it now, or new.

    An address in the claims never finds a person: who controls one at the provider is not therefore who added it here.
    The roles that the city gives follow ``DIGIRUM_OIDC_ROLES`` each time.
    """
    link = SocialAccount.objects.select_for_update().filter(provider=provider, uid=uid).first()
    if link is not None:
        person = Person.objects.locked(Person.objects.get(pk=link.user_id))
        if signed_in is not None and signed_in.pk != person.pk:
            raise Refused(
                _("This identity belongs to another account here. Sign out, and sign in with it instead."),
                code="other-account",
            )
    elif signed_in is not None:
        person = _link(signed_in, provider, uid, at)
    else:
        person = _new(provider, uid, claims, at)
    roles.take_over_roles(at=at, person=person, wanted=wanted_roles(claims))
    return person


def wanted_roles(claims: Mapping[str, Any]) -> set[tuple[Role, Organisation]]:
    """The roles that the claims stand for: each group is set to ``role@organisation``, several divided by ``|``.

    The group ``*`` is everyone who comes from the city. What the setting says wrongly is logged and gives no role.
    """
    found = {EVERYONE, *_groups(claims.get(settings.OIDC_ROLE_CLAIM))}
    wanted: set[tuple[Role, Organisation]] = set()
    for group in found & set(settings.OIDC_ROLES):
        for choice in settings.OIDC_ROLES[group].split("|"):
            name, _at, slug = choice.strip().partition("@")
            organisation = Organisation.objects.filter(slug=slug).first()
            if name in Role and organisation is not None:
                wanted.add((Role(name), organisation))
            else:
                log.error("DIGIRUM_OIDC_ROLES names a role or an organisation that is not there", reason=choice)
    return wanted


def _groups(claim: object) -> Iterable[str]:
    if isinstance(claim, str):
        return [claim]
    return [str(group) for group in claim] if isinstance(claim, list) else []


def _link(by: Person, provider: str, uid: str, at: datetime) -> Person:
    ways_in.check_may_change(by, at=at)  # of whoever signed in, whose roles may sleep: not of the row as it is
    person = Person.objects.locked(by)
    SocialAccount.objects.create(user=person, provider=provider, uid=uid)
    ways_in.changed(by=by, person=person, verb="people.sso_added", at=at)
    return person


def _new(provider: str, uid: str, claims: Mapping[str, Any], at: datetime) -> Person:
    person = new_person(pseudonym=_name(claims), language=settings.LANGUAGE_CODE, at=at, person_id=None)
    address = normal(str(claims.get("email") or ""))
    if address and claims.get("email_verified") is True and not Person.objects.filter(email=address).exists():
        person.email = address
        person.save(update_fields=["email"])
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    SocialAccount.objects.create(user=person, provider=provider, uid=uid)
    record(by=person, verb="people.joined", noun=person.subject, at=at)
    return person


def _name(claims: Mapping[str, Any]) -> str:
    try:
        return names.tidy(str(claims.get("name") or claims.get("preferred_username") or ""))
    except Refused:
        return _("Employee")
