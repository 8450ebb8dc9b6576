"""Clocks (计时): rows, so that no timer is lost with a queue or a process."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yichuang.deadlines.models import Clock
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict


def _in_act() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a clock changes in the transaction of the act it belongs to")


def start(  # noqa: PLR0913 - a clock is these facts
    kind: str, subject: str, *, due_on: date, due_at: datetime, warn_at: datetime, provisional: bool, by: Actor
) -> Clock:
    """Start a clock. The act it belongs to records the event; ``by`` is who acts."""
    _in_act()
    return Clock.objects.create(
        kind=kind,
        subject=subject,
        due_on=due_on,
        due_at=due_at,
        warn_at=warn_at,
        provisional=provisional,
        started_at=timezone.now(),
    )


def stop(kind: str, subject: str, *, by: Actor) -> bool:
    """Stop a running clock; False when none ran (a subject may have no clock of that kind)."""
    _in_act()
    return bool(Clock.objects.filter(kind=kind, subject=subject, stopped_at=None).update(stopped_at=timezone.now()))


def move(kind: str, subject: str, *, due_on: date, due_at: datetime, warn_at: datetime, by: Actor) -> None:
    """Give a running clock new moments. A moment that already rang rings again only if it moved to a later time."""
    _in_act()
    running = Clock.objects.filter(kind=kind, subject=subject, stopped_at=None).first()
    if running is None:
        raise Conflict("这个计时已经停止，不能调整。")
    moved = {"due_on": due_on, "due_at": due_at, "warn_at": warn_at, "attempts": 0, "retry_at": None}
    if due_at > running.due_at:
        moved["rung_at"] = None
    if warn_at > running.warn_at:
        moved["warned_at"] = None
    if not Clock.objects.filter(pk=running.pk, stopped_at=None, due_at=running.due_at).update(**moved):
        raise Conflict("这个计时刚刚被别人调整过，请刷新后再试。")
