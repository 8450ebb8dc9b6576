"""Ringing (到时): each due moment is claimed by compare-and-swap in the transaction of what it causes.

Two workers, or one that was killed and started again, cannot ring a moment twice: the claim and the effect are one
transaction. A failing bell is tried again with growing pauses and never holds up the others.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from yichuang.deadlines.models import Clock
from yichuang.deadlines.rules import Moment

Bell = Callable[[Clock, Moment], None]
_log = logging.getLogger(__name__)
_FIELDS = {Moment.WARNING: ("warn_at", "warned_at"), Moment.DUE: ("due_at", "rung_at")}
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(hours=1)


def ring_due(bells: Mapping[str, Bell], *, now: datetime, limit: int = 20) -> int:
    """Ring up to ``limit`` moments that have come; returns how many rang. Missed ones ring late, with their own date."""
    rung = 0
    for moment in (Moment.WARNING, Moment.DUE):
        at, done = _FIELDS[moment]
        waiting = (
            Clock.objects.filter(Q(retry_at=None) | Q(retry_at__lte=now), kind__in=list(bells), stopped_at=None)
            .filter(**{f"{at}__lte": now, done: None})
            .order_by(at, "pk")[: limit - rung]
        )
        rung += sum(_ring(clock, moment, bells[clock.kind], now) for clock in waiting)
    return rung


def _ring(clock: Clock, moment: Moment, bell: Bell, now: datetime) -> bool:
    at, done = _FIELDS[moment]
    try:
        with transaction.atomic():
            claim = Clock.objects.filter(pk=clock.pk, stopped_at=None, **{done: None, at: getattr(clock, at)})
            if not claim.update(**{done: now, "attempts": 0, "retry_at": None, "error": ""}):
                return False
            bell(clock, moment)
    except Exception as error:
        # Whatever a bell does wrong, the other clocks still ring; the row says what happened.
        _postpone(clock, error, now)
        return False
    return True


def _postpone(clock: Clock, error: Exception, now: datetime) -> None:
    _log.warning("bell %s failed for clock %s: %s", clock.kind, clock.pk, type(error).__name__)
    pause = min(_FIRST_PAUSE * 2 ** min(clock.attempts, 12), _LONGEST_PAUSE)
    with transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(
            attempts=clock.attempts + 1, retry_at=now + pause, error=type(error).__name__
        )
