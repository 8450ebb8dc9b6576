from datetime import date

import pytest
from django.urls import reverse

from yichuang.places import urls
from yichuang.places.actions import department, division, hours
from yichuang.places.models import Department, Division, Hall, OpeningHours, SpecialHours, Window
from yichuang.places.tests.conftest import AFTERNOON, LONG_AGO, MORNING

CHANGES = {"registration", "change", "closing", "renaming", "bulk", "opening", "addition", "ending", "new"}


def page(response):
    return response.content.decode()


@pytest.fixture
def hall(make_hall, open_window, bureau):
    row = make_hall()
    for session in (MORNING, AFTERNOON):
        hours.add(row, range(5), session, valid_from=LONG_AGO, by=bureau)
    open_window(row, "1", carries=["unresolved"])
    department.register(name="区民政局", division=row.division, uscc="11510811MB1T00018X", by=bureau)
    return row


def addresses(hall):
    """Every address of this module, with the things of one hall filled in."""
    values = {"code": hall.code, "hall_kind": "town", "measure": "served"}
    pks = {
        "window": Window.objects.get().pk,
        "hours": OpeningHours.objects.first().pk,
        "department": Department.objects.get().pk,
        "division": hall.division_id,
    }
    for pattern in urls.urlpatterns:
        names = pattern.pattern.converters
        known = dict(values)
        if pattern.name == "function":
            known["code"] = "agency"
        if "pk" in names:
            known["pk"] = next(pk for key, pk in pks.items() if pattern.name.startswith(key))
        yield pattern.name, reverse(f"places:{pattern.name}", kwargs={n: known[n] for n in names})


@pytest.mark.django_db
def test_every_page_opens_for_the_bureau_and_no_change_for_a_clerk(as_actor, hall, bureau, clerk):
    seen = 0
    for name, address in addresses(hall):
        answer = as_actor(bureau).get(address)
        assert answer.status_code in (200, 405), name
        refused = as_actor(clerk).get(address)
        assert refused.status_code == (403 if "places.edit" in guard(name) or "places.run" in guard(name) else 200), (
            name
        )
        seen += 1
    assert seen == len(urls.urlpatterns)


def guard(name):
    view = next(p.callback for p in urls.urlpatterns if p.name == name)
    return view.guard.permission


def test_who_is_not_logged_in_is_sent_to_the_login(as_actor, hall):
    for name, address in addresses(hall):
        assert as_actor(None).get(address)["Location"].startswith("/login"), name


@pytest.mark.plan("O2")
def test_a_window_shows_its_kind_and_functions(as_actor, hall, open_window, clerk):
    open_window(hall, "2", "domain", "tax")
    text = page(as_actor(clerk).get(reverse("places:hall", args=[hall.code])))
    assert "办不成事反映" in text
    assert "分领域 · 税务" in text
    assert "设立窗口" not in text


def test_what_was_typed_comes_back_with_the_sentence_beside_the_field(as_actor, hall, bureau):
    typed = {"number": "01", "name": "新窗口", "kind": "domain", "domain": "", "floor": "二楼", "carries": ["agency"]}
    answer = as_actor(bureau).post(reverse("places:window_opening", args=[hall.code]), typed)
    text = page(answer)
    assert answer.status_code == 422
    assert "01 号窗口正在使用。" in text
    assert "分领域窗口请选择领域。" in text
    assert 'value="二楼"' in text
    assert 'value="agency" id="id_carries_7" checked' in text
    assert Window.objects.count() == 1


def test_a_window_is_paused_resumed_and_closed_on_the_page(as_actor, hall, bureau):
    row = Window.objects.get()
    address = reverse("places:window_status", args=[hall.code, row.pk])
    for act, status in [("pause", "paused"), ("resume", "in_use"), ("close", "closed")]:
        assert as_actor(bureau).post(address, {"act": act}).status_code == 302
        row.refresh_from_db()
        assert row.status == status
    assert as_actor(bureau).post(address, {"act": "burn"}).status_code == 404
    shown = page(as_actor(bureau).get(reverse("places:hall", args=[hall.code])))
    assert "已撤销的窗口" in shown


def test_a_manager_opens_and_closes_the_day_of_the_own_hall_only(as_actor, hall, make_hall, manager_of):
    other = make_hall("B9")
    client = as_actor(manager_of(hall))
    address = reverse("places:business_day", args=[hall.code])
    assert "已开厅。" in page(client.post(address, {"act": "open"}, follow=True))
    assert "今天已经开厅。" in page(client.post(address, {"act": "open"}, follow=True))
    assert "已闭厅。" in page(client.post(address, {"act": "close"}, follow=True))
    assert client.post(reverse("places:business_day", args=[other.code]), {"act": "open"}).status_code == 404


def test_a_special_day_is_set_and_taken_back(as_actor, hall, bureau):
    client = as_actor(bureau)
    far = date(2035, 3, 3)  # a Saturday that stays ahead
    typed = {"day": far.isoformat(), "sessions": "9:00-12:00、13:00-16:00", "reason": "延时服务"}
    shown = page(client.post(reverse("places:special_hours", args=[hall.code]), typed, follow=True))
    assert "2035年3月3日 星期六：09:00–12:00（延时服务）" in shown
    bad = client.post(reverse("places:special_hours", args=[hall.code]), typed | {"sessions": "上午"})
    assert "看不懂“上午”" in page(bad)
    assert 'value="上午"' in page(bad)
    client.post(reverse("places:special_hours_removal", args=[hall.code]), {"day": far.isoformat()})
    assert not SpecialHours.objects.exists()


def test_overlapping_hours_are_refused_beside_the_field(as_actor, hall, bureau):
    typed = {"weekdays": ["0", "5"], "opens_at": "11:00", "closes_at": "14:00", "valid_from": "2024-01-01"}
    answer = as_actor(bureau).post(reverse("places:hours_addition", args=[hall.code]), typed)
    assert "星期一已有 9:00–12:00，时间重叠。" in page(answer)
    assert OpeningHours.objects.count() == 10


def test_pasted_divisions_are_entered_in_any_order_and_once(as_actor, county, bureau):
    client = as_actor(bureau)
    lines = "990102100\t杏镇\n\n990102，梨溪区\n990102100201 石村\n"
    shown = page(client.post(reverse("places:division_bulk"), {"lines": lines}, follow=True))
    assert "新登记 3 个区划，0 行此前已登记。" in shown
    assert Division.objects.get(code="990102100201").parent.name == "杏镇"
    again = page(client.post(reverse("places:division_bulk"), {"lines": lines}, follow=True))
    assert "新登记 0 个区划，3 行此前已登记。" in again


def test_bad_lines_are_named_and_nothing_typed_is_lost(as_actor, county, bureau):
    lines = "990101100 柳镇\n99010 短镇\n990101101\n990109200 无主乡\n990101 别的区"
    answer = as_actor(bureau).post(reverse("places:division_bulk"), {"lines": lines})
    text = page(answer)
    assert answer.status_code == 422
    assert "第 1 行" not in text
    assert "第 2 行“99010 短镇”：区划代码应为" in text
    assert "第 3 行“990101101”：请填写区划名称。" in text
    assert "第 4 行“990109200 无主乡”：还没有上级区划 990109，请先登记上级。" in text
    assert "第 5 行“990101 别的区”：代码 990101 已登记为“桃溪区”。" in text
    assert lines in text
    assert not Division.objects.filter(code="990101100").exists()


def test_departments_are_pasted_with_and_without_codes(as_actor, county, bureau):
    client = as_actor(bureau)
    typed = {"division": county.pk, "lines": "11510811MB1T00017X 区民政局\n区教育局\n11510811MB1T00018X 区水务局"}
    shown = page(client.post(reverse("places:department_bulk"), typed, follow=True))
    assert "新登记 3 个部门" in shown
    assert Department.objects.get(name="区民政局").uscc_warning == ""
    assert "校验码不对" in shown
    assert client.post(reverse("places:department_bulk"), {"division": county.pk, "lines": " "}).status_code == 422


def test_a_rename_on_the_page(as_actor, county, bureau):
    address = reverse("places:division_renaming", args=[county.pk])
    shown = page(as_actor(bureau).post(address, {"name": "桃源区", "since": "2024-05-01"}, follow=True))
    assert "桃溪区（990101，至 2024年4月30日，由“桃源区”承接）" in shown


def test_a_division_with_something_on_it_says_what(as_actor, county, bureau):
    division.register("990101100", "柳镇", by=bureau)
    address = reverse("places:division_closing", args=[county.pk])
    text = page(as_actor(bureau).post(address, {"last_day": "2024-05-01", "successor": ""}))
    assert "请指定由哪个区划承接" in text


def test_departments_are_registered_changed_and_closed(as_actor, county, bureau):
    client = as_actor(bureau)
    typed = {"division": county.pk, "name": "区林业局", "kind": "government", "sort_key": "10"}
    client.post(reverse("places:department_registration"), typed)
    row = Department.objects.get()
    twice = client.post(reverse("places:department_registration"), typed)
    assert "已有同名部门" in page(twice)
    client.post(reverse("places:department_change", args=[row.pk]), typed | {"phone": "0839-0000000"})
    row.refresh_from_db()
    assert (row.phone, row.sort_key) == ("0839-0000000", 10)
    client.post(reverse("places:department_closing", args=[row.pk]), {"last_day": "2024-05-01"})
    assert "已撤销的部门" in page(client.get(reverse("places:departments")))


def test_a_hall_is_changed_moved_and_closed(as_actor, hall, bureau):
    client = as_actor(bureau)
    typed = {
        "name": "新名大厅",
        "kind": "district",
        "address": "益民路1号",
        "phone": "",
        "time_zone": "Asia/Shanghai",
        "day_starts_at": "04:00",
    }
    client.post(reverse("places:hall_change", args=[hall.code]), typed)
    assert "只能转为试运行" in page(
        client.post(reverse("places:hall_state", args=[hall.code]), {"state": "operating"}, follow=True)
    )
    client.post(reverse("places:hall_state", args=[hall.code]), {"state": "trial"})
    row = Hall.objects.get(pk=hall.pk)
    assert (row.name, row.day_starts_at.hour, row.state) == ("新名大厅", 4, "trial")
    client.post(reverse("places:hall_closing", args=[hall.code]), {"last_day": "2025-01-31"})
    assert "已于 2025年1月31日 关闭" in page(client.get(reverse("places:hall", args=[hall.code])))


@pytest.mark.plan("O3")
def test_a_rule_is_changed_on_the_page_with_its_ground(as_actor, county, bureau):
    client = as_actor(bureau)
    address = reverse("places:rule", args=["town", "served"])
    assert 'value="4"' in page(client.get(address))
    refused = client.post(address, {"least": "5", "most": "3", "basis": "", "is_active": "on"})
    assert refused.status_code == 422
    client.post(address, {"least": "3", "most": "5", "basis": "区政办发〔2024〕1号", "is_active": "on"})
    shown = page(client.get(reverse("places:rules")))
    assert "3–5" in shown
    assert "本地设定" in shown
    assert client.get(reverse("places:rule", args=["town", "towers"])).status_code == 404


def test_a_local_function_is_added_on_the_page(as_actor, county, bureau):
    client = as_actor(bureau)
    typed = {"code": "neighbour", "name": "桃梨通办", "group": "cross_region", "is_active": "on"}
    client.post(reverse("places:function_registration"), typed)
    assert "桃梨通办" in page(client.get(reverse("places:functions")))
    client.post(reverse("places:function", args=["agency"]), typed | {"name": "免费代办", "group": "special"})
    assert "免费代办" in page(client.get(reverse("places:functions")))


def test_what_is_not_there_is_not_found(as_actor, county, bureau):
    client = as_actor(bureau)
    assert client.get(reverse("places:hall", args=["NONE"])).status_code == 404
    assert client.get(reverse("places:function", args=["juggling"])).status_code == 404
