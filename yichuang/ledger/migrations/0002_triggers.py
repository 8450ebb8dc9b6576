"""The databases themselves refuse to change what happened: an event's only change is its position, once."""

from django.db import migrations

_SAME = " AND ".join(f"NEW.{c} = OLD.{c}" for c in ("id", "subject", "seq", "kind", "actor", "at", "body"))
_NUMBERING = f"OLD.position IS NULL AND NEW.position IS NOT NULL AND {_SAME}"

_SQLITE = [
    f"""CREATE TRIGGER ledger_event_no_update BEFORE UPDATE ON ledger_event
        WHEN NOT ({_NUMBERING}) BEGIN SELECT RAISE(ABORT, 'ledger events are never changed'); END""",
    """CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event
        BEGIN SELECT RAISE(ABORT, 'ledger events are never deleted'); END""",
    """CREATE TRIGGER ledger_seal_no_update BEFORE UPDATE ON ledger_seal
        BEGIN SELECT RAISE(ABORT, 'seals are never changed'); END""",
    """CREATE TRIGGER ledger_seal_no_delete BEFORE DELETE ON ledger_seal
        BEGIN SELECT RAISE(ABORT, 'seals are never deleted'); END""",
]

_POSTGRESQL = [
    """CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the ledger is never changed or deleted'; END $$""",
    f"""CREATE TRIGGER ledger_event_no_update BEFORE UPDATE ON ledger_event FOR EACH ROW
        WHEN (NOT ({_NUMBERING})) EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event FOR EACH ROW
        EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_seal_no_update BEFORE UPDATE ON ledger_seal FOR EACH ROW
        EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_seal_no_delete BEFORE DELETE ON ledger_seal FOR EACH ROW
        EXECUTE FUNCTION ledger_refuse()""",
]


def _create(apps, schema_editor):
    statements = _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(_create, migrations.RunPython.noop)]
