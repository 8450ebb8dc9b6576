"""Ringing (到时): each moment is claimed by compare-and-swap in the transaction of what it causes.

Two workers, or one that was killed and started again, cannot ring a moment twice and cannot lose one: the claim and the
effect are one transaction. A failing bell is tried again with growing pauses and never holds up the others.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from yichuang.deadlines.models import Clock
from yichuang.deadlines.rules import Moment
from yichuang.lib.faults import fault

Bell = Callable[[Clock, Moment], None]
_log = logging.getLogger(__name__)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a moment is kept: when it comes, when it rang, how often it was tried and when to try again."""

    at: str
    done: str
    attempts: str
    retry: str


# In this order: a warning missed while nobody was there rings before the due moment of the same clock.
_COLUMNS = {
    Moment.WARNING: _Columns("warn_at", "warned_at", "warn_attempts", "warn_retry_at"),
    Moment.DUE: _Columns("due_at", "rung_at", "attempts", "retry_at"),
}


def ring_due(bells: Mapping[str, Bell], *, now: datetime, limit: int = 20) -> int:
    """Ring up to ``limit`` moments that have come; returns how many rang. Missed ones ring late, with their own date."""
    rung = 0
    for moment in _COLUMNS:
        for clock in list(_waiting(moment, list(bells), now)[: limit - rung]):
            rung += _ring(clock, moment, bells[clock.kind], now)
    return rung


def _waiting(moment: Moment, kinds: list[str], now: datetime) -> QuerySet[Clock]:
    columns = _COLUMNS[moment]
    return Clock.objects.filter(
        Q(**{columns.retry: None}) | Q(**{f"{columns.retry}__lte": now}),
        **_unrung(moment),
        **{f"{columns.at}__lte": now},
        kind__in=kinds,
    ).order_by(columns.at, "pk")


def _unrung(moment: Moment) -> dict[str, None]:
    """A warning after the due moment says nothing: it is not rung any more."""
    return {"stopped_at": None, "rung_at": None, _COLUMNS[moment].done: None}


def _ring(clock: Clock, moment: Moment, bell: Bell, now: datetime) -> bool:
    columns = _COLUMNS[moment]
    try:
        with transaction.atomic():
            claim = Clock.objects.filter(pk=clock.pk, **_unrung(moment), **{columns.at: getattr(clock, columns.at)})
            if not claim.update(**{columns.done: now, columns.attempts: 0, columns.retry: None, "error": ""}):
                return False
            bell(clock, moment)
    except Exception as error:  # noqa: BLE001 - see the next line
        # Whatever a bell does wrong, the other clocks still ring; the row says what happened.
        _log.warning("bell %s failed for clock %s: %s", clock.kind, clock.pk, fault(error))
        _postpone(clock, moment, error, now)
        return False
    return True


def _postpone(clock: Clock, moment: Moment, error: Exception, now: datetime) -> None:
    columns = _COLUMNS[moment]
    attempts = getattr(clock, columns.attempts)
    pause = min(FIRST_PAUSE * 2 ** min(attempts, 12), LONGEST_PAUSE)
    values = {columns.attempts: min(attempts + 1, 32_000), columns.retry: now + pause, "error": type(error).__name__}
    with transaction.atomic():
        Clock.objects.filter(pk=clock.pk, **_unrung(moment)).update(**values)
