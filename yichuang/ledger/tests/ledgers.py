"""Ledgers made by hand, and events written through the door, for the tests of this module."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.db import transaction

from yichuang.ledger.actions.record import NewEvent, record_all
from yichuang.ledger.rules import Entry, next_seal
from yichuang.lib.actor import WORKER

START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def entries(count, subjects=3):
    """Numbered events of a few subjects that take turns."""
    return [
        Entry(
            id=1000 + n,
            subject=f"case:{n % subjects}",
            seq=n // subjects + 1,
            kind="case.moved",
            actor="staff:7",
            on_behalf_of="",
            hall=None,
            window=None,
            at=(START + timedelta(seconds=n)).isoformat(timespec="microseconds"),
            body=f'{{"n":{n}}}',
            position=n + 1,
        )
        for n in range(count)
    ]


def sealed(rows, size):
    """Seals over ``rows``, each over ``size`` of them; a shorter rest stays unsealed."""
    made = []
    for start in range(0, len(rows) - size + 1, size):
        last = made[-1] if made else None
        made.append(next_seal(last, rows[start : start + size], sealed_at=rows[start + size - 1].at))
    return made


def resealed(seal, **changes):
    """A seal with changed content whose own hash is made to fit."""
    changed = replace(seal, **changes)
    return replace(changed, hash=changed.expected_hash)


def write(count=1, subject="case:1", kind="case.moved"):
    for n in range(count):
        with transaction.atomic():
            record_all([NewEvent(kind, subject, {"n": n})], by=WORKER)
