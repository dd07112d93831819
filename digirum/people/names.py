"""The name in the room: what a person is called here. It need not be, and had better not be, their own."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused

SHORTEST, LONGEST = 2, 60
_NUMBER = re.compile(r"[0-9][0-9 +-]{6,}[0-9]")


def tidy(typed: str) -> str:
    """The name as it is kept: without control characters or needless space. Refused where it cannot be a name."""
    composed = unicodedata.normalize("NFC", typed)
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in composed).split())
    if len(name) < SHORTEST:
        raise Refused(
            _("Write a name with at least two letters, or keep the one we proposed."),
            code="name-too-short",
            field="pseudonym",
        )
    if len(name) > LONGEST:
        raise Refused(_("Write a shorter name, at most 60 characters."), code="name-too-long", field="pseudonym")
    if "@" in name or _NUMBER.search(name):
        raise Refused(
            _(
                "Choose a name without an e-mail address, a phone number or a personal identity number: others can see it."
            ),
            code="name-tells-too-much",
            field="pseudonym",
        )
    return name
