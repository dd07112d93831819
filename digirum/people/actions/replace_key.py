"""A new card in place of the old one, which is dead at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from digirum.base import news
from digirum.base.refusal import Refused
from digirum.journal.record import record
from digirum.people import making_keys, sessions
from digirum.people.actions.give_key import must_serve_desk
from digirum.people.making_keys import Issued
from digirum.people.models import Key, KeyRetirement, Person, Recognition, Session


def replace_key(
    *,
    by: Person,
    person: Person,
    at: datetime,
    instead_of: Key | None,
    recognised_by: Recognition | None = None,
    keep: Session | None = None,
) -> Issued:
    """Gives ``person`` a new card; the old one and every sign-in by it end in the same transaction, except ``keep``.

    ``by`` is the person, or a guide who says how the person was recognised. ``instead_of`` is the card that the page
    showed (None: it showed none): if another has come meanwhile, the act is refused (``replaced-already``), so that
    two who press at once make one new card.
    """
    at_desk = by.pk != person.pk
    if at_desk:
        must_serve_desk(by, at)
        if recognised_by is None:
            raise Refused(_("Say how you know whose key it is."), code="not-recognised", field="recognised_by")
    drawn = making_keys.draft()
    with transaction.atomic():
        holder = Person.objects.locked(person)
        must_be_member(holder)
        old = Key.objects.live().select_for_update().filter(person=holder).first()
        if (old.pk if old else None) != (instead_of.pk if instead_of else None):
            raise Refused(
                _("Somebody has just made a new card. Open the page again to see it."), code="replaced-already"
            )
        if old is not None:
            reason = KeyRetirement.Reason.LOST if at_desk else KeyRetirement.Reason.REPLACED
            end_key(old, by=by, at=at, reason=reason, recognised_by=recognised_by, keep=keep)
        issued = making_keys.store(drawn, person=holder, by=by if at_desk else None, at=at)
        record(by=by, verb="people.key_replaced", noun=issued.key, at=at)
        _tell(holder, issued.key, at_desk=at_desk, at=at)
    return issued


def must_be_member(person: Person) -> None:
    """Refuses for somebody who has been erased or shut out."""
    if person.erased_at is not None or not person.is_active:
        raise Refused(_("This person has no account here any more."), code="no-member")


def end_key(
    key: Key,
    *,
    by: Person,
    at: datetime,
    reason: KeyRetirement.Reason,
    recognised_by: Recognition | None = None,
    keep: Session | None = None,
) -> None:
    """Lets a key open nothing more and ends its sign-ins, in the transaction of the act, which holds the key locked."""
    key.retired_at = at
    key.save(update_fields=["retired_at"])
    retirement = KeyRetirement.objects.create(key=key, at=at, by=by, reason=reason, recognised_by=recognised_by or "")
    sessions.end_all(key.person, by=by, at=at, key=key, besides=keep)
    record(by=by, verb="people.key_retired", noun=retirement, at=at)


def _tell(person: Person, key: Key, *, at_desk: bool, at: datetime) -> None:
    news.tell(
        person=person,
        kind="people.key_replaced_at_desk" if at_desk else "people.key_replaced",
        at=at,
        key=f"people.key_replaced:{key.pk}",
        path=reverse("people:my_keys"),
    )
