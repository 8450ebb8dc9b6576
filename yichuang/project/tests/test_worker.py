import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from time import monotonic

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.support.processes import ROOT, child_environment
from yichuang.ledger.actions import lease
from yichuang.ledger.models import Cursor, Event, Lease, Seal
from yichuang.ledger.rules import WORKER_LEASE
from yichuang.ledger.tests.ledgers import write
from yichuang.project import worker
from yichuang.project.worker import Step, Worker

WAIT = 20.0


def until(holds, seconds=WAIT):
    """Wait for another process; True as soon as ``holds()``."""
    end, pause = monotonic() + seconds, threading.Event()
    while not holds():
        if monotonic() > end:
            return False
        pause.wait(0.05)
    return True


class Clock:
    def __init__(self, monkeypatch):
        self.now = 100.0
        monkeypatch.setattr(worker, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def test_a_failing_step_rests_longer_each_time_and_never_stops_the_others(clock, caplog):
    calls = []

    def fail():
        calls.append(clock.now)
        raise ValueError("王芳 13800138000")

    loop = Worker([Step("bad", fail), Step("good", lambda: 1)])
    for _ in range(40):
        assert loop.round() == 1
        clock.now += 1
    assert calls == [100, 101, 103, 107, 115, 131]
    assert "step bad failed (1 in a row): ValueError" in caplog.text
    assert "王芳" not in caplog.text
    assert "138" not in caplog.text


def test_a_step_that_recovers_works_every_round_again(clock):
    answers = iter([ValueError(), 1, 0, 1])

    def run():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    step = Step("step", run)
    done = []
    for _ in range(5):
        done.append(step.attempt())
        clock.now += 1
    assert done == [0, 1, 0, 1, 0]


def test_a_job_with_a_pause_runs_at_once_then_after_it_unless_there_was_work(clock):
    runs = []

    def run():
        runs.append(clock.now)
        return 1 if len(runs) == 1 else 0

    step = Step("daily", run, every=10)
    for _ in range(25):
        step.attempt()
        clock.now += 1
    assert runs == [100, 101, 111, 121]


def test_a_round_ends_after_the_step_in_which_it_was_told_to_stop():
    loop = Worker([])
    loop.steps = [Step("first", lambda: loop.stopping.set() or 1), Step("second", lambda: 1)]
    assert loop.round() == 1


def test_idle_pauses_grow_to_a_second_and_are_never_alike(monkeypatch):
    loop, pauses = Worker([]), []
    monkeypatch.setattr(loop.stopping, "wait", pauses.append)
    for _ in range(10):
        loop._pause_after(0)
    assert pauses[0] <= 0.1
    assert pauses[-1] >= 0.7 * worker.LONGEST_PAUSE
    assert max(pauses) <= worker.LONGEST_PAUSE
    assert len(set(pauses)) == 10
    loop._pause_after(3)
    assert len(pauses) == 10, "no pause while there is work"
    loop._pause_after(0)
    assert pauses[-1] <= 0.1


@pytest.mark.django_db
def test_the_lease_is_asked_for_only_now_and_then(clock, django_assert_num_queries):
    loop = Worker([])
    assert loop.leads()
    with django_assert_num_queries(0):
        assert loop.leads()
    clock.now += worker.LEASE.total_seconds() / 3
    assert loop.leads()
    other = Worker([])
    assert not other.leads()


@pytest.mark.django_db
def test_a_database_that_is_away_ends_no_worker(monkeypatch, caplog):
    def gone(*_, **__):
        raise DatabaseError("王芳")

    monkeypatch.setattr(lease, "hold", gone)
    assert Worker([]).leads() is False
    assert "lease: DatabaseError" in caplog.text
    assert "王芳" not in caplog.text


def test_the_tables_name_what_exists():
    names = [step.name for step in worker.all_steps()]
    assert names[:4] == ["number", "seal", "ring", "tell"]
    assert len(set(names)) == len(names)


def start(*arguments, **options):
    command = [sys.executable, "-m", "yichuang", "work", *arguments]
    return subprocess.Popen(
        command, env=child_environment(), cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def finish(process):
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_once_does_what_there_is_and_ends():
    write(30)
    done = start("--once")
    _, errors = done.communicate(timeout=60)
    assert done.returncode == 0, errors
    assert not Event.objects.filter(position=None).exists()
    assert Seal.objects.get().last == 30


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["closed pipe", "SIGTERM", "SIGINT"])
def test_it_works_until_told_to_end_and_gives_its_lease_back(how):
    running = start("--parent-pipe")
    try:
        write(3)
        assert until(lambda: Seal.objects.filter(last__gte=1).exists())
        asked = monotonic()
        if how == "closed pipe":
            running.stdin.close()
        else:
            running.send_signal(getattr(signal, how))
        assert running.wait(10) == 0
        assert monotonic() - asked < 5
        assert Lease.objects.get(name=WORKER_LEASE).until < timezone.now()
        assert running.stderr.read() == ""
    finally:
        running.stdin = None if running.stdin.closed else running.stdin
        finish(running)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_when_the_leader_is_killed_another_takes_over_after_the_lease():
    """The lease of the killed one is cut short here instead of waiting fifteen seconds."""
    first = start()
    second = None
    try:
        write(2)
        assert until(lambda: not Event.objects.filter(position=None).exists())
        leader = Lease.objects.get(name=WORKER_LEASE).holder
        second = start()
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        write(1)
        with transaction.atomic():
            Lease.objects.filter(name=WORKER_LEASE).update(until=timezone.now() - timedelta(seconds=1))
        assert until(lambda: not Event.objects.filter(position=None).exists())
        assert Lease.objects.get(name=WORKER_LEASE).holder != leader
    finally:
        for process in filter(None, [first, second]):
            finish(process)


_SUBSCRIBED = """
import os, signal, sys
import django; django.setup()
from yichuang.ledger.actions.record import record
from yichuang.ledger.ports import Subscriber
from yichuang.lib.actor import WORKER
from yichuang.project import jobs, subscribers, worker
def hear(entry):
    record("test.heard", f"heard:{entry.position}", by=WORKER, body={})
    if os.environ.get("DIE_AT") == str(entry.seq):
        os.kill(os.getpid(), signal.SIGKILL)
subscribers.SUBSCRIBERS.append(Subscriber("test", hear, frozenset({"case.moved"})))
jobs.JOBS.clear()
sys.exit(worker.work(once=True, parent_pipe=False))
"""


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_effects_happen_once_although_the_worker_is_killed_in_the_middle_again_and_again():
    write(8)
    for die_at in ("3", "6", ""):
        done = subprocess.run(
            [sys.executable, "-c", _SUBSCRIBED],
            env={**child_environment(), "DIE_AT": die_at},
            cwd=ROOT,
            timeout=60,
            check=False,
        )
        assert done.returncode == (-signal.SIGKILL if die_at else 0)
        expected = int(die_at) - 1 if die_at else 8
        assert Event.objects.filter(kind="test.heard").count() == expected
    assert set(Event.objects.filter(kind="test.heard").values_list("seq", flat=True)) == {1}
    assert Cursor.objects.get(subscriber="test").position >= 8
    assert os.environ.get("DIE_AT") is None


_HANGING = """
import sys, threading
import django; django.setup()
from yichuang.project import worker
def hang():
    print("hanging", flush=True)
    threading.Event().wait()
worker.GRACE = 0.3
worker.all_steps = lambda: [worker.Step("hang", hang)]
sys.exit(worker.work(once=False, parent_pipe=True))
"""


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_step_that_hangs_does_not_outlive_the_supervisor():
    pipe = subprocess.PIPE
    running = subprocess.Popen(
        [sys.executable, "-c", _HANGING], env=child_environment(), cwd=ROOT, stdin=pipe, stdout=pipe, text=True
    )
    try:
        assert running.stdout.readline() == "hanging\n"
        running.stdin.close()
        assert running.wait(10) == 1
    finally:
        running.stdin = None
        finish(running)
