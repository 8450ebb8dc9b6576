"""Numbers (编号): an upsert that returns; two processes never get the same one."""

from datetime import date

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

    Refuses to run inside the act's transaction, where it would make all acts of the key wait for each other.
    """
    if transaction.get_connection().in_atomic_block and not _in_test_transaction():
        raise RuntimeError("take the number before the act begins")
    with transaction.atomic():
        return _next(key)


def next_gapless(key: str) -> int:
    """The next number without gaps: inside the act's transaction, as its last lock."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a gapless number belongs to the transaction of its act")
    return _next(key)


def case_number(area: str, day: date) -> str:
    """A new case number of an area and business day."""
    return rules.case_number(area, day, next_number(f"case/{area}/{day:%Y%m%d}"))


def _in_test_transaction() -> bool:
    """Django wraps a test in a transaction marked as its own; that is not an act."""
    return all(getattr(block, "_from_testcase", False) for block in transaction.get_connection().atomic_blocks)
