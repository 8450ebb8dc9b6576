from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yichuang.places.models import Division, Hall, OpeningHours


@pytest.fixture
def hall(db):
    division = Division.objects.create(code="990101", name="样例区", level="county")
    return make_hall(division, "990101A", "样例区政务服务大厅", "district")


def make_hall(division, code, name, kind, state="operating"):
    hall = Hall.objects.create(
        code=code, name=name, kind=kind, division=division, state=state, address="人民路1号", phone="0000-12345"
    )
    for day in range(5):
        for opens, closes in ((time(9), time(12)), (time(13), time(17))):
            OpeningHours.objects.create(
                hall=hall, weekday=day, opens_at=opens, closes_at=closes, valid_from=date(2020, 1, 1)
            )
    return hall


@pytest.mark.plan("O1")
def test_the_front_page_leads_everywhere(client, hall):
    page = client.get("/").content.decode()
    assert 'name="q"' in page
    for href in ("/progress", "/guide/departments", "/halls", "/login", "/guide/?q=%E5%BC%80%E5%85%AC%E5%8F%B8"):
        assert f'href="{href}"' in page
    assert "样例区政务服务大厅" in page
    assert "周一至周五 9:00–12:00、13:00–17:00" in page
    assert 'href="tel:0000-12345"' in page
    assert "data-large-print" in page
    assert "<script>" not in page
    assert "<style" not in page


def test_large_print_is_remembered_in_a_cookie(client, hall):
    assert 'class="large-print"' not in client.get("/").content.decode()
    client.cookies["large-print"] = "1"
    page = client.get("/").content.decode()
    assert 'class="large-print"' in page
    assert 'aria-pressed="true"' in page


def test_the_front_page_of_an_empty_installation_says_so(client, db):
    assert "大厅信息正在准备中" in client.get("/").content.decode()


@pytest.mark.plan("O1")
def test_all_serving_halls_by_kind(client, hall):
    make_hall(hall.division, "990101B", "甲镇便民服务中心", "town", "trial")
    make_hall(hall.division, "990101C", "筹备中的大厅", "town", "preparing")
    closed = make_hall(hall.division, "990101D", "已撤的大厅", "village")
    Hall.objects.filter(pk=closed.pk).update(closed_on=date(2021, 1, 1))
    page = client.get("/halls").content.decode()
    assert page.index("样例区政务服务大厅") < page.index("甲镇便民服务中心")
    assert "试运行" in page
    assert "筹备中的大厅" not in page
    assert "已撤的大厅" not in page


def test_hours_of_the_past_are_not_shown(client, hall):
    OpeningHours.objects.filter(weekday=4).update(valid_to=date(2020, 12, 31))
    assert "周一至周四 9:00–12:00" in client.get("/").content.decode()


def test_query_counts_do_not_grow_with_the_halls(client, hall):
    def count(path):
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        return len(caught)

    before = count("/halls"), count("/")
    for n in range(5):
        make_hall(hall.division, f"99010{n}T", f"{n}镇便民服务中心", "town")
    assert (count("/halls"), count("/")) == before
    assert max(before) <= 6


def test_whether_it_serves_now(client, hall, monkeypatch):
    from zoneinfo import ZoneInfo

    from django.utils import timezone

    def at(*moment):
        monkeypatch.setattr(timezone, "now", lambda: datetime(*moment, tzinfo=ZoneInfo("Asia/Shanghai")))
        return client.get("/halls").content.decode()

    assert "服务中，至 12:00" in at(2023, 4, 18, 9, 30)
    assert "休息中，13:00 继续" in at(2023, 4, 18, 12, 10)
    assert "今天不开放" in at(2023, 5, 1, 9, 30)
