"""The short code on a printed slip, with which whoever holds the slip can cancel. Only its fingerprint is kept."""

from __future__ import annotations

import hmac
import re
import secrets

from django.conf import settings

# Nothing that looks or sounds like something else on a small printer: 22 characters, 35.7 bits in eight.
ALPHABET = "ACDEFHJKMNPRTUWXY34679"
LENGTH = 8
_PURPOSE = b"digirum.events.slip:"


def new_code() -> str:
    """Eight characters from a source that nobody can foresee, in two groups: ``ACDE-FHJK``."""
    code = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return f"{code[:4]}-{code[4:]}"


def digest(code: str) -> str:
    """The fingerprint that is stored: HMAC-SHA-256 under the present secret key."""
    return _digest(code, settings.SECRET_KEY)


def digests(code: str) -> list[str]:
    """What may be stored of the code: under the present key, and under those that were used before."""
    return [_digest(code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def plain(code: str) -> str:
    """The code without what people add when they type: spaces, dashes, small letters."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def _digest(code: str, key: str) -> str:
    return hmac.new(key.encode(), _PURPOSE + plain(code).encode(), "sha256").hexdigest()
