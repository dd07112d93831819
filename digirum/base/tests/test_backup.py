"""A backup holds everything that was committed before it, and can be put back in one move."""

import json
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from digirum.base import backups
from digirum.base.generations import SITE
from digirum.base.models.generation import Generation
from digirum.base.registries import Registry

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media" / "pictures").mkdir(parents=True)
    (tmp_path / "media" / "pictures" / "room.txt").write_text("The room")
    return tmp_path / "media"


@pytest.fixture
def backup(media: Path, tmp_path: Path) -> Path:
    Generation.objects.create(key="before", number=7)
    backups.save(tmp_path / "kept.tar.gz", at=NOON)
    return tmp_path / "kept.tar.gz"


def destroy_database() -> None:
    if connection.vendor == "sqlite":
        connection.close()
        Path(connection.settings_dict["NAME"]).unlink()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def keys() -> set[str]:
    return set(Generation.objects.exclude(key=SITE).values_list("key", flat=True))


class Writer(threading.Thread):
    """Commits one row after the other, each with a file, and remembers what has been committed."""

    def __init__(self, media: Path) -> None:
        super().__init__(daemon=True)
        self.media, self.stopping = media, threading.Event()
        self.committed: list[str] = []

    def run(self) -> None:
        number = 0
        while not self.stopping.is_set():
            key = f"row-{number:05}"
            (self.media / key).write_text(key)
            Generation.objects.create(key=key, number=number)
            self.committed.append(key)
            number += 1
        connection.close()


@pytest.fixture
def writer(media: Path) -> Iterator[Writer]:
    writer = Writer(media)
    yield writer
    writer.stopping.set()
    writer.join(30)


def test_nothing_committed_before_the_backup_is_missing_when_all_else_is_lost(
    writer: Writer, media: Path, tmp_path: Path
) -> None:
    writer.start()
    while len(writer.committed) < 100:
        assert writer.is_alive()
    before = set(writer.committed)
    about = backups.save(tmp_path / "kept.tar.gz", at=NOON)
    during = len(writer.committed)
    while len(writer.committed) < during + 50:
        assert writer.is_alive(), "the site serves on"
    writer.stopping.set()
    writer.join(30)
    destroy_database()
    for file in media.iterdir():
        if file.is_file():
            file.unlink()

    assert backups.restore(tmp_path / "kept.tar.gz", force=False, at=NOON) == about

    restored = keys()
    assert before <= restored
    assert sorted(restored) == writer.committed[: len(restored)], "a moment of the history, without a gap"
    assert len(restored) < len(writer.committed), "what came after the backup is gone"
    assert {key for key in restored if (media / key).read_text() != key} == set(), "each row has its file"
    assert (media / "pictures" / "room.txt").read_text() == "The room"


def test_a_database_with_content_is_replaced_only_by_force(backup: Path, media: Path) -> None:
    Generation.objects.create(key="after")
    (media / "after.txt").write_text("later")

    with pytest.raises(backups.BackupError, match="--force"):
        backups.restore(backup, force=False, at=NOON)
    assert keys() == {"before", "after"}

    backups.restore(backup, force=True, at=NOON)
    assert keys() == {"before"}
    assert not (media / "after.txt").exists()
    assert list(media.parent.glob(".restore-*")) == []


def test_a_restored_room_can_be_backed_up_and_restored_again(backup: Path, tmp_path: Path) -> None:
    backups.restore(backup, force=True, at=NOON)
    Generation.objects.create(key="second life")
    backups.save(tmp_path / "second.tar.gz", at=NOON)
    destroy_database()
    backups.restore(tmp_path / "second.tar.gz", force=False, at=NOON)
    assert keys() == {"before", "second life"}


def test_no_cached_page_outlives_a_restore(backup: Path) -> None:
    backups.restore(backup, force=True, at=NOON)
    first = Generation.objects.get(key=SITE).number
    backups.restore(backup, force=True, at=NOON)
    assert Generation.objects.get(key=SITE).number != first


def test_what_must_outlive_a_restore_is_done_again(backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[datetime, set[str]]] = []
    registry = Registry[backups.Afterwards]("after a restore")
    registry.register(backups.Afterwards("forgetting", lambda at: done.append((at, keys()))))
    monkeypatch.setattr(backups, "after_restore", registry)
    Generation.objects.create(key="after")

    backups.restore(backup, force=True, at=NOON)

    assert done == [(NOON, {"before"})], "on the restored database"


def test_an_older_backup_is_brought_up_to_this_version(media: Path, tmp_path: Path) -> None:
    call_command("migrate", "base", "0001", verbosity=0)
    backups.save(tmp_path / "old.tar.gz", at=NOON)
    backups.restore(tmp_path / "old.tar.gz", force=True, at=NOON)
    assert MigrationRecorder(connection).migration_qs.filter(app="base").count() > 1


def test_a_damaged_or_foreign_file_changes_nothing(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    cut, other = tmp_path / "cut.tar.gz", tmp_path / "other.tar.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    other.write_bytes(b"not a backup")
    for file in (cut, other):
        with pytest.raises(backups.BackupError, match="not a whole backup"):
            backups.restore(file, force=True, at=NOON)
    with pytest.raises(backups.BackupError, match="no backup at"):
        backups.restore(tmp_path / "none.tar.gz", force=True, at=NOON)
    assert keys() == {"before"}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("engine", "oracle", "of the same kind"),
        ("format", 99, "format 99"),
        ("migrations", ["base.9999_from_the_future"], "newer version"),
        ("sha256", "0" * 64, "damaged"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(
    backup: Path, tmp_path: Path, name: str, value: object, sentence: str
) -> None:
    unpacked, changed = tmp_path / "unpacked", tmp_path / "changed.tar.gz"
    with tarfile.open(backup) as archive:
        archive.extractall(unpacked, filter="data")
    about = json.loads((unpacked / backups.ABOUT).read_text())
    (unpacked / backups.ABOUT).write_text(json.dumps({**about, name: value}))
    with tarfile.open(changed, "w:gz") as archive:
        for part in sorted(unpacked.iterdir()):
            archive.add(part, part.name)

    with pytest.raises(backups.BackupError, match=sentence):
        backups.restore(changed, force=True, at=NOON)
    assert keys() == {"before"}


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    assert list(backup.parent.glob(".backup-*")) == []


def test_a_backup_that_fails_leaves_the_old_one(backup: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(target: Path) -> None:
        raise DatabaseError

    whole = backup.read_bytes()
    monkeypatch.setitem(backups.DUMP, connection.vendor, fail)
    with pytest.raises(DatabaseError):
        backups.save(backup, at=NOON)
    assert backup.read_bytes() == whole


def test_the_commands_say_what_they_did(media: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", str(tmp_path / "kept.tar.gz"))
    assert str(tmp_path / "kept.tar.gz") in capsys.readouterr().out
    with pytest.raises(CommandError, match="--force"):
        call_command("restore", str(tmp_path / "kept.tar.gz"))
    call_command("restore", str(tmp_path / "kept.tar.gz"), "--force")
    assert "Restored" in capsys.readouterr().out


def test_the_database_in_the_file_is_one_that_others_can_read(backup: Path, tmp_path: Path) -> None:
    with tarfile.open(backup) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    dump = tmp_path / "unpacked" / backups.DUMPS[connection.vendor]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(dump)) as database:
            assert database.execute("SELECT number FROM base_generation WHERE key = 'before'").fetchone() == (7,)
    else:
        assert "base_generation" in dump.read_text()
