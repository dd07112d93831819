"""What finds rows by their stems and words by their parts, on each database; and the identity of a new database."""

import contextlib
import secrets

from django.db import DatabaseError, migrations, transaction

SQLITE = [
    "CREATE VIRTUAL TABLE base_search_stems USING fts5("
    "stems, content='base_searchdoc', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE VIRTUAL TABLE base_search_shapes USING fts5("
    "folded, content='base_searchword', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER base_search_doc_in AFTER INSERT ON base_searchdoc BEGIN "
    "INSERT INTO base_search_stems (rowid, stems) VALUES (new.id, new.stems); END",
    "CREATE TRIGGER base_search_doc_out AFTER DELETE ON base_searchdoc BEGIN "
    "INSERT INTO base_search_stems (base_search_stems, rowid, stems) VALUES ('delete', old.id, old.stems); END",
    "CREATE TRIGGER base_search_doc_anew AFTER UPDATE ON base_searchdoc BEGIN "
    "INSERT INTO base_search_stems (base_search_stems, rowid, stems) VALUES ('delete', old.id, old.stems); "
    "INSERT INTO base_search_stems (rowid, stems) VALUES (new.id, new.stems); END",
    "CREATE TRIGGER base_search_word_in AFTER INSERT ON base_searchword BEGIN "
    "INSERT INTO base_search_shapes (rowid, folded) VALUES (new.id, new.folded); END",
    "CREATE TRIGGER base_search_word_out AFTER DELETE ON base_searchword BEGIN "
    "INSERT INTO base_search_shapes (base_search_shapes, rowid, folded) VALUES ('delete', old.id, old.folded); END",
]
SQLITE_BACK = ["DROP TABLE base_search_stems", "DROP TABLE base_search_shapes"] + [
    f"DROP TRIGGER base_search_{name}" for name in ("doc_in", "doc_out", "doc_anew", "word_in", "word_out")
]
POSTGRESQL = "CREATE INDEX base_search_stems ON base_searchdoc USING gin (string_to_array(stems, ' '))"
SHAPES = "CREATE INDEX base_search_shapes ON base_searchword USING gin (folded gin_trgm_ops)"


def make(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in SQLITE:
                cursor.execute(statement)
        else:
            cursor.execute(POSTGRESQL)
            # Without the right to add the extension, or without it on the server, words are read through.
            with contextlib.suppress(DatabaseError), transaction.atomic(using=connection.alias):
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                cursor.execute(SHAPES)


def unmake(apps, schema_editor):
    connection = schema_editor.connection
    back = SQLITE_BACK if connection.vendor == "sqlite" else [
        "DROP INDEX base_search_stems", "DROP INDEX IF EXISTS base_search_shapes"
    ]
    with connection.cursor() as cursor:
        for statement in reversed(back):
            cursor.execute(statement)


def name_the_database(apps, schema_editor):
    """No page that a shared cache has kept of an earlier database counts as a page of this one."""
    apps.get_model("base", "Generation").objects.using(schema_editor.connection.alias).update_or_create(
        key="site", defaults={"number": secrets.randbits(52)}
    )


class Migration(migrations.Migration):

    dependencies = [
        ("base", "0002_workers_and_search"),
    ]

    operations = [
        migrations.RunPython(make, unmake),
        migrations.RunPython(name_the_database, migrations.RunPython.noop),
    ]
