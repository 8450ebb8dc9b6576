"""Numbering (编号): committed events get their place in the one order of the ledger, without gaps."""

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from yichuang.ledger.models import Event

BATCH = 200


def number_events(limit: int = BATCH) -> int:
    """Give the next positions to events that have none; returns how many.

    On PostgreSQL an event with a smaller id can become visible after this ran; it gets a later position. Nothing is
    skipped, because what has no position is found by that, not by a mark of how far one has read. Within a subject the
    order of ids is the order of ``seq`` and the order of commits, so no event comes before its predecessor.

    Two workers at once are harmless: the statement takes all of its events or the transaction takes none, and a
    position is unique. The loser's attempt counts as nothing done.
    """
    waiting = list(Event.objects.filter(position=None).order_by("id").values_list("id", flat=True)[:limit])
    if not waiting:
        return 0
    try:
        with transaction.atomic():
            last = Event.objects.aggregate(last=Max("position"))["last"] or 0
            if _assign(waiting, last + 1) != len(waiting):
                transaction.set_rollback(True)
                return 0
    except IntegrityError:
        return 0
    return len(waiting)


def _assign(ids: list[int], first: int) -> int:
    rows = ", ".join(["(%s, %s)"] * len(ids))
    values = [number for offset, event_id in enumerate(ids) for number in (event_id, first + offset)]
    with connection.cursor() as cursor:
        # Both databases call the columns of VALUES column1 and column2.
        cursor.execute(
            f"UPDATE ledger_event SET position = numbered.column2 FROM (VALUES {rows}) AS numbered "  # noqa: S608 - placeholders only
            "WHERE ledger_event.id = numbered.column1 AND ledger_event.position IS NULL",
            values,
        )
        return int(cursor.rowcount)
