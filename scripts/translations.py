"""The texts of every room and their translations: gathers them (``update``) and sees that they are complete (``check``).

English is written in the code. Swedish and Arabic must be complete in every room; easy Swedish holds only what
differs from Swedish.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.core.management import call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = ("sv", "ar")
PLAINER = "sv_Simple"
PLURALS = {
    "sv": "nplurals=2; plural=(n != 1);",
    PLAINER: "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}|(%[sd])")
TAG = re.compile(r"<(/?[a-z][a-z0-9]*)")


class Gather(makemessages.Command):
    """Django's command, without guesses at a translation from one that looks alike."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching", "--no-wrap"]


@dataclass
class Findings:
    """What is wrong, and how far each language has come: room -> (translated, all)."""

    faults: list[str] = field(default_factory=list)
    figures: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)


def rooms(package: Path) -> list[Path]:
    """The folders of the rooms, in the order of the alphabet."""
    return sorted(folder.parent for folder in package.glob("*/apps.py"))


def gather(package: Path) -> None:
    """Bring the .po files of every room under ``package`` up to date with its texts. Django must be set up."""
    here = Path.cwd()
    for room in rooms(package):
        (room / "locale").mkdir(exist_ok=True)
        os.chdir(room)
        try:
            _seed_plainer(room)
            _say_plural_forms(room)
            call_command(
                Gather(), locale=[*COMPLETE, PLAINER], add_location="file", no_obsolete=True, no_wrap=True,
                ignore_patterns=["tests/*", "static/*"], verbosity=0,
            )  # fmt: skip
        finally:
            os.chdir(here)
        _keep_only_what_is_plainer(room)
        if not any((room / "locale").rglob("*.po")):
            (room / "locale").rmdir()


def check(root: Path) -> Findings:
    """Compare what is committed with what a new gathering finds, in a copy."""
    findings = Findings()
    with tempfile.TemporaryDirectory(prefix="digirum-texts-") as temporary:
        copy = Path(temporary) / "digirum"
        shutil.copytree(root / "digirum", copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static", "tests"))
        gather(copy)
        for room in rooms(copy):
            for language in (*COMPLETE, PLAINER):
                _check_file(room.name, language, root / "digirum" / room.name, room, findings)
    return findings


def _check_file(room: str, language: str, committed: Path, gathered: Path, findings: Findings) -> None:
    wanted = _catalog(gathered, language)
    if wanted is None:
        return
    present = _catalog(committed, language)
    where = f"{room}/{language}"
    if (
        present
        and any(message.pluralizable for message in present)
        and "Plural-Forms" not in dict(present.mime_headers)
    ):
        findings.faults.append(f"{where}: the file does not say how the language counts. Run make messages.")
    known = {_key(message) for message in _messages(present)} if present else set()
    done = total = 0
    for message in _messages(wanted):
        total += 1
        text = _first(message.id)
        complete = _key(message) in known and all(_strings(message))
        done += complete
        if language in COMPLETE and not complete:
            findings.faults.append(f"{where}: not translated: {text!r}")
        if message.fuzzy:
            findings.faults.append(f"{where}: marked fuzzy, so it is not shown: {text!r}")
        if complete and (fault := _difference(message)):
            findings.faults.append(f"{where}: {fault} in {text!r}")
    findings.figures.setdefault(room, {})[language] = (done, total)


def _difference(message: Message) -> str:
    """What a translation lost or added: a placeholder or a tag. Empty when nothing.

    Where a language has a form for one, two or none of something, that form need not say the number.
    """
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = _placeholders(originals[-1])
    translations = _strings(message)
    for translation in translations:
        found = _placeholders(translation)
        if found != wanted and not (message.pluralizable and translation != translations[-1] and found <= wanted):
            return f"other placeholders, {sorted(found)},"
        if _tags(translation) != _tags(originals[-1]):
            return f"other tags, {_tags(translation)},"
    return ""


def _placeholders(text: str) -> frozenset[str]:
    return frozenset("".join(groups) for groups in PLACEHOLDER.findall(text))


def _tags(text: str) -> list[str]:
    return sorted(TAG.findall(text))


def _catalog(room: Path, language: str) -> Catalog | None:
    file = room / "locale" / language / "LC_MESSAGES" / "django.po"
    if not file.exists():
        return None
    with file.open("rb") as handle:
        return read_po(handle, locale=language.partition("_")[0])


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _first(message.id)


def _first(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [])


def _seed_plainer(room: Path) -> None:
    """Django knows no plural forms of easy Swedish: give a new file the ones of Swedish."""
    file = room / "locale" / PLAINER / "LC_MESSAGES" / "django.po"
    if not file.exists():
        file.parent.mkdir(parents=True)
        file.write_text(
            'msgid ""\nmsgstr ""\n"Language: sv_Simple\\n"\n"MIME-Version: 1.0\\n"\n'
            '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
            '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        )


def _say_plural_forms(room: Path) -> None:
    """A file that was begun by hand may not say how its language counts."""
    for language, forms in PLURALS.items():
        file = room / "locale" / language / "LC_MESSAGES" / "django.po"
        if file.exists() and '\n"Plural-Forms:' not in (text := file.read_text()):
            start = '\n"Content-Type:'
            file.write_text(text.replace(start, f'\n"Plural-Forms: {forms}\\n"{start}', 1))


def _keep_only_what_is_plainer(room: Path) -> None:
    """A text without an easy Swedish wording is shown in Swedish: it need not stand in the file."""
    file = room / "locale" / PLAINER / "LC_MESSAGES" / "django.po"
    catalog = _catalog(room, PLAINER)
    if catalog is None:
        return
    for message in list(_messages(catalog)):
        if not any(_strings(message)):
            catalog.delete(message.id, message.context)
    if not any(_messages(catalog)):
        shutil.rmtree(room / "locale" / PLAINER)
        return
    with file.open("wb") as handle:
        write_po(handle, catalog, width=0, omit_header=False, include_previous=False)


def _report(findings: Findings) -> int:
    for room, figures in sorted(findings.figures.items()):
        done = ", ".join(f"{language} {ready} of {total}" for language, (ready, total) in figures.items() if total)
        print(f"{room}: {done}")
    print(*findings.faults, sep="\n")
    return len(findings.faults)


def main(words: Sequence[str]) -> int:
    """``update`` writes the files of the work tree, ``check`` only tells what is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digirum.settings")
    django.setup()
    if words == ["update"]:
        gather(ROOT / "digirum")
        return 0
    if words == ["check"]:
        return 1 if _report(check(ROOT)) else 0
    print("Usage: python scripts/translations.py update|check")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
