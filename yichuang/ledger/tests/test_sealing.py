from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.support.processes import run_in_processes
from yichuang.ledger import jobs, queries, rules
from yichuang.ledger.actions import numbering, sealing
from yichuang.ledger.actions.sealing import LedgerHoleError
from yichuang.ledger.models import Event, Seal
from yichuang.ledger.tests.ledgers import START, write


def findings():
    until = queries.newest_position()
    entries = [entry for chunk in queries.numbered(until) for entry in chunk]
    return [finding.sentence for finding in rules.verify(entries, queries.seals(until))]


@pytest.mark.django_db
def test_events_are_numbered_in_order_and_in_batches():
    write(5)
    assert [numbering.number_events(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert list(Event.objects.order_by("seq").values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    write(1)
    assert jobs.number() == 1
    assert Event.objects.get(seq=6).position == 6


@pytest.mark.django_db
def test_numbering_a_batch_is_three_statements(django_assert_max_num_queries):
    write(50)
    with django_assert_max_num_queries(5):  # with the two of the savepoint that the test's transaction makes of it
        assert jobs.number() == 50


@pytest.mark.django_db
def test_a_worker_that_counts_from_a_stale_position_takes_nothing(monkeypatch):
    """Two batches without an event in common: only the unique position stands between them."""
    write(3)
    numbering.number_events(limit=2)
    assign = numbering._assign
    monkeypatch.setattr(numbering, "_assign", lambda ids, first: assign(ids, 2))
    assert numbering.number_events() == 0
    monkeypatch.undo()
    assert Event.objects.get(seq=3).position is None
    assert numbering.number_events() == 1


@pytest.mark.django_db
def test_the_first_event_is_sealed_at_once_then_by_number_or_by_time(monkeypatch):
    monkeypatch.setattr(rules, "SEAL_EVENTS", 3)
    monkeypatch.setattr(sealing, "SEAL_EVENTS", 3)
    write(1)
    jobs.number()
    assert jobs.seal(now=START) == 1
    write(2)
    jobs.number()
    soon = START + timedelta(seconds=1)
    assert jobs.seal(now=soon) == 0
    write(5)
    jobs.number()
    assert [jobs.seal(now=soon) for _ in range(3)] == [1, 1, 0]
    later = soon + rules.SEAL_EVERY
    assert jobs.seal(now=later) == 1
    assert jobs.seal(now=later + rules.SEAL_EVERY) == 0, "nothing waits"
    assert list(Seal.objects.order_by("number").values_list("first", "last", "count")) == [
        (1, 1, 1),
        (2, 4, 3),
        (5, 7, 3),
        (8, 8, 1),
    ]
    assert findings() == []


@pytest.mark.django_db
def test_the_database_gives_back_what_was_hashed():
    """Moments and texts come back from both databases exactly as they were sealed."""
    write(3, subject="case:汉字\U00020000")
    jobs.number()
    jobs.seal(now=timezone.now())
    assert findings() == []


@pytest.mark.django_db
def test_nothing_is_sealed_over_a_hole():
    write(2)
    Event.objects.filter(seq=1).update(position=1)
    Event.objects.filter(seq=2).update(position=3)
    with pytest.raises(LedgerHoleError):
        jobs.seal(now=timezone.now())


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE ledger_seal SET root = 'x'", "DELETE FROM ledger_seal"])
def test_the_database_refuses_to_change_a_seal(statement):
    write(1)
    jobs.number()
    jobs.seal(now=timezone.now())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_postgresql_refuses_to_truncate():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_seal")


def number_and_seal(wanted):
    """Runs in a process of its own until ``wanted`` events are sealed; returns what it did itself."""
    rules.SEAL_EVENTS = sealing.SEAL_EVENTS = 7
    rules.SEAL_EVERY = timedelta(0)
    done = [0, 0]
    while (Seal.objects.order_by("-number").values_list("last", flat=True).first() or 0) < wanted:
        done[0] += numbering.number_events(limit=5)
        done[1] += jobs.seal(now=timezone.now())
    return done


def write_and_seal(role, subject, wanted):
    if role == "seal":
        return number_and_seal(wanted)
    write(wanted, subject=subject)
    return [0, 0]


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_several_workers_number_and_seal_each_event_once_while_others_write():
    """Three workers at once, two writers beside them, no lease.

    Each guard was taken out once. Without counting the rows of the numbering, positions were given twice (352 of 200 on
    PostgreSQL) or left holes (SQLite). Without ``position IS NULL`` the trigger stopped a worker on PostgreSQL. Without
    the unique columns of a seal the chain broke on both. The unique position never had to act here; the test above
    makes it.
    """
    arguments = [["write", f"case:{n}", 100] for n in range(2)] + [["seal", "", 200]] * 3
    results = run_in_processes("yichuang.ledger.tests.test_sealing:write_and_seal", arguments)
    assert sum(result[0] for result in results) == 200, "every event was numbered by exactly one worker"
    assert sum(result[1] for result in results) == Seal.objects.count()
    assert list(Event.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 201))
    assert findings() == []
