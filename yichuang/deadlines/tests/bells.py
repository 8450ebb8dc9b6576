"""Bells and workers for the tests of ringing, importable by processes of their own."""

import os
import signal
import time
from datetime import UTC, datetime, timedelta

from yichuang.deadlines.jobs import ring_due
from yichuang.deadlines.models import Clock
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import WORKER

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)


def make_clock(subject, *, kind="test.limit", due_at=NOON, warn_at=None, **values):
    return Clock.objects.create(
        kind=kind,
        subject=subject,
        due_on=due_at.date(),
        due_at=due_at,
        warn_at=warn_at or due_at - timedelta(days=1),
        started_at=NOON - timedelta(days=30),
        **values,
    )


def ring_bell(clock, moment):
    """The effect of a bell: one event, in the transaction of the ring."""
    record(f"test.{moment}", clock.subject, by=WORKER, body={"due_on": clock.due_on.isoformat()})


def ring_until_quiet(rounds):
    """A worker: rings until several rounds found nothing; returns how many moments it rang."""
    rung = quiet = 0
    while quiet < rounds:
        found = ring_due({"test.limit": ring_bell}, now=NOON)
        rung += found
        quiet = 0 if found else quiet + 1
    return rung


def ring_and_die_inside():
    """A worker that is killed after the effect and before the transaction ends."""

    def bell(clock, moment):
        ring_bell(clock, moment)
        os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(60)

    return ring_due({"test.limit": bell}, now=NOON)
