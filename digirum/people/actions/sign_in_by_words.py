"""Which key opens by a number and four words."""

from __future__ import annotations

import math
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digirum.base.refusal import Refused
from digirum.journal.record import record
from digirum.people import card_numbers, guessing, key_secrets
from digirum.people.guessing import Claim
from digirum.people.models import Key


def key_by_words(*, by: None = None, number: str, words: str, address: str, at: datetime) -> Key:
    """The live key that these words open, with its person. The caller then signs the person in.

    Refused, in the same words and the same time whether or not there is such a card: ``wrong-words``, ``paused`` (too
    many tries), ``words-stopped`` (fifty in a row). A number whose check digit is wrong is a slip of the finger: it is
    told (``wrong-number``) and not counted. What was typed is stored nowhere.
    """
    digits = card_numbers.tidy(number)
    if not card_numbers.is_right(digits):
        raise Refused(
            _("Check the card number. It has nine digits, and one of those you wrote is not right."),
            code="wrong-number",
            field="number",
        )
    claim = guessing.claim(number=digits, address=address, at=at)
    _refuse_where_it_may_not_be_tried(claim, at)
    key = Key.objects.live().select_related("person__subject").filter(number=digits).first()
    fits = key_secrets.words_fit(words, key.words_hash if key else key_secrets.nobodys_hash())
    if key is not None and fits:
        with transaction.atomic():
            guessing.forgive(number=digits, address=address)
        return key
    if claim.just_stopped and claim.card is not None:
        with transaction.atomic():
            record(by=None, verb="people.words_stopped", noun=claim.card, at=at)
    raise Refused(_("The number and the words do not belong together. Check both and try again."), code="wrong-words")


class Paused(Refused):
    """Too many tries: ``seconds`` tells how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            _("Too many tries. Wait %(time)s and try again, or use the QR code of your card.")
            % {"time": _say_wait(seconds)},
            code="paused",
        )
        self.seconds = seconds


def _say_wait(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _refuse_where_it_may_not_be_tried(claim: Claim, at: datetime) -> None:
    if claim.stopped:
        raise Refused(
            _(
                "Too many wrong words have been tried with this card, so we have stopped its words. "
                "Its QR code still works, and at the desk you get new words."
            ),
            code="words-stopped",
        )
    if claim.paused_until is not None:
        raise Paused(max(1, math.ceil((claim.paused_until - at).total_seconds())))
