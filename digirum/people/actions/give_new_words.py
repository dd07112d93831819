"""New words for a card whose words have been stopped or forgotten. Its number and its QR code stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from digirum.base import news
from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.record import record
from digirum.people import guessing, key_secrets, keywords, sessions
from digirum.people.actions.give_key import must_serve_desk
from digirum.people.key_secrets import Card
from digirum.people.making_keys import Issued
from digirum.people.models import Key, Person, Recognition


def give_new_words(*, by: Person, key: Key, at: datetime, recognised_by: Recognition | None) -> Issued:
    """Draws four new words for the card and returns them to show this once.

    The old words are dead at once, and so is every sign-in made with this card: somebody may have guessed them.
    """
    must_serve_desk(by, at)
    if recognised_by is None:
        raise Refused(_("Say how you know whose key it is."), code="not-recognised", field="recognised_by")
    words = keywords.draw_words()
    words_hash = key_secrets.hash_words(words)
    with transaction.atomic():
        held = Key.objects.live().select_for_update(of=("self",)).select_related("person").filter(pk=key.pk).first()
        if held is None:
            raise NotAllowed(_("This card has been retired. Give the person a new one."), code="retired")
        if held.words_made_at != key.words_made_at:
            raise Refused(
                _("Somebody has just given this card new words. Open the page again."), code="words-given-already"
            )
        held.words_hash, held.words_made_at = words_hash, at
        held.save(update_fields=["words_hash", "words_made_at"])
        guessing.reopen(held.number)
        sessions.end_all(held.person, by=by, at=at, key=held)
        record(by=by, verb="people.words_given", noun=held, at=at)
        news.tell(
            person=held.person,
            kind="people.words_given",
            at=at,
            key=f"people.words_given:{held.pk}:{at.isoformat()}",
            path=reverse("people:my_keys"),
        )
    return Issued(held, Card(number=held.number, words=words))
