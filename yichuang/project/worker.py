"""``yichuang work``: one loop that numbers, seals, rings, tells subscribers and does the jobs.

Of several workers the one with the lease works; the others wait for it to expire. The lease saves effort only: every step
may run twice at once and may be killed at any statement without doing anything twice or losing it.
"""

import logging
import os
import random
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from django.db import close_old_connections, connection
from django.utils import timezone

from yichuang.ledger import jobs as ledger
from yichuang.ledger.actions import lease
from yichuang.ledger.rules import WORKER_LEASE
from yichuang.lib.faults import fault

LEASE = timedelta(seconds=15)
SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
LONGEST_REST = 60.0
# After the supervisor is gone a step gets this long to end; then the process ends, and the database takes the step back.
GRACE = 10.0
_log = logging.getLogger(__name__)


@dataclass
class Step:
    """One kind of work. It rests after a failure, longer each time, and after an empty run as long as ``every`` says."""

    name: str
    run: Callable[[], int]
    every: float = 0.0
    failures: int = 0
    not_before: float = 0.0

    def attempt(self) -> int:
        """Run if it is time; returns how much was done. Never raises."""
        if monotonic() < self.not_before:
            return 0
        try:
            done = self.run()
        except Exception as error:  # noqa: BLE001 - one failing step must not stop the others
            self.failures += 1
            self.not_before = monotonic() + min(2.0 ** (self.failures - 1), LONGEST_REST)
            # The kind and the place only: the message and the trace may quote a person.
            _log.error("step %s failed (%s in a row): %s", self.name, self.failures, fault(error))
            close_old_connections()
            return 0
        self.failures = 0
        self.not_before = 0.0 if done else monotonic() + self.every
        return done


def all_steps() -> list[Step]:
    """The steps of a round, in their order: what was just committed is numbered before it is told."""
    from yichuang.deadlines.jobs import ring_due
    from yichuang.project.bells import BELLS
    from yichuang.project.jobs import JOBS
    from yichuang.project.subscribers import SUBSCRIBERS

    return [
        Step("number", ledger.number),
        Step("seal", lambda: ledger.seal(now=timezone.now())),
        Step("ring", lambda: ring_due(BELLS, now=timezone.now(), limit=20)),
        Step("tell", lambda: ledger.tell(SUBSCRIBERS, now=timezone.now())),
        *(Step(job.name, job.run, job.every.total_seconds()) for job in JOBS),
    ]


class Worker:
    """The loop. ``stopping`` ends it after the current step."""

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps
        self.stopping = threading.Event()
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(3)}"
        self._led_until = 0.0
        self._idle = 0

    def leads(self) -> bool:
        """Whether the lease is ours; asked of the database only when a third of it has passed."""
        if monotonic() < self._led_until:
            return True
        try:
            is_ours = lease.hold(WORKER_LEASE, self.name, now=timezone.now(), length=LEASE)
        except Exception as error:  # noqa: BLE001 - the database may come back
            _log.error("lease: %s", fault(error))
            close_old_connections()
            return False
        self._led_until = monotonic() + LEASE.total_seconds() / 3 if is_ours else 0.0
        return is_ours

    def round(self) -> int:
        """Every step once; returns how much was done."""
        done = 0
        for step in self.steps:
            if self.stopping.is_set():
                break
            done += step.attempt()
        return done

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self._pause_after(self.round() if self.leads() else 0)
        finally:
            self._let_go()

    def _pause_after(self, done: int) -> None:
        """No pause while there is work; then growing ones, each a little different, so that workers don't march in step."""
        if done:
            self._idle = 0
            return
        self._idle += 1
        longest = min(SHORTEST_PAUSE * 2 ** min(self._idle, 10), LONGEST_PAUSE)
        self.stopping.wait(longest * random.uniform(0.7, 1.0))  # noqa: S311 - nothing secret

    def drain(self) -> None:
        """Work until a whole round finds nothing to do (``--once``)."""
        while self.round() and not self.stopping.is_set():
            pass

    def _let_go(self) -> None:
        try:
            lease.release(WORKER_LEASE, self.name, now=timezone.now())
        except Exception as error:  # noqa: BLE001 - it expires by itself
            _log.warning("lease not released: %s", fault(error))


def work(*, once: bool, parent_pipe: bool) -> int:
    """Run until told to stop; returns the exit code for the shell."""
    worker = Worker(all_steps())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stopping.set())
    if parent_pipe:
        threading.Thread(target=_watch_pipe, args=[worker.stopping], daemon=True).start()
    try:
        if once:
            worker.drain()
            return 1 if any(step.failures for step in worker.steps) else 0
        worker.run()
        return 0
    finally:
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined] # PostgreSQL's connections have one


def _watch_pipe(stopping: threading.Event) -> None:
    """End when the supervisor is gone, even where a step hangs: the pipe from it closes, however it went."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    stopping.set()
    threading.Event().wait(GRACE)
    os._exit(1)
