"""Clocks (计时): rows, so that no timer is lost with a queue or a process."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yichuang.deadlines import queries
from yichuang.deadlines.models import Clock
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict


def _in_act() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a clock changes in the transaction of the act it belongs to")


def start(
    kind: str, subject: str, *, due_on: date, due_at: datetime, warn_at: datetime, provisional: bool, by: Actor
) -> Clock:
    """Start a clock. The act it belongs to records the event; ``by`` is who acts. One runs per kind and subject."""
    _in_act()
    clock = Clock(
        kind=kind,
        subject=subject,
        due_on=due_on,
        due_at=due_at,
        warn_at=min(warn_at, due_at),
        provisional=provisional,
        started_at=timezone.now(),
    )
    try:
        clock.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("这项计时已经开始，不能重复开始。") from error
    return clock


def stop(kind: str, subject: str, *, by: Actor) -> bool:
    """Stop a running clock; False when none ran (a subject may have no clock of that kind)."""
    _in_act()
    return bool(Clock.objects.filter(kind=kind, subject=subject, stopped_at=None).update(stopped_at=timezone.now()))


def move(
    kind: str, subject: str, *, due_on: date, due_at: datetime, warn_at: datetime, provisional: bool, by: Actor
) -> None:
    """Give a running clock new moments. A moment that already rang rings again only if it moved to a later time."""
    _in_act()
    running = queries.running(kind, subject)
    if running is None:
        raise Conflict("这项计时已经停止，不能调整。")
    warn_at = min(warn_at, due_at)
    values = {"due_on": due_on, "due_at": due_at, "warn_at": warn_at, "provisional": provisional, "error": ""}
    values |= dict.fromkeys(("attempts", "warn_attempts"), 0) | dict.fromkeys(("retry_at", "warn_retry_at"))
    if due_at > running.due_at:
        values["rung_at"] = None
    if warn_at > running.warn_at:
        values["warned_at"] = None
    # Names what was seen: when the moment rings, or somebody else moves it, between reading and here, nothing is lost.
    seen = {name: getattr(running, name) for name in ("due_at", "warn_at", "rung_at", "warned_at")}
    if not Clock.objects.filter(pk=running.pk, stopped_at=None, **seen).update(**values):
        raise Conflict("这项计时刚刚发生变化，请刷新后再试。")
