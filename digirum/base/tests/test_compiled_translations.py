"""What is compiled of the translations: a text without one falls back to Swedish, in the plural too."""

import gettext
from pathlib import Path

from digirum.base.management.commands.compile_translations import compile_one

HALF = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "%(number)s seat"
msgid_plural "%(number)s seats"
msgstr[0] ""
msgstr[1] ""

msgid "%(number)s door"
msgid_plural "%(number)s doors"
msgstr[0] "%(number)s dörr"
msgstr[1] "%(number)s dörrar"
"""


class Swedish(gettext.NullTranslations):
    """The language behind."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "på svenska"


def test_a_plural_without_a_translation_is_left_to_the_language_behind(tmp_path: Path) -> None:
    source = tmp_path / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(HALF, encoding="utf-8")

    assert compile_one(source)

    with source.with_suffix(".mo").open("rb") as compiled:
        texts = gettext.GNUTranslations(compiled)
    texts.add_fallback(Swedish())
    assert texts.ngettext("%(number)s door", "%(number)s doors", 2) == "%(number)s dörrar"
    assert texts.ngettext("%(number)s seat", "%(number)s seats", 1) == "på svenska"
    assert texts.ngettext("%(number)s seat", "%(number)s seats", 2) == "på svenska"
