"""Delivery (投递): subscribers hear of events in order of position, each exactly once.

The cursor moves in the transaction of the effect, and only from where it was read: a worker that is killed half-way
leaves neither, and of two workers one moves it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yichuang.ledger.models import Cursor, Event, Parked
from yichuang.ledger.ports import Subscriber
from yichuang.ledger.rules import FAILURES_UNTIL_PARKED, Entry, retry_pause
from yichuang.lib.faults import fault

BATCH = 20


class _OtherWorkerError(Exception):
    """Somebody else moved the cursor: leave it to them."""


def deliver(subscriber: Subscriber, *, now: datetime, limit: int = BATCH) -> int:
    """Let one subscriber hear what waits for it; returns how many events it is past. A failure ends the round for it."""
    position = _position(subscriber)
    if _waits_for_retry(subscriber, now):
        return 0
    events = [event.entry for event in Event.objects.filter(position__gt=position).order_by("position")[:limit]]
    done, seen = position, position
    for entry in events:
        seen = entry.position or 0
        if subscriber.kinds and entry.kind not in subscriber.kinds:
            continue
        if not _hear(subscriber, entry, done, now):
            return done - position
        done = seen
    if seen > done:
        with transaction.atomic():
            Cursor.objects.filter(subscriber=subscriber.name, position=done).update(position=seen)
    return seen - position


def _position(subscriber: Subscriber) -> int:
    cursor = Cursor.objects.filter(subscriber=subscriber.name).first()
    if cursor is None:
        Cursor.objects.bulk_create([Cursor(subscriber=subscriber.name)], ignore_conflicts=True)
    return cursor.position if cursor else 0


def _waits_for_retry(subscriber: Subscriber, now: datetime) -> bool:
    return Parked.objects.filter(subscriber=subscriber.name, parked_at=None, done_at=None, retry_at__gt=now).exists()


def _hear(subscriber: Subscriber, entry: Entry, before: int, now: datetime) -> bool:
    """One event, one transaction. False when the subscriber failed on it or another worker was faster."""
    try:
        with transaction.atomic():
            _move(subscriber, before, entry.position or 0)
            subscriber.hear(entry)
            Parked.objects.filter(subscriber=subscriber.name, event_id=entry.id).update(done_at=now)
    except _OtherWorkerError:
        return False
    except Exception as error:  # noqa: BLE001 - whatever a subscriber raises must not stop the others
        _note_failure(subscriber, entry, before, error, now)
        return False
    return True


def _move(subscriber: Subscriber, before: int, after: int) -> None:
    if not Cursor.objects.filter(subscriber=subscriber.name, position=before).update(position=after):
        raise _OtherWorkerError


def _note_failure(subscriber: Subscriber, entry: Entry, before: int, error: Exception, now: datetime) -> None:
    """Count the failure; from the fifth on the event is laid aside and the subscriber goes on."""
    with transaction.atomic():
        row = Parked.objects.filter(subscriber=subscriber.name, event_id=entry.id).first()
        failures = row.failures + 1 if row else 1
        is_parked = failures >= FAILURES_UNTIL_PARKED
        if not row:
            row = Parked(subscriber=subscriber.name, event_id=entry.id)
        row.failures = failures
        row.error = fault(error)
        row.parked_at = now if is_parked else None
        row.retry_at = None if is_parked else now + retry_pause(failures)
        row.save()
        if is_parked:
            Cursor.objects.filter(subscriber=subscriber.name, position=before).update(position=entry.position)


def deliver_again(subscribers: Sequence[Subscriber], *, now: datetime, limit: int = BATCH) -> int:
    """Try once more the parked events that a person asked for; returns how many succeeded."""
    by_name = {subscriber.name: subscriber for subscriber in subscribers}
    rows = Parked.objects.filter(
        done_at=None, parked_at__isnull=False, retry_at__lte=now, subscriber__in=by_name
    ).select_related("event")[:limit]
    return sum(_hear_again(by_name[row.subscriber], row, now) for row in rows)


def _hear_again(subscriber: Subscriber, row: Parked, now: datetime) -> bool:
    mine = Parked.objects.filter(pk=row.pk, done_at=None, retry_at=row.retry_at)
    try:
        with transaction.atomic():
            if not mine.update(done_at=now):
                return False
            subscriber.hear(row.event.entry)
    except Exception as error:  # noqa: BLE001 - as above
        with transaction.atomic():
            mine.update(retry_at=None, failures=row.failures + 1, error=fault(error))
        return False
    return True
