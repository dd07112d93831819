"""Which key opens by the token of its QR code."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.people import key_secrets
from digirum.people.models import Key


def key_by_token(*, by: None = None, token: str, at: datetime) -> Key:
    """The live key of this token, with its person. A token of 128 bits needs no pauses: nobody guesses it."""
    key = Key.objects.live().select_related("person__subject").filter(token_hash=key_secrets.hash_token(token)).first()
    if key is None:
        raise Refused(_("This QR code opens nothing any more. Ask at the desk for a new card."), code="unknown-token")
    return key
