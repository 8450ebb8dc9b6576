import json

import pytest
from django.db import DatabaseError, connection, transaction

from tests.support.processes import run_in_processes
from yichuang.ledger.actions.record import NewEvent, record, record_all
from yichuang.ledger.models import Detail, Event, Head, PartyKey
from yichuang.lib.actor import WORKER, Actor, ActorKind

CLERK = Actor(ActorKind.STAFF, "7", name="王芳", hall=3, window=12, on_behalf_of="staff:8")


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        record("case.accepted", "case:1", by=WORKER, body={})
    assert not Event.objects.exists()
    assert not Head.objects.exists()


@pytest.mark.django_db
def test_an_event_says_who_where_and_for_whom_but_not_the_name():
    record("case.accepted", "case:1", by=CLERK, body={"item": "511A", "due_on": "2026-01-02"})
    event = Event.objects.get()
    assert (event.actor, event.on_behalf_of, event.hall, event.window) == ("staff:7", "staff:8", 3, 12)
    assert (event.subject, event.seq, event.position) == ("case:1", 1, None)
    assert event.body == '{"due_on":"2026-01-02","item":"511A"}'
    assert "王芳" not in "".join(str(value) for value in Event.objects.values().get().values())


@pytest.mark.django_db
def test_recording_is_two_statements(django_assert_num_queries):
    with django_assert_num_queries(2):
        record("case.accepted", "case:1", by=CLERK, body={"item": 1})


@pytest.mark.django_db
def test_each_subject_counts_for_itself():
    for subject in ("case:1", "case:2", "case:1"):
        record("case.moved", subject, by=WORKER, body={})
    assert sorted(Event.objects.values_list("subject", "seq")) == [("case:1", 1), ("case:1", 2), ("case:2", 1)]


@pytest.mark.django_db
def test_ids_of_one_subject_rise_even_when_a_clock_goes_back(monkeypatch):
    ids = iter([1000, 500, 1 << 40])
    monkeypatch.setattr("yichuang.ledger.actions.record.new_id", lambda: next(ids))
    for _ in range(3):
        record("case.moved", "case:1", by=WORKER, body={})
    first, second, third = Event.objects.order_by("seq").values_list("id", flat=True)
    assert (first, third > second > 1000) == (1000, True)


@pytest.mark.django_db
def test_several_subjects_take_their_heads_in_order(django_assert_num_queries):
    with django_assert_num_queries(4) as queries:
        record_all([NewEvent("ticket.served", s) for s in ("ticket:9", "case:5", "party:7")], by=WORKER)
    heads = [query["sql"] for query in queries if "ledger_head" in query["sql"]]
    assert ["case:5" in heads[0], "party:7" in heads[1], "ticket:9" in heads[2]] == [True] * 3


@pytest.mark.django_db
def test_floats_and_objects_have_no_place_in_a_body():
    for value in (1.5, object(), b"bytes"):
        with pytest.raises(TypeError):
            record("case.moved", "case:1", by=WORKER, body={"value": value})


@pytest.mark.django_db
def test_free_text_is_encrypted_and_only_its_salted_hash_is_in_the_body():
    for _ in range(2):
        record("case.refused", "case:1", by=CLERK, body={}, detail="张三不符合条件", party=42)
    bodies = [json.loads(body) for body in Event.objects.values_list("body", flat=True)]
    assert bodies[0].keys() == {"detail_sm3"}
    assert bodies[0] != bodies[1], "equal texts must not have equal hashes"
    assert PartyKey.objects.get().party == 42
    assert all("张三" not in sealed for sealed in Detail.objects.values_list("sealed", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    ["body = 'x'", "position = NULL", "hall = 9", "seq = 9", "at = '2020-01-01 00:00:00'", "position = 2, hall = 1"],
)
def test_the_database_refuses_to_change_an_event(change):
    record("case.accepted", "case:1", by=WORKER, body={})
    if change == "position = NULL":
        Event.objects.update(position=1)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE ledger_event SET {change}")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_event")


@pytest.mark.django_db
def test_a_position_is_given_once():
    record("case.accepted", "case:1", by=WORKER, body={})
    assert Event.objects.update(position=1) == 1
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Event.objects.update(position=2)


def write(subjects, times, name):
    """Runs in a process of its own."""
    by = Actor(ActorKind.STAFF, name)
    for _ in range(times):
        with transaction.atomic():
            record_all([NewEvent("case.moved", subject) for subject in subjects], by=by)
    return times * len(subjects)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_eight_processes_write_to_one_subject_and_to_many_without_gap_or_loss():
    """Each act touches one subject common to all and two of its neighbours', named in different orders.

    With ``max(seq) + 1`` instead of the head's upsert, processes on PostgreSQL end with "duplicate key value violates
    event_subject_seq" and their acts are lost. On SQLite that cannot be seen, because writers queue: one database
    proves nothing about the other. With ``last_id + 1`` for an act that waited, ids met those of other processes.
    """
    arguments = []
    for n in range(8):
        own, next_one = f"case:{n}", f"case:{(n + 1) % 8}"
        arguments.append([["hall-book:1", own, next_one] if n % 2 else [next_one, own, "hall-book:1"], 25, str(n)])
    assert sum(run_in_processes("yichuang.ledger.tests.test_record:write", arguments)) == 600
    assert Event.objects.count() == 600
    for head in Head.objects.all():
        events = list(Event.objects.filter(subject=head.subject).order_by("seq").values_list("seq", "id"))
        assert [seq for seq, _ in events] == list(range(1, head.seq + 1)), head.subject
        assert events == sorted(events, key=lambda event: event[1]), "ids rise with seq"
    assert Head.objects.get(subject="hall-book:1").seq == 200
