from datetime import date

import pytest
from django.db import IntegrityError, transaction

from yichuang.ledger.models import Event
from yichuang.lib.errors import Conflict, Invalid, NotFound, Refused
from yichuang.places import queries
from yichuang.places.actions import division, function, hall, window
from yichuang.places.models import Hall, Window
from yichuang.places.rules.kinds import HallKind
from yichuang.places.tests.conftest import EDIT, actor


def test_a_hall_stands_where_its_kind_can(county, bureau):
    with pytest.raises(Invalid, match="不能设镇便民服务中心"):
        hall.register("T1", county, hall.Particulars("中心", HallKind.TOWN), by=bureau)
    town = division.register("990101100", "柳镇", by=bureau)
    with pytest.raises(Invalid, match="不能设区（县）政务服务大厅"):
        hall.register("T1", town, hall.Particulars("大厅", HallKind.DISTRICT), by=bureau)
    assert hall.register("t1", town, hall.Particulars("中心", HallKind.TOWN), by=bureau).code == "T1"


def test_all_faults_of_a_hall_are_named_at_once(county, bureau):
    with pytest.raises(Invalid) as caught:
        hall.register("a/b", county, hall.Particulars("", "castle", time_zone="Asia/Nowhere", phone="?"), by=bureau)
    assert set(caught.value.fields) == {"code", "name", "kind", "time_zone", "phone"}


def test_a_hall_code_is_given_once(make_hall):
    make_hall("A1")
    with pytest.raises(Invalid, match="已被使用"):
        make_hall("a1")


@pytest.mark.plan("V6")
def test_a_hall_is_prepared_tried_and_operated(make_hall, bureau):
    row = make_hall()
    with pytest.raises(Conflict, match="只能转为试运行"):
        hall.move(row, "operating", by=bureau)
    hall.move(row, "trial", by=bureau)
    hall.move(row, "operating", by=bureau)
    with pytest.raises(Conflict, match="只能转为试运行"):
        hall.move(row, "preparing", by=bureau)
    assert Hall.objects.get().state == "operating"


def test_closing_a_hall_closes_its_windows(make_hall, open_window, bureau):
    row = make_hall()
    open_window(row, "1")
    open_window(row, "2")
    hall.close(row, last_day=date(2025, 6, 30), by=bureau)
    assert set(Window.objects.values_list("status", "closed_on")) == {("closed", date(2025, 6, 30))}
    assert queries.windows_of(bureau) == []
    with pytest.raises(Conflict, match="不能增设窗口"):
        open_window(row, "3")
    with pytest.raises(Conflict, match="已经关闭"):
        hall.close(row, last_day=date(2025, 7, 1), by=bureau)


def test_a_window_number_is_unique_in_its_hall_and_free_after_closing(make_hall, open_window, bureau):
    first, second = make_hall("A1"), make_hall("A2")
    old = open_window(first, "1")
    assert old.number == "01"
    open_window(second, "01")
    with pytest.raises(Invalid, match="01 号窗口正在使用"):
        open_window(first, "01")
    window.close(old, by=bureau)
    new = open_window(first, "01", "tidal")
    assert new.pk != old.pk
    history = Window.objects.filter(hall=first, number="01").order_by("id")
    assert [(w.status, w.kind) for w in history] == [("closed", "general"), ("in_use", "tidal")]
    assert list(Event.objects.filter(subject=old.subject).order_by("seq").values_list("kind", flat=True)) == [
        "window.opened",
        "window.closed",
    ]


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_a_second_window_of_a_number(make_hall, open_window):
    row = open_window(make_hall(), "1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Window.objects.create(hall=row.hall, number="01", name="x", opened_on=date(2025, 1, 1))


@pytest.mark.parametrize("number", ["", "ABC1", "1-2", "第一", "12345"])
def test_odd_window_numbers_are_refused(make_hall, open_window, number):
    with pytest.raises(Invalid, match="窗口号"):
        open_window(make_hall(), number)


def test_a_domain_window_names_its_domain_and_no_other_does(make_hall, open_window):
    row = make_hall()
    with pytest.raises(Invalid, match="请选择领域"):
        open_window(row, "1", "domain")
    with pytest.raises(Invalid, match="只有分领域窗口才填领域"):
        open_window(row, "1", "general", "tax")
    assert open_window(row, "1", "domain", "tax").domain == "tax"


@pytest.mark.plan("O2")
def test_a_window_carries_functions_and_the_ledger_keeps_who_gave_and_took_them(make_hall, open_window, bureau):
    function.register("neighbour", "桃梨通办", "cross_region", by=bureau)
    row = open_window(make_hall(), "1", carries=["acceptance", "unresolved"])
    same = window.Particulars("01", row.name)
    window.change(row, same, carries=["unresolved", "neighbour"], by=bureau)
    assert {f.function for f in row.functions.all()} == {"unresolved", "neighbour"}
    bodies = [e.body for e in Event.objects.filter(kind="window.functions_changed").order_by("seq")]
    assert '"added":["neighbour"]' in bodies[1].replace(" ", "")
    assert '"removed":["acceptance"]' in bodies[1].replace(" ", "")
    window.change(row, same, carries=["unresolved", "neighbour"], by=bureau)
    assert Event.objects.filter(kind="window.functions_changed").count() == 2
    with pytest.raises(Invalid, match="没有这些窗口职能：juggling"):
        window.change(row, same, carries=["juggling"], by=bureau)


def test_a_standard_function_can_be_renamed_and_retired(db, bureau):
    function.register("agency", "免费代办", "special", by=bureau)
    assert queries.functions()["agency"].name == "免费代办"
    function.register("agency", "免费代办", "special", is_active=False, by=bureau)
    assert "agency" not in queries.functions()
    assert queries.functions(with_retired=True)["agency"].name == "免费代办"


def test_a_paused_window_comes_back_and_a_closed_one_does_not(make_hall, open_window, bureau):
    row = open_window(make_hall(), "1")
    window.pause(row, by=bureau)
    assert queries.windows_of(bureau) == []
    window.resume(row, by=bureau)
    assert queries.windows_of(bureau) == [row]
    window.close(row, by=bureau)
    with pytest.raises(Conflict, match="已经撤销"):
        window.resume(row, by=bureau)


def test_the_windows_one_may_sit_at(make_hall, open_window):
    here, there = open_window(make_hall("A1"), "1"), open_window(make_hall("A2"), "1")
    assert queries.windows_of(actor(5, [], halls=[here.hall_id])) == [here]
    assert queries.windows_of(actor(5, [], halls=[here.hall_id, there.hall_id])) == [here, there]
    assert queries.windows_of(actor(5, [])) == []
    assert list(queries.halls_for(actor(5, [], halls=[there.hall_id]))) == [there.hall]


def test_one_changes_only_halls_in_reach(make_hall, open_window):
    mine, other = make_hall("A1"), make_hall("A2")
    editor = actor(6, EDIT, halls=[mine.pk])
    wanted = window.Particulars("7", "七")
    assert window.open_window(mine, wanted, by=editor).number == "07"
    with pytest.raises(NotFound):
        window.open_window(other, wanted, by=editor)
    with pytest.raises(Refused):
        hall.register("A3", mine.division, hall.Particulars("x", HallKind.DISTRICT), by=editor)
