"""Sweeping (清理): ended sessions and forgotten failures, a little at a time."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from yichuang.accounts import rules
from yichuang.accounts.models import Attempt

# A write transaction keeps every other writer of a SQLite hall waiting: short ones, more often.
BATCH = 200


@transaction.atomic
def sweep() -> int:
    """Remove a batch of rows that no longer mean anything; returns how many. No business act, so no event."""
    now = timezone.now()
    ended = list(Session.objects.filter(expire_date__lt=now).values_list("pk", flat=True)[:BATCH])
    Session.objects.filter(pk__in=ended, expire_date__lt=now).delete()
    before = now - max(rules.MEMORY_OF_KEY, rules.MEMORY_OF_ADDRESS) - timedelta(seconds=rules.LONGEST_WAIT)
    forgotten = list(Attempt.objects.filter(since__lt=before).values_list("pk", flat=True)[:BATCH])
    Attempt.objects.filter(pk__in=forgotten, since__lt=before).delete()
    return len(ended) + len(forgotten)
