from datetime import date

import pytest

from yichuang.ledger.models import Event
from yichuang.lib.errors import Conflict, Invalid
from yichuang.places import queries
from yichuang.places.actions import department
from yichuang.places.models import Department


def test_registering_twice_gives_the_same_department(county, bureau):
    first = department.register(name="区民政局", division=county, uscc="11510811MB1T00017X", by=bureau)
    again = department.register(name=" 区民政局 ", division=county, by=bureau)
    assert again == first
    assert again.uscc == "11510811MB1T00017X"
    assert Event.objects.filter(subject=first.subject).count() == 1


def test_a_uscc_that_fails_is_kept_with_the_reason(county, bureau):
    row = department.register(name="区水务局", division=county, uscc="11510811mb1t00018x", by=bureau)
    assert row.uscc == "11510811MB1T00018X"
    assert "校验" in row.uscc_warning
    long = department.register(name="区司法局", division=county, uscc="1151130108778239R_6391", by=bureau)
    assert (long.uscc, bool(long.uscc_warning)) == ("1151130108778239R_6391", True)  # As a real catalogue has it.
    good = department.register(name="区林业局", division=county, uscc="12510811MB2A000708", by=bureau)
    assert good.uscc_warning == ""


def test_a_change_is_checked_again(county, bureau):
    department.register(name="区水务局", division=county, by=bureau)
    row = department.register(name="区林业局", division=county, by=bureau)
    with pytest.raises(Invalid, match="已有同名部门"):
        department.change(row, name="区水务局", uscc="", particulars=department.Particulars(), by=bureau)
    with pytest.raises(Invalid) as caught:
        department.change(row, name="", uscc="", particulars=department.Particulars(kind="x", phone="abc"), by=bureau)
    assert set(caught.value.fields) == {"name", "kind", "phone"}


def test_of_two_people_who_change_at_once_the_second_is_told(county, bureau):
    row = department.register(name="区林业局", division=county, by=bureau)
    stale = Department.objects.select_related("division").get(pk=row.pk)
    department.change(row, name="区林业和草原局", uscc="", particulars=department.Particulars(), by=bureau)
    with pytest.raises(Conflict, match="刚刚被别人修改"):
        department.change(stale, name="区林草局", uscc="", particulars=department.Particulars(), by=bureau)


def test_a_closed_department_stays_as_history(county, bureau):
    row = department.register(name="区林业局", division=county, by=bureau)
    department.close(row, last_day=date(2024, 3, 31), by=bureau)
    assert row not in queries.departments()
    assert Department.objects.get(pk=row.pk).active_to == date(2024, 3, 31)
    with pytest.raises(Conflict, match="已经撤销"):
        department.close(row, last_day=date(2024, 4, 30), by=bureau)
