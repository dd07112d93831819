"""Makes the icon sprite from Lucide's files: ``python -m digirum.base.sprite FOLDER LICENCE``."""

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "base"
OPENING = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round">'
)


def icon_names() -> list[str]:
    """The icons the kit uses, as listed in ``icons.txt``."""
    lines = (FOLDER / "icons.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def make_sprite(icons: Path) -> str:
    """One SVG file with a symbol for every name in ``icons.txt``, drawn from a folder of Lucide's SVG files.

    Raises ``FileNotFoundError`` for a name that Lucide does not have.
    """
    symbols = []
    for name in sorted(icon_names()):
        drawing = (icons / f"{name}.svg").read_text(encoding="utf-8")
        inside = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
        symbols.append(OPENING.format(name=name) + re.sub(r"\s*\n\s*", "", inside).replace(" />", "/>") + "</symbol>")
    credit = "<!-- Lucide icons 1.62.0, ISC licence, see icons-LICENSE.txt -->"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{credit}\n' + "\n".join(symbols) + "\n</svg>\n"


if __name__ == "__main__":
    icons, licence = map(Path, sys.argv[1:])
    (FOLDER / "icons.svg").write_text(make_sprite(icons), encoding="utf-8")
    (FOLDER / "icons-LICENSE.txt").write_text(licence.read_text(encoding="utf-8"), encoding="utf-8")
