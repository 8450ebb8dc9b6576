"""Pytest plugin: tests with ``transaction=True`` empty the tables afterwards, which the ledger's triggers refuse.

The statements of a flush are therefore put between two that take the triggers away and bring them back.
"""

_GUARDED = ("ledger_event", "ledger_seal")


def _around(operations, before_and_after):
    plain = operations.sql_flush

    def sql_flush(self, style, tables, **options):
        statements = plain(self, style, tables, **options)
        before, after = before_and_after(self.connection, [table for table in _GUARDED if table in tables])
        return [*before, *statements, *after]

    operations.sql_flush = sql_flush


def _sqlite(connection, tables):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = [(name, sql) for name, table, sql in cursor.fetchall() if table in tables]
    return [f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers]


def _postgresql(connection, tables):
    return tuple([f"ALTER TABLE {table} {verb} TRIGGER USER" for table in tables] for verb in ("DISABLE", "ENABLE"))


def pytest_configure():
    # Not at import: the plugin is loaded before Django can be.
    from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQLWrapper
    from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper

    _around(SQLiteWrapper.ops_class, _sqlite)
    _around(PostgreSQLWrapper.ops_class, _postgresql)
