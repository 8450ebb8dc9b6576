"""Sealing (封存): numbered events get a Merkle root, chained to the seal before, and can't be changed unseen any more."""

from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from yichuang.ledger.models import Event, Seal
from yichuang.ledger.rules import SEAL_EVENTS, moment_text, next_seal, seal_is_due


class LedgerHoleError(Exception):
    """Numbered events are missing where the next seal begins: nothing is sealed over a hole."""


def seal_events(*, now: datetime) -> Seal | None:
    """Write the next seal if it is due.

    The number, the first and the last position are unique: of several workers that seal at once one succeeds, the
    others get None. A seal never covers more than ``SEAL_EVENTS`` events; a backlog takes several rounds.
    """
    last = Seal.objects.order_by("-number").first()
    first = last.last + 1 if last else 1
    newest = Event.objects.aggregate(newest=Max("position"))["newest"] or 0
    if not seal_is_due(newest - first + 1, now - last.sealed_at if last else None):
        return None
    waiting = Event.objects.filter(position__range=(first, first + SEAL_EVENTS - 1)).order_by("position")
    draft = next_seal(
        last.entry if last else None, [e.entry for e in waiting], sealed_at=moment_text(now.astimezone(UTC))
    )
    if draft is None:
        raise LedgerHoleError
    try:
        with transaction.atomic():
            return Seal.objects.create(
                number=draft.number,
                first=draft.first,
                last=draft.last,
                count=draft.count,
                root=draft.root,
                previous=draft.previous,
                hash=draft.hash,
                sealed_at=now,
            )
    except IntegrityError:
        return None
