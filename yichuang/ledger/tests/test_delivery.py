import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.support.processes import ROOT, child_environment, run_in_processes
from yichuang.ledger import jobs
from yichuang.ledger.actions import delivery, parking
from yichuang.ledger.actions.record import record
from yichuang.ledger.models import Cursor, Event, Parked
from yichuang.ledger.ports import Subscriber
from yichuang.ledger.rules import FAILURES_UNTIL_PARKED, retry_pause
from yichuang.ledger.tests.ledgers import START, write
from yichuang.lib.actor import WORKER, Actor, ActorKind
from yichuang.lib.errors import Conflict, NotFound, Refused

MOVED = frozenset({"case.moved"})
ADMINISTRATOR = Actor(ActorKind.STAFF, "3", permissions=frozenset({"worker.retry"}))


def note(entry):
    """An effect in the database: one event about each event that was heard."""
    record("test.heard", f"heard:{entry.id}", by=WORKER, body={})


def heard():
    """How often each event was heard, by position."""
    times = dict(Event.objects.filter(kind="test.heard").values_list("subject", "seq").order_by("seq"))
    rows = Event.objects.filter(kind="case.moved").order_by("position").values_list("id", flat=True)
    return [times.get(f"heard:{pk}", 0) for pk in rows]


def numbered(count, **options):
    write(count, **options)
    while jobs.number():
        pass


class Flaky:
    """A subscriber that fails a given number of times on one event."""

    def __init__(self, seq, times):
        self.seq, self.times, self.seen = seq, times, []

    def __call__(self, entry):
        note(entry)
        if entry.seq == self.seq and self.times:
            self.times -= 1
            raise ValueError("王芳 13800138000")
        self.seen.append(entry.seq)


@pytest.mark.django_db
def test_a_subscriber_hears_each_event_once_in_order_with_its_facts():
    seen = []
    subscriber = Subscriber("notices", lambda entry: seen.append((entry.position, entry.facts["n"])))
    numbered(25)
    assert [delivery.deliver(subscriber, now=START) for _ in range(3)] == [20, 5, 0]
    assert seen == [(n + 1, n) for n in range(25)]
    assert Cursor.objects.get().position == 25


@pytest.mark.django_db
def test_what_is_not_numbered_is_not_told():
    write(1)
    assert delivery.deliver(Subscriber("notices", note), now=START) == 0


@pytest.mark.django_db
def test_events_of_other_kinds_are_passed_without_a_transaction_each(django_assert_max_num_queries):
    numbered(19, kind="case.other")
    numbered(1)
    seen = []
    subscriber = Subscriber("notices", lambda entry: seen.append(entry.kind), MOVED)
    delivery.deliver(subscriber, now=START)
    assert seen == ["case.moved"]
    assert Cursor.objects.get().position == 20
    numbered(20, kind="case.other")
    with django_assert_max_num_queries(6):  # two of them are the savepoint that the test's transaction makes of it
        delivery.deliver(subscriber, now=START)
    assert Cursor.objects.get().position == 40


@pytest.mark.django_db
def test_a_failure_takes_its_effect_back_and_is_tried_again_in_order():
    numbered(3)
    flaky = Flaky(seq=2, times=2)
    subscriber = Subscriber("notices", flaky)
    now = START
    delivery.deliver(subscriber, now=now)
    assert (flaky.seen, Cursor.objects.get().position) == ([1], 1)
    assert delivery.deliver(subscriber, now=now) == 0, "not before its time"
    for failures in (1, 2):
        now += retry_pause(failures)
        delivery.deliver(subscriber, now=now)
    assert (flaky.seen, heard()) == ([1, 2, 3], [1, 1, 1])
    row = Parked.objects.get()
    assert (row.failures, row.parked_at, row.done_at) == (2, None, now)
    assert row.error.startswith("ValueError")
    assert "王芳" not in row.error
    assert "138" not in row.error


def fail_until_parked(subscriber):
    now = START
    for failures in range(1, FAILURES_UNTIL_PARKED + 1):
        delivery.deliver(subscriber, now=now)
        now += retry_pause(failures)
    return now


@pytest.mark.django_db
def test_after_five_failures_the_event_is_laid_aside_and_the_rest_goes_on():
    numbered(3)
    flaky = Flaky(seq=2, times=99)
    subscriber = Subscriber("notices", flaky)
    now = fail_until_parked(subscriber)
    assert Parked.objects.get().parked_at is not None
    delivery.deliver(subscriber, now=now)
    assert (flaky.seen, heard(), Cursor.objects.get().position) == ([1, 3], [1, 0, 1], 3)
    assert delivery.deliver_again([subscriber], now=now) == 0, "not before a person asks"


@pytest.mark.django_db
def test_a_person_has_a_parked_event_tried_once_more():
    numbered(2)
    flaky = Flaky(seq=2, times=FAILURES_UNTIL_PARKED + 1)
    subscriber = Subscriber("notices", flaky)
    fail_until_parked(subscriber)
    row = Parked.objects.get()
    for attempt, succeeds in ((1, 0), (2, 1)):
        parking.retry(row.pk, by=ADMINISTRATOR)
        with pytest.raises(Conflict):
            parking.retry(row.pk, by=ADMINISTRATOR)
        assert delivery.deliver_again([subscriber], now=timezone.now()) == succeeds, attempt
        assert delivery.deliver_again([subscriber], now=timezone.now()) == 0
    assert (flaky.seen, heard()) == ([1, 2], [1, 1])
    assert Event.objects.filter(kind="delivery.retried", actor="staff:3").count() == 2
    with pytest.raises(Conflict):
        parking.retry(row.pk, by=ADMINISTRATOR)


@pytest.mark.django_db
def test_only_who_may_has_events_tried_again():
    with pytest.raises(Refused):
        parking.retry(1, by=Actor(ActorKind.STAFF, "4"))
    with pytest.raises(NotFound):
        parking.retry(1, by=ADMINISTRATOR)


@pytest.mark.django_db
def test_a_failing_subscriber_does_not_keep_the_others_from_hearing(caplog, monkeypatch):
    numbered(3)
    seen = []

    def broken(*_):
        raise RuntimeError("王芳")

    monkeypatch.setattr(delivery, "_note_failure", broken)
    subscribers = [Subscriber("broken", broken), Subscriber("well", lambda entry: seen.append(entry.seq))]
    assert jobs.tell(subscribers, now=START) == 3
    assert seen == [1, 2, 3]
    assert "subscriber broken: RuntimeError" in caplog.text
    assert "王芳" not in caplog.text


def tell_until(position, die_at):
    """Runs in a process of its own: hears until the cursor is at ``position``; kills itself in the middle of ``die_at``."""

    def hear(entry):
        note(entry)
        if entry.position == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    subscriber = Subscriber("notices", hear, MOVED)
    while True:
        delivery.deliver(subscriber, now=timezone.now(), limit=3)
        cursor = Cursor.objects.filter(subscriber="notices").first()
        if cursor and cursor.position >= position:
            return cursor.position


def killed_while_hearing(position, die_at):
    code = (
        "import django; django.setup(); from yichuang.ledger.tests.test_delivery import tell_until; "
        f"tell_until({position}, {die_at})"
    )
    done = subprocess.run([sys.executable, "-c", code], env=child_environment(), cwd=ROOT, timeout=60, check=False)
    return done.returncode


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_an_effect_leaves_neither_effect_nor_cursor():
    """With the cursor moved before the effect, in a transaction of its own, it stood at 4 and event 4 was never heard."""
    numbered(6)
    assert killed_while_hearing(6, die_at=4) == -signal.SIGKILL
    assert heard() == [1, 1, 1, 0, 0, 0]
    assert Cursor.objects.get().position == 3
    assert killed_while_hearing(6, die_at=6) == -signal.SIGKILL
    assert heard() == [1, 1, 1, 1, 1, 0]
    assert tell_until(6, die_at=0) == 6
    assert heard() == [1] * 6


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_three_workers_tell_each_event_once():
    """No lease, three workers on one subscriber, all at the same moment.

    With ``position=before`` taken out of the cursor's update every event was heard up to three times on both databases;
    with the cursor moved after the effect in a transaction of its own, some were.
    """
    numbered(60)
    run_in_processes("yichuang.ledger.tests.test_delivery:tell_until", [[60, 0]] * 3)
    assert heard() == [1] * 60


def retry_parked(pk):
    subscriber = Subscriber("notices", note)
    return sum(delivery.deliver_again([subscriber], now=timezone.now() + timedelta(hours=1)) for _ in range(3))


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_retry_is_made_by_one_of_several_workers():
    """Without ``done_at=None, retry_at=…`` in the update, all four did it."""
    numbered(1)
    event = Event.objects.get()
    with transaction.atomic():
        row = Parked.objects.create(
            subscriber="notices", event=event, failures=5, error="x", parked_at=START, retry_at=START
        )
    assert sum(run_in_processes("yichuang.ledger.tests.test_delivery:retry_parked", [[row.pk]] * 4)) == 1
    assert heard() == [1]
