from datetime import timedelta

import pytest
from django.db import transaction

from yichuang.deadlines import queries
from yichuang.deadlines.actions import clock
from yichuang.deadlines.models import Clock
from yichuang.deadlines.tests.bells import NOON
from yichuang.lib.actor import WORKER
from yichuang.lib.errors import Conflict

DAY = timedelta(days=1)


def moments(due_at, warn_at=None):
    return {"due_on": due_at.date(), "due_at": due_at, "warn_at": warn_at or due_at - DAY, "provisional": False}


def start(subject="case:1", due_at=NOON):
    with transaction.atomic():
        return clock.start("case.decision", subject, **moments(due_at), by=WORKER)


def move(due_at, warn_at=None):
    with transaction.atomic():
        clock.move("case.decision", "case:1", **moments(due_at, warn_at), by=WORKER)


@pytest.mark.django_db(transaction=True)
def test_a_clock_changes_only_in_the_transaction_of_an_act():
    for act in (
        lambda: clock.start("case.decision", "case:1", **moments(NOON), by=WORKER),
        lambda: clock.stop("case.decision", "case:1", by=WORKER),
        lambda: clock.move("case.decision", "case:1", **moments(NOON), by=WORKER),
    ):
        with pytest.raises(RuntimeError, match="in the transaction of the act"):
            act()
    assert not Clock.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_clock_of_a_kind_runs_for_a_subject_and_after_it_another():
    start()
    with pytest.raises(Conflict, match="已经开始"):
        start()
    with transaction.atomic():
        assert clock.stop("case.decision", "case:1", by=WORKER) is True
        assert clock.stop("case.decision", "case:1", by=WORKER) is False
    start()
    assert Clock.objects.count() == 2
    assert queries.running("case.decision", "case:1").stopped_at is None


@pytest.mark.django_db
def test_a_warning_after_the_due_moment_is_brought_forward():
    with transaction.atomic():
        made = clock.start("case.decision", "case:1", **moments(NOON, NOON + DAY), by=WORKER)
    assert made.warn_at == NOON


@pytest.mark.django_db
def test_a_moved_clock_rings_again_only_at_a_later_moment():
    start()
    Clock.objects.update(warned_at=NOON, rung_at=NOON, attempts=3, retry_at=NOON, error="RuntimeError")
    move(NOON + 5 * DAY)
    row = Clock.objects.get()
    assert (row.due_at, row.rung_at, row.warned_at) == (NOON + 5 * DAY, None, None)
    assert (row.attempts, row.retry_at, row.error) == (0, None, "")
    Clock.objects.update(warned_at=NOON, rung_at=NOON)
    move(NOON + 4 * DAY)
    row = Clock.objects.get()
    assert (row.due_at, row.rung_at, row.warned_at) == (NOON + 4 * DAY, NOON, NOON)


@pytest.mark.django_db
def test_a_clock_that_stopped_cannot_be_moved():
    start()
    with transaction.atomic():
        clock.stop("case.decision", "case:1", by=WORKER)
    with pytest.raises(Conflict, match="已经停止"):
        move(NOON + DAY)


@pytest.mark.django_db
def test_a_clock_that_rings_between_reading_and_moving_is_not_silenced(monkeypatch):
    start()
    read = queries.running("case.decision", "case:1")
    Clock.objects.update(rung_at=NOON)
    monkeypatch.setattr("yichuang.deadlines.queries.running", lambda kind, subject: read)
    with pytest.raises(Conflict, match="刚刚发生变化"):
        move(NOON + DAY)
    assert Clock.objects.get().rung_at == NOON


@pytest.mark.django_db
def test_clocks_whose_bell_failed_are_listed():
    start("case:1")
    start("case:2", NOON - DAY)
    Clock.objects.filter(subject="case:2").update(error="RuntimeError")
    assert [row.subject for row in queries.stuck()] == ["case:2"]
