"""Numbers (编号): an upsert that returns; two processes never get the same one."""

from datetime import date

from django.conf import settings
from django.db import connection, transaction

from yichuang.documents import rules

_NEXT = (
    "INSERT INTO documents_counter (key, value) VALUES (%s, 1) "
    "ON CONFLICT (key) DO UPDATE SET value = documents_counter.value + 1 RETURNING value"
)


def _next(key: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [key])
        return int(cursor.fetchone()[0])


def next_number(key: str) -> int:
    """The next number in its own short transaction, before the act: a failed act leaves a gap, a slow one holds nobody up.

    Inside an open transaction it raises RuntimeError (``durable``): there it would make all acts of the key wait for
    each other, and a rollback would give the number out twice.
    """
    with transaction.atomic(durable=True):
        return _next(key)


def next_gapless(key: str) -> int:
    """The next number without gaps: inside the act's transaction, as its last lock."""
    if not connection.in_atomic_block:
        raise RuntimeError("a gapless number belongs to the transaction of its act")
    return _next(key)


def case_key(area: str, day: date) -> str:
    """The counter of an area and business day: serials begin at 1 every day."""
    return f"case/{area}/{day:%Y%m%d}"


def case_number(area: str, day: date) -> str:
    """A new case number of an area (six digits) and business day."""
    serial = next_number(case_key(area, day))
    return rules.case_number(rules.CaseNumber(area, day, serial), settings.CASE_NUMBER)
