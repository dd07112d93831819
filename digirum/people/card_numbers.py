"""Card numbers: eight digits that are drawn, and a ninth that catches mistakes.

The check digit is Damm's (H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004): it finds every single wrong
digit and every two neighbours that have changed places. Luhn's (ISO/IEC 7812-1) misses 09 against 90.
"""

from __future__ import annotations

import secrets
import unicodedata

LENGTH = 9
# The quasigroup of order 10 that Damm gives. The digit that leads back to 0 is the check digit.
_TABLE = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def remainder(digits: str) -> int:
    """Where Damm's quasigroup ends after these digits: the check digit of a number, 0 for a number with its own."""
    state = 0
    for digit in digits:
        state = int(_TABLE[state][int(digit)])
    return state


def draw() -> str:
    """A new number with its check digit, all equally likely and not to be foretold."""
    digits = "".join(secrets.choice("0123456789") for _ in range(LENGTH - 1))
    return digits + str(remainder(digits))


def tidy(typed: str) -> str:
    """The digits of what somebody typed, as 0-9 whatever script they are in; all else is skipped."""
    values = (unicodedata.digit(sign, None) for sign in typed)
    return "".join(str(value) for value in values if value is not None)


def is_right(number: str) -> bool:
    """Whether these are nine digits of which the last is the right one."""
    return len(number) == LENGTH and number.isascii() and number.isdigit() and remainder(number) == 0


def grouped(number: str) -> str:
    """The number as it is printed and read out: in threes."""
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))
