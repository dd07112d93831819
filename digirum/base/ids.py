"""Identifiers that may be shown: time-ordered where age may be told, random where it must not."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A version 7 identifier (RFC 9562 section 5.7): milliseconds since 1970, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return uuid.UUID(int=number | 0b10 << 62 | secrets.randbits(62))


def uuid4() -> uuid.UUID:
    """A random identifier, for rows that must not tell when they were written."""
    return uuid.uuid4()
