"""The lease (租约): which of several workers leads, so that the others need not look for work.

For economy only. Two leaders at once, when clocks differ or a process was asleep, do no harm: every step is safe by itself.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from yichuang.ledger.models import Lease


def hold(name: str, holder: str, *, now: datetime, length: timedelta) -> bool:
    """Take or prolong the lease; False while somebody else holds it."""
    until = now + length
    held = Lease.objects.filter(name=name).first()
    if held is not None and held.holder != holder and held.until >= now:
        return False  # The usual answer costs the one who waits no write.
    with transaction.atomic():
        if held is None:
            Lease.objects.bulk_create([Lease(name=name, holder=holder, until=until)], ignore_conflicts=True)
        mine_or_free = Lease.objects.filter(Q(holder=holder) | Q(until__lt=now), name=name)
        return bool(mine_or_free.update(holder=holder, until=until))


def release(name: str, holder: str, *, now: datetime) -> None:
    """Let the next one lead at once."""
    with transaction.atomic():
        Lease.objects.filter(name=name, holder=holder).update(until=now - timedelta(microseconds=1))
