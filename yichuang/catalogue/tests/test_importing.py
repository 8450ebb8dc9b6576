"""Files become versions: what is made, kept, warned of and refused."""

import json

import pytest
from django.db import transaction

from yichuang.catalogue.actions import importing, quarantine, version
from yichuang.catalogue.formats.entry import FileRefused
from yichuang.catalogue.models import ImportRun, Item, ItemVersion, Quarantine
from yichuang.catalogue.queries import published_item
from yichuang.catalogue.tests.conftest import BODY, actor, csv_file, csv_row, exchange_entry, in_custom, in_list
from yichuang.ledger.models import Event
from yichuang.lib.errors import NotFound, Refused
from yichuang.places.models import Department, Division

WATER = f"{BODY}4000119003000"
SAND = csv_row().split(",")[3]


def reasons(notes):
    return [note.reason for note in notes]


def test_both_envelopes_say_the_same(take_in):
    take_in(in_list(exchange_entry()), "甲.json")
    report = take_in(in_custom(exchange_entry(envelope="CUSTOM")), "乙.json")
    assert (report.read, report.unchanged) == (1, 1)


def test_what_an_exchange_entry_says(take_in):
    report = take_in(in_list(exchange_entry()))
    assert (report.created, report.warnings, report.rejected) == (1, [], [])
    made = published_item(WATER)
    assert (made.statutory_limit, made.promised_limit, made.promised_unit, made.promised_note) == (20, 5, "working", "")
    assert (made.conditions, made.service_objects, made.four_ways) == ("", "自然人、企业法人", "网上办、一次办")
    material = made.materials.get()
    assert (material.originals, material.copies, material.source_note, material.necessity) == (1, 2, "", "required")
    assert made.item.code_scheme == "C0109-31"
    assert made.item.basic_code == "000119003000"


def test_a_changed_row_makes_a_version_and_an_equal_one_nothing(take_in):
    take_in(csv_file(csv_row()))
    report = take_in(csv_file(csv_row(name="河道采砂许可证核发")))
    assert (report.updated, report.created) == (1, 0)
    assert list(ItemVersion.objects.order_by("number").values_list("number", "state", "name")) == [
        (1, "retired", "河道采砂许可"), (2, "published", "河道采砂许可证核发"),
    ]  # fmt: skip
    assert Event.objects.filter(kind="item.imported").count() == 2
    before = Event.objects.filter(kind__startswith="item.").count()
    assert take_in(csv_file(csv_row(name="河道采砂许可证核发"))).unchanged == 1
    assert Event.objects.filter(kind__startswith="item.").count() == before


def test_a_limit_completed_here_outlives_the_next_import(take_in, bureau):
    take_in(csv_file(csv_row()))
    version.amend_limits(
        SAND, version.Limits("promised", 7, "working", None, "working"), "桃水发〔2023〕1号", based_on=1, by=bureau
    )
    assert take_in(csv_file(csv_row())).unchanged == 1
    assert published_item(SAND).promised_limit == 7
    take_in(csv_file(csv_row(name="河道采砂许可证核发")))
    made = published_item(SAND)
    assert (made.number, made.name, made.promised_limit) == (3, "河道采砂许可证核发", 7)


def test_versions_in_one_file_are_kept_in_order_whatever_their_order_there(take_in):
    content = in_list(exchange_entry("12", promise_day=3), exchange_entry("9", promise_day=5), exchange_entry("10"))
    report = take_in(content)
    assert (report.read, report.created, report.updated) == (3, 1, 2)
    rows = ItemVersion.objects.order_by("number").values_list("source_version", "state")
    assert list(rows) == [("9", "retired"), ("10", "retired"), ("12", "published")]
    assert take_in(content).unchanged == 3


def test_an_older_version_that_comes_later_is_history(take_in):
    take_in(in_list(exchange_entry("12")))
    take_in(in_list(exchange_entry("11", promise_day=9)))
    assert published_item(WATER).source_version == "12"
    assert ItemVersion.objects.get(source_version="11").state == "retired"


def test_an_entry_without_its_head_is_refused_with_a_sentence_and_the_others_come_in(take_in):
    headless = exchange_entry()
    del headless["AUDIT_ITEM"]
    report = take_in(in_list(headless, exchange_entry(), "字符串"))
    assert (report.read, report.created) == (3, 1)
    assert reasons(report.rejected) == [
        "缺少事项基本信息（AUDIT_ITEM），这一条没有编码和名称，未导入。", "这一条不是对象，读不出事项。",
    ]  # fmt: skip
    assert [note.row for note in report.rejected] == [1, 3]


def test_missing_keys_nothings_and_numbers_as_text(take_in):
    bare = {
        "AUDIT_ITEM": {
            "task_name": "取水许可",
            "task_code": WATER,
            "task_type": 1,
            "dept_name": "区水务局",
            "promise_day": "－－",
        }
    }
    report = take_in(in_list(bare))
    assert (report.created, report.rejected) == (1, [])
    made = published_item(WATER)
    assert (made.regime, made.case_kind, made.promised_limit, made.has_fee, made.visits) == (
        "licence",
        "other",
        None,
        None,
        None,
    )
    assert made.lacks_limit
    assert made.item.division_code == "990101"


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ({"anticipate_day": "66", "anticipate_day_explain": "受理之日起20个工作日。"}, "法定办结时限为 66 个工作日，与说明“受理之日起20个工作日。”不一致，请核实。"),
        ({"promise_day": "24", "anticipate_day": "30", "anticipate_day_explain": "", "promise_day_explain": "1个工作日"}, "承诺办结时限为 24 个工作日，与说明“1个工作日”不一致，请核实。"),
        ({"promise_day": "25"}, "承诺办结时限 25 个工作日长于法定办结时限 20 个工作日，请核实。"),
        ({"anticipate_day": "", "anticipate_day_explain": "", "promise_day": "25"}, "承诺办结时限 25 个工作日长于法定办结时限 20 个工作日（行政许可法第四十二条），请核实。"),
        ({"project_type": "1", "promise_day": "5"}, "办件类型为即办件，承诺办结时限却是 5 天，请核实。"),
        ({"dept_code": "11990101MB1T000184"}, "部门代码“11990101MB1T000184”与事项编码中的实施主体代码“11990101MB1T000176”不一致，以事项编码为准。"),
        ({"promise_day": "五天"}, "“承诺办结时限”应是整数，来源中是“五天”，未采用。"),
    ],
)  # fmt: skip
def test_contradictions_are_warned_and_the_item_comes_in(take_in, head, sentence):
    report = take_in(in_list(exchange_entry(**head)))
    assert report.created == 1
    assert sentence in reasons(report.warnings)


def test_an_unknown_code_is_quarantined_until_somebody_explains_it(take_in, bureau):
    content = in_list(
        exchange_entry(promise_type="2", task_type="33"),
        exchange_entry(task_code=f"{BODY}4000119004000", promise_type="2"),
    )
    report = take_in(content)
    assert (report.created, len(report.rejected)) == (1, 1)
    assert "事项类型代码“33”在本系统没有对应" in report.rejected[0].reason
    assert {(q.field, q.value) for q in Quarantine.objects.all()} == {("task_type", "33"), ("limit_type", "2")}
    assert published_item(f"{BODY}4000119004000").lacks_limit

    quarantine.resolve(Quarantine.objects.get(field="task_type"), "licence", by=bureau)
    quarantine.resolve(Quarantine.objects.get(field="limit_type"), "natural", by=bureau)
    again = take_in(content)
    assert (again.created, again.updated, again.rejected) == (1, 1, [])
    made = published_item(WATER)
    assert (made.regime, made.promised_limit, made.promised_unit) == ("licence", 5, "natural")
    # A meaning belongs to the source: the CSV still does not know the code.
    assert take_in(csv_file(csv_row(task_type="33"))).rejected


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (csv_row(task_type="2"), "事项类型为行政处罚，属于依职权事项，不由窗口受理，未导入。"),
        (csv_row(name=""), "缺少“事项名称”。"),
        (csv_row(name="采" * 201), "“事项名称”太长：最多 200 个字，现在是 201 个字。"),
        (csv_row(code="=1+1"), "事项编码“=1+1”不是由字母、数字和短横线组成的编码（最多 100 位）。"),
        (csv_row(area="12"), "没能登记"),
        (csv_row(area="区划"), "区划代码“区划”不对：区划代码只能由数字组成。"),
        (csv_row() + ",多一列", "应有 7 列，这一行有 8 列，可能多了或少了逗号。"),
        ("区水务局,未分类", "应有 7 列，这一行有 2 列，可能多了或少了逗号。"),
    ],
)  # fmt: skip
def test_rows_that_cannot_be_items_are_refused_alone(take_in, row, sentence):
    report = take_in(csv_file(csv_row(7), row, csv_row(8)))
    if "没能登记" in sentence:
        assert report.rejected == [] or sentence in report.rejected[0].reason
        return
    assert (report.read, report.created) == (3, 2)
    assert reasons(report.rejected) == [sentence]
    assert report.rejected[0].row == 3


def test_the_same_code_twice_in_one_file(take_in):
    content = csv_file(csv_row(), csv_row(), csv_row(name="另一个名称"))
    report = take_in(content)
    assert (report.read, report.created, report.unchanged) == (3, 1, 1)
    assert "与第 2 行完全重复。" in reasons(report.warnings)
    assert reasons(report.rejected) == ["编码与第 2 行相同而内容不同，无法判断以哪一行为准，未导入这一行。"]
    again = take_in(content)
    assert (again.unchanged, len(again.rejected), ItemVersion.objects.count()) == (2, 1, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_encodings(take_in, encoding):
    content = csv_file(csv_row(name="烟草专卖零售许可证新办")).decode().encode(encoding)
    assert take_in(content).created == 1
    assert published_item(SAND).name == "烟草专卖零售许可证新办"


def test_chinese_headings_and_completed_limits(take_in):
    head = "部门,事项名称,事项编码,事项类型,区划代码,办件类型,承诺时限,时限单位"
    code = f"512B0138000000-990101000000-000-{BODY}-1-00"
    report = take_in(csv_file(f"区水务局,水费查询,{code},公共服务,990101,承诺件,３,工作日", head=head))
    assert (report.created, report.warnings) == (1, [])
    made = published_item(code)
    assert (made.regime, made.case_kind, made.promised_limit, made.promised_unit) == (
        "public_service",
        "promised",
        3,
        "working",
    )


def test_a_formula_is_kept_as_text_and_said(take_in):
    report = take_in(csv_file(csv_row(name='=HYPERLINK("http://x")'.replace('"', ""))))
    assert any("像是表格公式" in reason for reason in reasons(report.warnings))
    assert published_item(SAND).name.startswith("=HYPERLINK")


def deep(levels):
    return b'{"data":{"list":[' + b'{"a":' * levels + b"1" + b"}" * levels + b"]}}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的。"),
        (b"PK\x03\x04rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"a\x00b", "不属于文本"),
        (csv_file(csv_row()).decode().encode("utf-16"), "UTF-16"),
        (csv_file(), "只有表头"),
        (b"a,b\n1,2\n", "表头缺少 department、item_name、item_code、task_type"),
        (csv_file(csv_row() + ",x", head="department,main_item,item_name,item_code,task_type,department_code,area_code,item_name"), "出现了 2 次"),
        (b'{"data": {"list": [', "不是完整的 JSON"),
        (b'{"rows": []}', "不是事项交换数据"),
        (b"[1, 2]", "不是事项交换数据"),
        (b'{"data": {"list": []}}', "列表是空的"),
        (deep(60), "嵌套太深"),
        (deep(200_000), "嵌套太深"),
        (b'{"data":{"list":[' + b"9" * 5000 + b"]}}", "长得不合理的数字"),
    ],
)  # fmt: skip
def test_what_is_no_catalogue_is_refused_whole(take_in, content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        take_in(content)
    assert ImportRun.objects.count() == 0


def test_a_huge_file_is_refused_before_it_is_read(take_in, tmp_path):
    file = tmp_path / "huge.csv"
    with file.open("wb") as sparse:
        sparse.truncate(51 * 1024 * 1024)
    with pytest.raises(FileRefused, match="最大 50 MB"):
        take_in(file)


def test_a_foreign_division_and_its_departments_are_made(take_in):
    report = take_in(csv_file(csv_row(code=f"511A0138000000-990202000000-000-{BODY}-1-00", area="990202000000")))
    assert Division.objects.get(code="990202").name == "990202（名称待补）"
    assert report.remarks == ["区划 990202 此前没有登记，已按代码建立，请到“区划”补上名称。"]
    made = Department.objects.get(division__code="990202")
    assert (made.name, made.uscc) == ("区水务局", BODY)
    event = Event.objects.get(subject=made.subject)
    assert (event.actor, event.on_behalf_of) == ("worker:importer", "staff:1")


def test_who_may_not_import_changes_nothing(county):
    with pytest.raises(Refused, match="没有导入事项的权限"):
        importing.import_file(csv_file(csv_row()), "x.csv", by=actor(9, {"catalogue.view"}))
    assert not Item.objects.exists()


def test_a_suspended_item_is_taken_out_of_force(take_in):
    take_in(in_list(exchange_entry("1")))
    take_in(in_list(exchange_entry("2", task_state="2")))
    with pytest.raises(NotFound):
        published_item(WATER)


def test_the_ledger_holds_codes_only(take_in):
    take_in(csv_file(csv_row(name="某某的事项")))
    event = Event.objects.get(kind="item.imported")
    assert json.loads(event.body) == {
        "code": SAND,
        "version": 1,
        "state": "published",
        "run": ImportRun.objects.get().pk,
        "row": 2,
    }


def test_one_row_that_the_database_refuses_does_not_take_others_with_it(take_in, monkeypatch):
    """The batch fails as a whole and is tried again row by row."""
    from django.db import DataError

    from yichuang.catalogue.actions import _door

    plain = _door.write

    def sour(plans, **rest):
        with transaction.atomic():
            plain(plans, **rest)
            if any(plan.version.name == "坏行" for plan in plans):
                raise DataError("no")

    monkeypatch.setattr(_door, "write", sour)
    report = take_in(csv_file(csv_row(1), csv_row(2, name="坏行"), csv_row(3)))
    assert (report.read, report.created) == (3, 2)
    assert reasons(report.rejected) == ["数据库没有接受这一行的内容，未导入。"]
    assert ItemVersion.objects.count() == 2
