"""A person retires their own card."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from digirum.base import news
from digirum.base.refusal import NotAllowed, Refused
from digirum.people import ways_in
from digirum.people.actions.replace_key import end_key
from digirum.people.models import Key, KeyRetirement, Person, Session


@transaction.atomic
def retire_key(
    *, by: Person, key: Key, at: datetime, knows_it_is_the_last: bool = False, keep: Session | None = None
) -> None:
    """Lets one's own card open nothing more, and ends the sign-ins by it except ``keep``.

    Where the person has no other way in, they must say that they know it (``last-way-in`` otherwise).
    """
    holder = Person.objects.locked(by)
    held = Key.objects.live().select_for_update().filter(pk=key.pk, person=holder).first()
    if held is None:
        raise NotAllowed(_("This card is not yours, or it has been retired already."), code="not-your-key")
    if not knows_it_is_the_last and not ways_in.besides_key(holder):
        raise Refused(
            _("The card is your only way in. Add an e-mail address or a passkey first, or tick the box below."),
            code="last-way-in",
            field="knows",
        )
    end_key(held, by=by, at=at, reason=KeyRetirement.Reason.OWN_WISH, keep=keep)
    news.tell(
        person=holder,
        kind="people.key_retired",
        at=at,
        key=f"people.key_retired:{held.pk}",
        path=reverse("people:my_keys"),
    )
