"""Backups: one file with the database and the media, taken while the site serves, and put back in one move.

The file is a gzipped tar archive: ``about.json`` first, then ``database.sqlite3`` or ``database.sql``, then ``media/``.
Secrets and peppers are not in it: they come from the environment.
"""

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.loader import MigrationLoader

from digirum.base.generations import start_anew
from digirum.base.registries import Registry

FORMAT: Final = 1
ABOUT: Final = "about.json"
MEDIA: Final = "media"
DUMPS: Final = {"sqlite": "database.sqlite3", "postgresql": "database.sql"}


class BackupError(Exception):
    """A backup could not be made or put back; the message says what to do."""


@dataclass(frozen=True)
class About:
    """What a backup says of itself."""

    format: int
    engine: str
    made_at: str
    sha256: str
    migrations: list[str]


@dataclass(frozen=True)
class Afterwards:
    """What must be done again on a restored database (erasures made since the backup, say), at the given time."""

    name: str
    run: Callable[[datetime], object]


after_restore: Registry[Afterwards] = Registry("after a restore")


def save(target: Path, *, at: datetime) -> About:
    """Write the backup to ``target``, whole or not at all. Everything committed before the call is in it.

    Media files are gathered before and after the database is read, so that each file the database names is there.
    """
    target = target.resolve()
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=_folder_for(target.parent)) as temporary:
        work = Path(temporary)
        media = work / MEDIA
        _gather_media(media)
        dump = work / DUMPS[connection.vendor]
        DUMP[connection.vendor](dump)
        _gather_media(media)
        about = About(FORMAT, connection.vendor, at.isoformat(), _sha256(dump), sorted(_applied()))
        (work / ABOUT).write_text(json.dumps(asdict(about), indent=1))
        unfinished = work / "unfinished.tar.gz"
        with tarfile.open(unfinished, "w:gz", compresslevel=5) as archive:
            for part in (ABOUT, dump.name, MEDIA):
                archive.add(work / part, part)
        _reach_the_disk(unfinished)
        unfinished.chmod(0o600)
        unfinished.replace(target)
    return about


def restore(source: Path, *, force: bool, at: datetime) -> About:
    """Put a backup in the place of the database and the media; neither is touched unless all of it is sound.

    The database changes in one transaction, so a site that serves sees the old one or the new one. Refuses to write over
    a database with content unless ``force`` is set, and a backup of the other kind of database. An older backup is
    brought up to this version; then runs what rooms registered in ``after_restore``.
    """
    if _has_content() and not force:
        raise BackupError("This database has content. Add --force to replace all of it by the backup.")
    media_root = Path(settings.MEDIA_ROOT)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=_folder_for(media_root.parent)) as temporary:
        work = Path(temporary)
        about = _unpack(source, work)
        RESTORE[connection.vendor](work / DUMPS[about.engine])
        _swap_folder(work / MEDIA, media_root, work / "old-media")
    caches["default"].clear()
    call_command("migrate", interactive=False, verbosity=0)
    start_anew()
    for task in after_restore:
        task.run(at)
    return about


# SQLite ---------------------------------------------------------------------------------------------------------------


def _dump_sqlite(target: Path) -> None:
    """SQLite's backup interface, all pages in one step: one moment of the database, while others go on writing."""
    with closing(_open_sqlite()) as database, closing(sqlite3.connect(target)) as copy:
        database.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")  # the copy is one file


def _restore_sqlite(dump: Path) -> None:
    """The same way back: one transaction, also for those who have the database open."""
    with closing(sqlite3.connect(dump)) as backup:
        if backup.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError("The database in this backup is damaged. Nothing has been changed. Take an older backup.")
        connections.close_all()
        with closing(_open_sqlite()) as database:
            backup.backup(database, pages=-1)
            database.execute("PRAGMA journal_mode=WAL")


def _open_sqlite() -> sqlite3.Connection:
    return sqlite3.connect(connection.settings_dict["NAME"], timeout=60, isolation_level=None)


# PostgreSQL -----------------------------------------------------------------------------------------------------------


def _dump_postgresql(target: Path) -> None:
    """``pg_dump`` reads one snapshot while others go on writing."""
    _postgresql("pg_dump", "--no-owner", "--no-privileges", "--format=plain", f"--file={target}")


def _restore_postgresql(dump: Path) -> None:
    """Everything in one transaction: the old schema goes, the backup's comes."""
    connections.close_all()
    script = dump.with_name("restore.sql")
    with script.open("wb") as whole, dump.open("rb") as old:
        whole.write(b"SET client_min_messages = warning;\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
        shutil.copyfileobj(old, whole)
    _postgresql("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={script}")


def _postgresql(program: str, *words: str) -> None:
    database = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    env = {**os.environ, **{name: str(database[key]) for name, key in names.items() if database.get(key)}}
    done = subprocess.run(
        [_program(program), *words],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(
            f"{program} ended with {done.returncode}. Nothing has been changed. It said: {done.stderr.strip()}"
        )


def _program(name: str) -> str:
    """The newest of PostgreSQL's client programs: an older one refuses a newer server."""
    versions = [path for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}") if path.is_file()]
    found = str(max(versions, key=lambda path: int(path.parts[-3]))) if versions else shutil.which(name)
    if found is None:
        raise BackupError(
            f"{name} is not on this machine. Install it; on Debian: sudo apt-get install postgresql-client."
        )
    return found


DUMP: Final[dict[str, Callable[[Path], None]]] = {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql}
RESTORE: Final[dict[str, Callable[[Path], None]]] = {"sqlite": _restore_sqlite, "postgresql": _restore_postgresql}


# Media and the archive ------------------------------------------------------------------------------------------------


def _gather_media(target: Path) -> None:
    """Link (or copy) what is in the media folder now to ``target``, beside what was gathered before."""
    root = Path(settings.MEDIA_ROOT)
    target.mkdir(exist_ok=True)
    for source in _files(root):
        place = target / source.relative_to(root)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(source, place)


def _files(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())


def _link_or_copy(source: Path, place: Path) -> None:
    try:
        os.link(source, place)
    except FileNotFoundError:
        return  # removed since it was listed
    except OSError:  # another file system
        shutil.copy2(source, place)


def _unpack(source: Path, work: Path) -> About:
    """Unpack into ``work`` and see that everything is there and unharmed."""
    if not source.is_file():
        raise BackupError(f"There is no backup at {source}.")
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(work, filter="data")
        about = About(**json.loads((work / ABOUT).read_text()))
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, OSError, ValueError, TypeError) as fault:
        raise BackupError(f"{source} is not a whole backup of Digirum ({fault}). Nothing has been changed.") from fault
    if about.format != FORMAT:
        raise BackupError(f"This backup has format {about.format}; this version of Digirum reads {FORMAT}.")
    if about.engine != connection.vendor:
        raise BackupError(
            f"This backup is of {about.engine}, and DATABASE_URL names a database of {connection.vendor}. "
            "Set DATABASE_URL to one of the same kind."
        )
    unknown = set(about.migrations) - _known()
    if unknown:
        raise BackupError(
            f"This backup is of a newer version of Digirum (it has {min(unknown)}). Install that version, then restore."
        )
    if _sha256(work / DUMPS[about.engine]) != about.sha256:
        raise BackupError(f"The database in {source} is damaged. Nothing has been changed. Take an older backup.")
    (work / MEDIA).mkdir(exist_ok=True)
    return about


def _swap_folder(new: Path, place: Path, old: Path) -> None:
    if place.exists():
        place.rename(old)
    new.rename(place)


def _has_content() -> bool:
    """Whether the database has any table. One that cannot be read counts as content: somebody should look at it."""
    try:
        return bool(connection.introspection.table_names())
    except DatabaseError:
        return True


def _applied() -> set[str]:
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    return {f"{app}.{name}" for app, name in loader.applied_migrations}


def _known() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in {*loader.disk_migrations, *replaced}}


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _folder_for(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _reach_the_disk(file: Path) -> None:
    with file.open("rb") as content:
        os.fsync(content.fileno())
