import subprocess
import sys
from collections import Counter
from datetime import timedelta

import pytest

from tests.support.effort import times
from tests.support.processes import ROOT, child_environment, run_in_processes
from yichuang.deadlines import jobs
from yichuang.deadlines.jobs import ring_due
from yichuang.deadlines.models import Clock
from yichuang.deadlines.rules import Moment
from yichuang.deadlines.tests.bells import NOON, make_clock, ring_bell
from yichuang.ledger.models import Event

SECOND = timedelta(seconds=1)
BELLS = {"test.limit": ring_bell}


def events():
    return sorted(Event.objects.values_list("subject", "kind"))


@pytest.mark.django_db
def test_a_moment_rings_when_it_has_come_and_not_before():
    make_clock("case:1", due_at=NOON + timedelta(days=2), warn_at=NOON)
    assert ring_due(BELLS, now=NOON - SECOND) == 0
    assert ring_due(BELLS, now=NOON) == 1
    assert ring_due(BELLS, now=NOON + timedelta(days=1)) == 0
    assert ring_due(BELLS, now=NOON + timedelta(days=2)) == 1
    assert ring_due(BELLS, now=NOON + timedelta(days=9)) == 0
    assert events() == [("case:1", "test.due"), ("case:1", "test.warning")]


@pytest.mark.django_db
def test_moments_missed_while_nobody_was_there_ring_later_in_order_with_their_own_date():
    make_clock("case:2", due_at=NOON - timedelta(days=3))
    make_clock("case:1", due_at=NOON - timedelta(days=5))
    rung = []
    assert ring_due({"test.limit": lambda clock, moment: rung.append((clock.subject, moment))}, now=NOON) == 4
    assert rung == [
        ("case:1", Moment.WARNING),
        ("case:2", Moment.WARNING),
        ("case:1", Moment.DUE),
        ("case:2", Moment.DUE),
    ]
    clock = Clock.objects.get(subject="case:1")
    assert (clock.due_at, clock.rung_at, clock.warned_at) == (NOON - timedelta(days=5), NOON, NOON)


@pytest.mark.django_db
def test_a_stopped_clock_and_one_whose_bell_nobody_has_stay_silent():
    make_clock("case:1", stopped_at=NOON - timedelta(days=4))
    make_clock("case:2", kind="test.unknown")
    assert ring_due(BELLS, now=NOON) == 0
    assert events() == []


@pytest.mark.django_db
def test_no_more_ring_at_once_than_the_worker_asked_for():
    for number in range(7):
        make_clock(f"case:{number}")
    assert [ring_due(BELLS, now=NOON, limit=5) for _ in range(4)] == [5, 5, 4, 0]


@pytest.mark.django_db(transaction=True)
def test_a_failing_bell_is_tried_again_with_growing_pauses_and_holds_up_nobody():
    make_clock("case:1")
    make_clock("case:2")
    broken = True

    def bell(clock, moment):
        ring_bell(clock, moment)
        if broken and clock.subject == "case:1":
            raise RuntimeError("broken")

    assert ring_due({"test.limit": bell}, now=NOON) == 2
    # The effect of the failed rings was taken back with their claim.
    assert events() == [("case:2", "test.due"), ("case:2", "test.warning")]
    clock = Clock.objects.get(subject="case:1")
    assert (clock.rung_at, clock.attempts, clock.error) == (None, 1, "RuntimeError")

    pauses, now = [], NOON
    while len(pauses) < 16:
        clock.refresh_from_db()
        pauses.append(clock.retry_at - now)
        assert ring_due({"test.limit": bell}, now=clock.retry_at - SECOND) == 0
        now = clock.retry_at
        assert ring_due({"test.limit": bell}, now=now) == 0
    assert pauses[:4] == [5 * SECOND, 10 * SECOND, 20 * SECOND, 40 * SECOND]
    assert pauses[-1] == jobs.LONGEST_PAUSE
    assert pauses == sorted(pauses)

    broken = False
    clock.refresh_from_db()
    assert ring_due({"test.limit": bell}, now=clock.retry_at) == 2
    clock.refresh_from_db()
    assert (clock.attempts, clock.retry_at, clock.error) == (0, None, "")
    assert Counter(events()) == Counter((f"case:{n}", f"test.{moment}") for n in (1, 2) for moment in Moment)


@pytest.mark.django_db(transaction=True)
def test_a_warning_that_cannot_ring_does_not_hold_up_the_due_moment_and_never_follows_it():
    make_clock("case:1")
    broken = {Moment.WARNING}

    def bell(clock, moment):
        if moment in broken:
            raise RuntimeError("broken")
        ring_bell(clock, moment)

    assert ring_due({"test.limit": bell}, now=NOON) == 1
    broken.clear()
    assert ring_due({"test.limit": bell}, now=NOON + timedelta(days=1)) == 0
    assert events() == [("case:1", "test.due")]


@pytest.mark.django_db
def test_a_clock_that_was_moved_after_it_was_read_does_not_ring(monkeypatch):
    """The claim names the moment it was read with."""
    clock = make_clock("case:1", due_at=NOON, warn_at=NOON, warned_at=NOON)
    read = Clock.objects.get()
    Clock.objects.update(due_at=NOON + timedelta(days=1))
    assert jobs._ring(read, Moment.DUE, ring_bell, NOON) is False
    Clock.objects.update(due_at=NOON, stopped_at=NOON)
    assert jobs._ring(read, Moment.DUE, ring_bell, NOON) is False
    clock.refresh_from_db()
    assert clock.rung_at is None
    assert events() == []


@pytest.mark.django_db
def test_looking_costs_two_queries_when_nothing_is_due(django_assert_num_queries):
    make_clock("case:1", due_at=NOON + timedelta(days=2))
    with django_assert_num_queries(2):
        assert ring_due(BELLS, now=NOON) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_each_moment_rings_exactly_once_whatever_the_number_of_workers():
    """With the claim reduced to the primary key four workers rang 60 moments 212 times (SQLite) and 202 times (PostgreSQL)."""
    clocks = times(30, 300)
    for number in range(clocks):
        make_clock(f"case:{number}")
    rung = run_in_processes("yichuang.deadlines.tests.bells:ring_until_quiet", [[3]] * 4)
    assert sum(rung) == 2 * clocks
    counted = Counter(events())
    assert set(counted.values()) == {1}
    assert len(counted) == 2 * clocks


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_a_worker_killed_inside_the_act_neither_loses_a_moment_nor_rings_it_twice():
    """With the claim in a transaction of its own the killed worker's moments were lost: the rows said they had rung.

    With the claim reduced to the primary key the two workers after it rang 6 moments 11 to 12 times.
    """
    for number in range(3):
        make_clock(f"case:{number}")
    for _ in range(times(2, 20)):
        code = "import django; django.setup(); from yichuang.deadlines.tests.bells import *; ring_and_die_inside()"
        killed = subprocess.run(
            [sys.executable, "-c", code],
            env=child_environment(),
            cwd=ROOT,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert killed.returncode == -9, killed.stderr
        assert events() == []
        assert not Clock.objects.exclude(warned_at=None, rung_at=None).exists()
    rung = run_in_processes("yichuang.deadlines.tests.bells:ring_until_quiet", [[3]] * 2)
    assert sum(rung) == 6
    assert set(Counter(events()).values()) == {1}
