"""The databases themselves refuse to change what happened: an event's only change is its position, once.

SQLite makes a table anew when a later migration alters it, and forgets its triggers: such a migration runs ``create``
of this one again. A test looks whether the triggers are there.
"""

from django.db import migrations

COLUMNS = ("id", "subject", "seq", "kind", "actor", "on_behalf_of", "hall", "window", "at", "body")


def numbering(same):
    """True for the one change that is allowed. ``same`` compares so that NULL equals NULL."""
    unchanged = " AND ".join(f'NEW."{column}" {same} OLD."{column}"' for column in COLUMNS)
    return f"OLD.position IS NULL AND NEW.position IS NOT NULL AND {unchanged}"


def sqlite():
    refuse = "BEGIN SELECT RAISE(ABORT, 'the ledger is never changed or deleted'); END"
    yield f"CREATE TRIGGER ledger_event_update BEFORE UPDATE ON ledger_event WHEN NOT ({numbering('IS')}) {refuse}"
    yield f"CREATE TRIGGER ledger_event_delete BEFORE DELETE ON ledger_event {refuse}"
    yield f"CREATE TRIGGER ledger_seal_update BEFORE UPDATE ON ledger_seal {refuse}"
    yield f"CREATE TRIGGER ledger_seal_delete BEFORE DELETE ON ledger_seal {refuse}"


def postgresql():
    refuse = "EXECUTE FUNCTION ledger_refuse()"
    yield """CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the ledger is never changed or deleted'; END $$"""
    yield f"""CREATE TRIGGER ledger_event_update BEFORE UPDATE ON ledger_event FOR EACH ROW
        WHEN (NOT ({numbering("IS NOT DISTINCT FROM")})) {refuse}"""
    yield f"CREATE TRIGGER ledger_event_delete BEFORE DELETE ON ledger_event FOR EACH ROW {refuse}"
    yield f"CREATE TRIGGER ledger_event_truncate BEFORE TRUNCATE ON ledger_event FOR EACH STATEMENT {refuse}"
    yield f"CREATE TRIGGER ledger_seal_update BEFORE UPDATE ON ledger_seal FOR EACH ROW {refuse}"
    yield f"CREATE TRIGGER ledger_seal_delete BEFORE DELETE ON ledger_seal FOR EACH ROW {refuse}"
    yield f"CREATE TRIGGER ledger_seal_truncate BEFORE TRUNCATE ON ledger_seal FOR EACH STATEMENT {refuse}"


def create(apps, schema_editor):
    for statement in sqlite() if schema_editor.connection.vendor == "sqlite" else postgresql():
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in ("event", "seal"):
            for what in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER ledger_{table}_{what}")
    else:
        schema_editor.execute("DROP FUNCTION ledger_refuse CASCADE")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
