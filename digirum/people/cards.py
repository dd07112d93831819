"""The card on paper: a PDF in the size of a bank card, and an A4 sheet with two of them (ISO/IEC 7810 ID-1).

Made by Typst from its own fonts, tagged for screen readers (PDF/UA-1). Nothing of it is kept.
"""

from __future__ import annotations

import io
import json
import warnings
from pathlib import Path

import segno
import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from digirum.people.key_secrets import Card

_SOURCE = Path(__file__).parent / "print" / "key-card.typ"
_FONTS = typst.Fonts(include_system_fonts=False)
# Typst's own fonts write Latin, so the card of an Arabic page has Swedish words around the number.
_WRITES = {"sv", "sv-simple", "en"}


def pdf(card: Card, *, sheet: bool = False) -> bytes:
    """The card as a PDF page of 85.6 × 54 mm, or (``sheet``) an A4 page with two copies to cut out."""
    language = translation.get_language() or "sv"
    with translation.override(language if language in _WRITES else "sv"):
        told = _told(card, sheet=sheet)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", typst.TypstWarning)
        made = typst.compile(
            _SOURCE,
            font_paths=_FONTS,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"card": json.dumps(told)},
            pdf_standards="ua-1",
        )
    return made if isinstance(made, bytes) else b"".join(made or [])


def _told(card: Card, *, sheet: bool) -> dict[str, object]:
    address = settings.ORIGIN.split("://")[-1] + "/logga-in"  # said and typed in Swedish in every language
    return {
        "sheet": sheet,
        "language": (translation.get_language() or "sv")[:2],
        "title": _("Key to %(site)s") % {"site": settings.SITE_NAME},
        "site": settings.SITE_NAME,
        "city": settings.CITY_NAME,
        "key": _("Key"),
        "number_label": _("Card number"),
        "number": card.grouped_number,
        "words_label": _("Four words"),
        "words": card.words,
        "qr": _svg(card.qr_address) if card.token else "",
        "qr_alt": _("QR code that signs you in"),
        "address": address,
        "old_qr": _("The QR code of your old card still works."),
        "heading": _("Your key"),
        "advice": [
            _("Cut out one card and keep it in your wallet. Keep the other one at home."),
            _(
                "Sign in at %(address)s with the card number and the four words, or point a phone's camera at the QR code."
            )
            % {"address": address},
            _("Who has the card can sign in as you. If you lose it, tell us at the desk, and you get a new one."),
        ],
    }


def _svg(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=4, xmldecl=False, light="#fff")
    return out.getvalue().decode()
