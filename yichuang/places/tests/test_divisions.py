from datetime import date

import pytest

from yichuang.ledger.models import Event
from yichuang.lib.errors import Conflict, Invalid, Refused
from yichuang.places.actions import department, division
from yichuang.places.models import Division
from yichuang.places.rules.divisions import level_and_code
from yichuang.places.rules.kinds import Level


@pytest.mark.parametrize(
    ("raw", "level", "code"),
    [
        ("51", Level.PROVINCE, "510000"),
        ("5108", Level.CITY, "510800"),
        ("510811", Level.COUNTY, "510811"),
        ("510811000000", Level.COUNTY, "510811"),
        ("510811100", Level.TOWN, "510811100"),
        ("510811100000", Level.TOWN, "510811100"),
        ("510 811 100 201", Level.VILLAGE, "510811100201"),
        ("510811100201", Level.VILLAGE, "510811100201"),
        ("510000", Level.PROVINCE, "510000"),
        ("110100", Level.CITY, "110100"),
    ],
)
def test_a_code_says_its_level(raw, level, code):
    assert level_and_code(raw) == (level, code)


@pytest.mark.parametrize(
    "raw", ["", "5", "510", "51081", "5108111", "00", "000000", "5108111002011", "51081A", "５１０８１１x"]
)
def test_other_codes_are_refused(raw):
    with pytest.raises(ValueError, match="区划代码"):
        level_and_code(raw)


def test_a_division_hangs_on_the_one_its_code_names(county):
    assert county.parent.name == "清江市"
    assert county.parent.parent.name == "云州省"


def test_a_county_hangs_on_its_province_where_no_city_stands_between(county, bureau):
    assert division.register("999001", "直管市", by=bureau).parent.name == "云州省"


def test_a_town_without_its_county_is_refused(county, bureau):
    with pytest.raises(Invalid, match="请先登记上级"):
        division.register("990102100", "无主镇", by=bureau)


def test_a_code_in_force_is_refused(county, bureau):
    with pytest.raises(Invalid) as caught:
        division.register("990101", "另一个区", by=bureau)
    assert caught.value.fields == {"code": "代码 990101 已登记为“桃溪区”。"}


def test_a_rename_keeps_the_code_and_takes_over_what_hung_on_the_old_name(county, bureau, make_hall):
    town = division.register("990101100", "柳镇", by=bureau)
    hall = make_hall()
    body = department.register(name="区民政局", division=county, by=bureau)
    heir = division.rename(county, "桃源区", since=date(2013, 5, 1), by=bureau)
    old = Division.objects.get(pk=county.pk)
    assert (old.valid_to, old.successor) == (date(2013, 4, 30), heir)
    assert (heir.code, heir.name, heir.valid_from) == ("990101", "桃源区", date(2013, 5, 1))
    for row in (town, hall, body):
        row.refresh_from_db()
    assert (town.parent, hall.division, body.division) == (heir, heir, heir)
    assert list(Event.objects.filter(subject=county.subject).order_by("seq").values_list("kind", flat=True)) == [
        "division.registered",
        "division.closed",
    ]


def test_an_abolished_town_goes_to_its_successor(county, bureau):
    small = division.register("990101200", "小乡", by=bureau)
    village = division.register("990101200201", "石村", by=bureau)
    large = division.register("990101100", "大镇", by=bureau)
    division.close(small, last_day=date(2019, 12, 31), successor=large, by=bureau)
    village.refresh_from_db()
    assert village.parent == large
    assert Division.objects.get(pk=small.pk).successor == large
    # The code is free again: statistical codes do return.
    assert division.register("990101200", "新乡", by=bureau).pk != small.pk


def test_what_something_hangs_on_is_not_abolished_without_a_successor(county, bureau):
    division.register("990101100", "大镇", by=bureau)
    with pytest.raises(Conflict, match="区划 1、部门 0、大厅 0"):
        division.close(county, last_day=date(2020, 1, 1), by=bureau)
    assert Division.objects.get(pk=county.pk).valid_to is None


def test_abolishing_twice_is_refused(county, bureau):
    stale = Division.objects.get(pk=county.pk)
    division.close(county, last_day=date(2020, 1, 1), by=bureau)
    with pytest.raises(Conflict, match="已经撤销"):
        division.close(stale, last_day=date(2021, 1, 1), by=bureau)


def test_a_successor_must_be_another_in_force(county, bureau):
    with pytest.raises(Invalid, match="另一个现行区划"):
        division.close(county, last_day=date(2020, 1, 1), successor=county, by=bureau)


def test_twin_departments_stop_a_merger_whole(county, bureau):
    other = division.register("990102", "梨溪区", by=bureau)
    department.register(name="区民政局", division=county, by=bureau)
    department.register(name="区民政局", division=other, by=bureau)
    with pytest.raises(Conflict, match="同名部门：区民政局"):
        division.close(county, last_day=date(2020, 1, 1), successor=other, by=bureau)
    assert Division.objects.get(pk=county.pk).valid_to is None


def test_only_whom_it_is_given_may_register(clerk, db):
    with pytest.raises(Refused):
        division.register("99", "云州省", by=clerk)
