"""Numbering and sealing (编号、封存): what the leading worker does to committed events.

Leadership is for economy. Two workers at once are harmless: a position and a seal number are unique, and the loser's
whole step rolls back.
"""

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from yichuang.ledger.models import Event, Seal
from yichuang.ledger.rules import GENESIS, SealEntry, merkle_root

BATCH = 200


def number_events() -> int:
    """Give the next positions to events that have none; returns how many.

    On PostgreSQL an event with a smaller id can commit after this ran; it gets a later position. Nothing is skipped,
    because what has no position is found by that, not by a mark of how far one has read.
    """
    waiting = list(Event.objects.filter(position=None).order_by("id").values_list("id", flat=True)[:BATCH])
    if not waiting:
        return 0
    try:
        with transaction.atomic():
            last = Event.objects.aggregate(last=Max("position"))["last"] or 0
            with connection.cursor() as cursor:
                for offset, event_id in enumerate(waiting, start=1):
                    cursor.execute(
                        "UPDATE ledger_event SET position = %s WHERE id = %s AND position IS NULL",
                        [last + offset, event_id],
                    )
                    if cursor.rowcount != 1:
                        raise _OtherWorkerError
    except (IntegrityError, _OtherWorkerError):
        return 0
    return len(waiting)


class _OtherWorkerError(Exception):
    """Somebody else is numbering: leave it to them."""


def seal_events(*, now: datetime, at_least: int, every: timedelta) -> Seal | None:
    """Seal what is numbered and unsealed, when there are ``at_least`` events or the last seal is older than ``every``."""
    last = Seal.objects.order_by("-number").first()
    first = last.last + 1 if last else 1
    waiting = Event.objects.filter(position__gte=first).order_by("position")
    count = waiting.count()
    if not count:
        return None
    due = last is None or now - last.sealed_at >= every
    if count < at_least and not due:
        return None
    entries = [event.entry for event in waiting[:10_000]]
    positions = [entry.position for entry in entries]
    if positions != list(range(first, first + len(entries))):
        return None  # A numbering is half visible; the next round sees all of it.
    sealed_at = now.astimezone(UTC)
    draft = SealEntry(
        number=last.number + 1 if last else 1,
        first=first,
        last=first + len(entries) - 1,
        root=merkle_root(entries),
        previous=last.hash if last else GENESIS,
        hash="",
        sealed_at=sealed_at.isoformat(timespec="microseconds"),
    )
    try:
        with transaction.atomic():
            return Seal.objects.create(
                number=draft.number,
                first=draft.first,
                last=draft.last,
                root=draft.root,
                previous=draft.previous,
                hash=draft.expected_hash,
                sealed_at=sealed_at,
            )
    except IntegrityError:
        return None
