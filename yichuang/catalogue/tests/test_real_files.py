"""The real files, where they lie beside the checkout: accounted for to the last row."""

import json
from collections import Counter
from pathlib import Path

import pytest

from yichuang.catalogue.models import Item, ItemVersion, Material, Quarantine
from yichuang.catalogue.queries import published, published_item
from yichuang.files.queries import read
from yichuang.places.models import Department
from yichuang.project.cli import main
from yichuang.search.queries import find

DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data"
FITNESS = "11450721348531435D4001033002000"


def real(name):
    if not (DATA / name).exists():
        pytest.skip(f"没有 shared/data/{name}：真实数据不随仓库分发，放在检出目录旁边即可运行这项测试。")
    return DATA / name


def run(capsys, file):
    assert main(["import-items", str(file), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def accounted(report):
    return report["read"] == report["created"] + report["updated"] + report["unchanged"] + len(report["rejected"])


def test_the_catalogue_of_a_district_is_read_to_the_last_row(db, capsys):
    file = real("guangan_items.csv")
    report = run(capsys, file)
    assert {key: report[key] for key in ("read", "created", "updated", "unchanged")} == {
        "read": 1135, "created": 1135, "updated": 0, "unchanged": 0,
    }  # fmt: skip
    assert report["rejected"] == []
    assert Item.objects.count() == published().count() == 1135
    assert Department.objects.count() == 34
    assert Counter(ItemVersion.objects.values_list("regime", flat=True)) == {
        "licence": 536, "public_service": 348, "other_power": 182, "confirmation": 50, "benefit": 9, "ruling": 8, "reward": 2,
    }  # fmt: skip
    assert all(note["row"] and note["reason"] for note in report["warnings"])

    again = run(capsys, file)
    assert (again["read"], again["unchanged"]) == (1135, 1135)
    assert ItemVersion.objects.count() == 1135


def test_what_is_understood_kept_and_missing(db, capsys):
    file = real("guangan_items.csv")
    report = run(capsys, file)
    version = published_item("511A0138600000-511602000000-000-115113010833722043-1-00")
    # Limits are not in the file, and that is said; the law's default stands for licences only.
    assert (version.name, version.lacks_limit, version.promised_label) == ("教师资格认定", True, "时限待补")
    assert version.statutory_label == "20 个工作日（行政许可法第四十二条）"
    service = published_item("512C0053300008-511602000000-000-115113010833722043-1-00")
    assert (service.lacks_limit, service.statutory_label, service.item.main_item) == (True, "未规定", "")
    assert not Item.objects.filter(main_item="未分类").exists()
    # The file byte for byte, the row beside the item.
    assert read(version.run.file) == file.read_bytes()
    assert version.raw == file.read_text(encoding="utf-8").splitlines()[version.row - 1]
    # Of 1,135 codes 981 carry a valid USCC, and 3 have a shape in which none can be looked for.
    bad = {n["code"] for n in report["warnings"] if "未通过统一社会信用代码校验" in n["reason"]}
    assert len(bad) == 1135 - 981 - 3
    assert Item.objects.filter(code__in=bad).count() == len(bad)
    assert version.item.department.uscc == "115113010833722043"
    assert "教师资格认定" in [hit.title for hit in find("item", "教师资格", limit=5)]


def test_the_national_exchange_file_is_read_whole(db, capsys):
    file = real("item_exchange_lingshan.json")
    report = run(capsys, file)
    assert (report["read"], report["created"], report["updated"], report["rejected"]) == (3, 2, 1, [])
    reasons = [note["reason"] for note in report["warnings"]]
    assert sum("法定办结时限为 66 个工作日" in r and "20个工作日" in r for r in reasons) == 2
    assert sum("承诺办结时限为 24 个工作日" in r and "1个工作日" in r for r in reasons) == 2
    versions = ItemVersion.objects.filter(item__code=FITNESS).order_by("number")
    assert [(v.number, v.source_version, v.state) for v in versions] == [(1, "11", "retired"), (2, "12", "published")]
    assert Material.objects.count() == 4
    assert Quarantine.objects.count() == 0

    again = run(capsys, file)
    assert (again["read"], again["unchanged"]) == (3, 3)
    assert ItemVersion.objects.count() == 3


def test_details_of_the_exchange_entry(db, capsys):
    run(capsys, real("item_exchange_lingshan.json"))
    version = published_item("11450721MB155808114000104002000")
    assert version.regime == "licence"
    assert (version.statutory_limit, version.promised_limit, version.promised_unit) == (20, 5, "working")
    assert (version.case_kind, version.promised_note, version.has_fee, version.visits) == ("promised", "", False, 1)
    assert version.service_objects == "企业法人、事业法人、社会组织法人、其他组织"[: len(version.service_objects)]
    first = version.materials.all()[0]
    assert (first.name, first.necessity, first.originals, first.copies, first.source) == (
        "申请书", "required", 1, 1, "applicant",
    )  # fmt: skip
    assert first.acceptance_standard.startswith("1.内容真实有效")
    assert "《固定资产投资项目节能办法》(2016年国家发改委令第44号)第三条" in version.legal_basis
    assert version.item.department.name == "灵山县行政审批局"
