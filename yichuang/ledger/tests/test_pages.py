import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from yichuang.ledger import jobs, queries
from yichuang.ledger.actions import erasure, lease
from yichuang.ledger.models import Cursor, Event, Parked, Seal
from yichuang.ledger.rules import WORKER_LEASE
from yichuang.ledger.tests.ledgers import write
from yichuang.ledger.tests.test_details import say
from yichuang.lib.actor import WORKER


@pytest.fixture
def as_auditor(auditor, client_of):
    return client_of(auditor)


@pytest.fixture
def as_administrator(system_admin, client_of):
    return client_of(system_admin)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/ledger/", "/ledger/seals", "/ledger/parked", "/ledger/subjects/case:1", "/worker/"]
)
def test_a_clerk_sees_none_of_it(wang_fang, client_of, address):
    write(1)
    page(client_of(wang_fang), address, 403)
    assert Client().get(address).status_code == 302


def test_the_auditor_sees_what_happened_in_words(as_auditor):
    write(2, subject="case:8", kind="case.accepted")
    shown = page(as_auditor, "/ledger/")
    for word in ("case:8", "受理", "case.accepted", "系统 clock", "待编号"):
        assert word in shown, word


def test_events_are_filtered_by_subject_and_kind(as_auditor):
    write(1, subject="case:1")
    write(1, subject="case:2", kind="case.granted")
    assert "case:2" not in page(as_auditor, "/ledger/?subject=case:1")
    shown = page(as_auditor, "/ledger/?kind=case.granted")
    assert ("case:2" in shown, "case:1<" in shown) == (True, False)
    assert "没有符合条件的事件" in page(as_auditor, "/ledger/?subject=case:99")


def test_older_events_follow_and_every_one_is_seen_once(as_auditor):
    write(queries.PAGE + 7, subject="case:1", kind="case.granted")
    wanted = set(Event.objects.filter(subject="case:1").values_list("seq", flat=True))
    for address in ("/ledger/?subject=case:1", "/ledger/subjects/case:1"):
        seen, pages, at = [], 0, address
        while at:
            shown = page(as_auditor, at)
            # Nothing is numbered yet: the only plain numbers of a row are those of its subject.
            seen += [int(number) for number in re.findall(r'<td class="number">(\d+)</td>', shown)]
            older = re.search(r'href="(\?[^"]*before=[^"]*)"', shown)
            at = address.partition("?")[0] + older[1].replace("&amp;", "&") if older else ""
            pages += 1
        assert (sorted(seen), len(seen), pages) == (sorted(wanted), len(wanted), 2), address


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "１２", "1 OR 1=1"])
def test_a_strange_page_mark_shows_the_first_page(as_auditor, before):
    write(1)
    assert as_auditor.get("/ledger/", {"before": before}).status_code == 200
    assert as_auditor.get("/ledger/subjects/case:1", {"before": before}).status_code == 200


def test_a_subject_that_never_was_is_not_found(as_auditor):
    assert "台账中没有这个对象" in page(as_auditor, "/ledger/subjects/case:404", 404)


def cost(client, address):
    with CaptureQueriesContext(connection) as queries_done:
        page(client, address)
    return len(queries_done)


@pytest.mark.parametrize("address", ["/ledger/", "/ledger/subjects/case:1", "/ledger/?subject=case:1&kind=case.moved"])
def test_pages_cost_the_same_however_many_events(as_auditor, address):
    write(1)
    page(as_auditor, address)
    few = cost(as_auditor, address)
    write(60)
    assert cost(as_auditor, address) == few


def test_reading_a_text_is_shown_once_and_recorded(as_auditor, auditor):
    event = say("甲的情况", party=5)
    assert "甲的情况" not in page(as_auditor, "/ledger/")
    address = f"/ledger/events/{event.pk}/text"
    assert as_auditor.get(address).status_code == 405
    assert "甲的情况" in as_auditor.post(address).content.decode()
    assert Event.objects.get(kind="detail.revealed").actor == f"staff:{auditor.pk}"
    erasure.erase_texts(5, by=WORKER, ground="本人申请")
    shown = as_auditor.post(address).content.decode()
    assert ("已删除" in shown, "甲的情况" in shown, "无法显示" in shown) == (True, False, False)


def test_seals_are_listed_with_their_roots(as_auditor):
    assert "还没有封存" in page(as_auditor, "/ledger/seals")
    write(3)
    jobs.number()
    jobs.seal(now=timezone.now())
    write(2)
    jobs.number()
    shown = page(as_auditor, "/ledger/seals")
    seal = Seal.objects.get()
    assert seal.hash in shown
    assert seal.root in shown
    assert f"等待封存的事件：{queries.newest_position() - seal.last} 条" in shown


def test_anybody_may_write_the_root_down(db):
    assert "还没有封存" in page(Client(), "/ledger/root")
    write(1)
    jobs.number()
    now = timezone.now()
    jobs.seal(now=now - timedelta(days=2))
    write(1)
    jobs.number()
    jobs.seal(now=now)
    shown = page(Client(), "/ledger/root")
    for seal in Seal.objects.all():
        assert seal.hash in shown
    published = queries.published_root(now)
    assert (published.daily.number, published.newest.number) == (1, 2)


@pytest.fixture
def parked(db):
    write(1)
    jobs.number()
    return Parked.objects.create(
        subscriber="notices",
        event=Event.objects.order_by("id").last(),
        failures=5,
        error="ValueError x.py:1",
        parked_at=timezone.now(),
    )


def test_the_administrator_has_a_parked_event_tried_again(as_administrator, as_auditor, parked):
    Cursor.objects.create(subscriber="notices", position=1)
    shown = page(as_administrator, "/worker/")
    for word in ("notices", "ValueError x.py:1", "已搁置", "重新执行", "没有在运行"):
        assert word in shown, word
    assert "重新执行<" not in page(as_auditor, "/ledger/parked")
    address = f"/worker/parked/{parked.pk}/retry"
    assert as_auditor.post(address).status_code == 403
    assert as_administrator.get(address).status_code == 405
    answer = as_administrator.post(address, follow=True)
    assert "已交给后台重新执行" in answer.content.decode()
    assert "等待重新执行" in answer.content.decode()
    parked.refresh_from_db()
    assert parked.retry_at is not None
    assert as_administrator.post(address).status_code == 409


def test_the_worker_page_says_whether_one_runs(as_administrator):
    lease.hold(WORKER_LEASE, "hall:1", now=timezone.now(), length=timedelta(seconds=15))
    shown = page(as_administrator, "/worker/")
    assert "正在运行" in shown
    assert "没有搁置的事件" in shown
