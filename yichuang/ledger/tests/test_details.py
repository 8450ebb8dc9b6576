import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.support.processes import run_in_processes
from yichuang.ledger.actions import erasure, reveal
from yichuang.ledger.actions.record import record
from yichuang.ledger.models import Detail, Event, PartyKey
from yichuang.ledger.queries import TextState, text_of
from yichuang.lib.actor import WORKER, Actor, ActorKind
from yichuang.lib.errors import Conflict, NotFound, Refused

AUDITOR = Actor(ActorKind.STAFF, "9", permissions=frozenset({"ledger.view"}))


def say(text, party=None, subject="case:1"):
    with transaction.atomic():
        record("case.refused", subject, by=WORKER, body={}, detail=text, party=party)
    return Event.objects.get(subject=subject, seq=Event.objects.filter(subject=subject).count())


@pytest.mark.django_db
def test_a_text_comes_back():
    event = say("材料不齐：\n张三未提交原件", party=5)
    assert text_of(event).plain == "材料不齐：\n张三未提交原件"
    assert text_of(say("值班说明")).plain == "值班说明"
    assert sorted(PartyKey.objects.values_list("party", flat=True)) == [0, 5]


@pytest.mark.django_db
def test_an_event_without_text_has_none():
    with transaction.atomic():
        record("case.moved", "case:1", by=WORKER, body={})
    assert text_of(Event.objects.get()).state is TextState.NONE


@pytest.mark.django_db
def test_erasing_one_party_destroys_its_key_and_nothing_else():
    mine, other, house = say("甲的情况", party=5), say("乙的情况", party=6), say("公告")
    erasure.erase_texts(5, by=WORKER, ground="本人申请")
    assert text_of(mine).state is TextState.ERASED
    assert "已删除" in text_of(mine).words
    assert [text_of(other).plain, text_of(house).plain] == ["乙的情况", "公告"]
    key = PartyKey.objects.get(party=5)
    assert (key.wrapped, key.destroyed_at is not None) == ("", True)
    told = Event.objects.get(kind="party.texts_erased")
    assert (told.subject, told.entry.facts["texts"], text_of(told).plain) == ("party:5", 1, "本人申请")


@pytest.mark.django_db
def test_erasing_twice_or_nothing_is_refused_and_leaves_no_event():
    say("甲的情况", party=5)
    erasure.erase_texts(5, by=WORKER, ground="本人申请")
    for party in (5, 77):
        with pytest.raises(Conflict):
            erasure.erase_texts(party, by=WORKER, ground="")
    with pytest.raises(ValueError):
        erasure.erase_texts(0, by=WORKER, ground="")
    assert Event.objects.filter(kind="party.texts_erased").count() == 1


@pytest.mark.django_db
def test_after_erasure_new_text_lies_under_a_new_key():
    old = say("旧的情况", party=5)
    erasure.erase_texts(5, by=WORKER, ground="本人申请")
    new = say("新的情况", party=5)
    assert (text_of(old).state, text_of(new).plain) == (TextState.ERASED, "新的情况")


@pytest.mark.django_db
def test_a_moved_altered_or_missing_text_is_broken_not_erased():
    first, second = say("一", party=5), say("二", party=5)
    sealed = Detail.objects.get(event=second).sealed
    Detail.objects.filter(event=first).update(sealed=sealed)
    assert text_of(first).state is TextState.BROKEN
    Detail.objects.filter(event=second).update(sealed="AAAA" + sealed[4:])
    assert text_of(second).state is TextState.BROKEN
    Detail.objects.filter(event=first).delete()
    assert text_of(first).state is TextState.BROKEN


@pytest.mark.django_db
@pytest.mark.parametrize("row", [{"wrapped": ""}, {"wrapped": "x", "destroyed_at": "2026-01-01T00:00:00Z"}])
def test_a_key_is_there_or_destroyed(row):
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        PartyKey.objects.create(id=1, party=1, **row)


@pytest.mark.django_db
def test_reading_a_text_is_an_event():
    event = say("甲的情况", party=5)
    assert reveal.reveal(event.pk, by=AUDITOR).text.plain == "甲的情况"
    told = Event.objects.get(kind="detail.revealed")
    assert (told.subject, told.actor, told.entry.facts) == ("case:1", "staff:9", {"event": event.pk})
    erasure.erase_texts(5, by=WORKER, ground="")
    reveal.reveal(event.pk, by=AUDITOR)
    assert Event.objects.filter(kind="detail.revealed").count() == 1, "nothing was read"
    with pytest.raises(Refused):
        reveal.reveal(event.pk, by=Actor(ActorKind.STAFF, "1"))
    with pytest.raises(NotFound):
        reveal.reveal(1, by=AUDITOR)


def say_often(name, times):
    for n in range(times):
        say(f"{name}{n}", party=5, subject=f"case:{name}")
    return times


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_several_processes_that_speak_first_about_a_party_share_one_key():
    """Without the partial unique constraint, processes on PostgreSQL made several keys: erasing one leaves the others' texts."""
    run_in_processes("yichuang.ledger.tests.test_details:say_often", [[str(n), 5] for n in range(8)])
    assert PartyKey.objects.count() == 1
    events = list(Event.objects.all())
    assert {text_of(event).state for event in events} == {TextState.READABLE}
    assert len(events) == 40
