"""The statements that make the journal append-only in the database itself, on both engines.

The migration that sets them can be taken back; nothing else opens the journal.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GUARD = {
    "sqlite": (
        """
        CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal_journalentry
        BEGIN SELECT RAISE(ABORT, 'The journal is append-only: nothing is changed in it.'); END
        """,
        """
        CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal_journalentry
        BEGIN SELECT RAISE(ABORT, 'The journal is append-only: nothing is deleted from it.'); END
        """,
    ),
    "postgresql": (
        """
        CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'The journal is append-only: % is refused.', TG_OP USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        """
        CREATE TRIGGER journal_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_journalentry
        FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()
        """,
    ),
}
UNGUARD = {
    "sqlite": ("DROP TRIGGER IF EXISTS journal_refuses_update", "DROP TRIGGER IF EXISTS journal_refuses_delete"),
    "postgresql": ("DROP TRIGGER IF EXISTS journal_refuses_change ON journal_journalentry",),
}


def guard(editor: BaseDatabaseSchemaEditor) -> None:
    """Closes the journal for everything but adding."""
    for statement in GUARD[editor.connection.vendor]:
        editor.execute(statement, params=None)


def unguard(editor: BaseDatabaseSchemaEditor) -> None:
    """Opens it again, for the migration taken backwards."""
    for statement in UNGUARD[editor.connection.vendor]:
        editor.execute(statement, params=None)
