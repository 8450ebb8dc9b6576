"""The pages of the catalogue, as the people of the hall use them."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yichuang.catalogue.actions import placement
from yichuang.catalogue.models import ImportRun, Item, ItemVersion, Quarantine
from yichuang.catalogue.queries import published_item
from yichuang.catalogue.tests.conftest import BODY, csv_file, csv_row, exchange_entry, in_list
from yichuang.ledger.models import Event
from yichuang.lib.errors import NotFound
from yichuang.search.queries import find

SAND = csv_row().split(",")[3]
WATER = f"{BODY}4000119003000"
# Pinned: the demo banner; departments to choose from and the page of versions · versions and their materials.
LIST_QUERIES = 1 + 2
ITEM_QUERIES = 1 + 2
ITEM = f"/catalogue/items/{SAND}/"


@pytest.fixture
def sand(take_in):
    take_in(csv_file(csv_row()))
    return published_item(SAND)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def test_the_list_says_what_is_missing(as_actor, clerk, sand):
    page = as_actor(clerk).get("/catalogue/").content.decode()
    for text in ("河道采砂许可", SAND, "区水务局", "行政许可", "时限待补", "已发布", "综合窗口"):
        assert text in page
    assert "导入事项文件" not in page


def test_the_list_is_narrowed(as_actor, clerk, take_in):
    take_in(csv_file(csv_row(1), csv_row(2, name="水费查询", task_type="20", department="区水费中心")))
    client = as_actor(clerk)

    def names(query):
        return [
            name for name in ("河道采砂许可", "水费查询") if name in client.get(f"/catalogue/?{query}").content.decode()
        ]

    assert names("") == ["河道采砂许可", "水费查询"]
    assert names("regime=public_service") == ["水费查询"]
    assert names("state=draft") == []
    assert names("q=hdcs") == ["河道采砂许可"]
    assert names("lacks_limit=on&regime=licence") == ["河道采砂许可"]
    assert names("placement=negative") == []
    assert names("regime=nonsense&department=abc") == ["河道采砂许可", "水费查询"]


def test_the_list_turns_its_pages_by_code_and_costs_the_same(as_actor, clerk, take_in):
    client = as_actor(clerk)
    take_in(csv_file(*(csv_row(n) for n in range(1, 4))))
    few = queries_of(client, "/catalogue/")
    take_in(csv_file(*(csv_row(n, name=f"事项{n:03d}") for n in range(4, 130))))
    assert queries_of(client, "/catalogue/") == few == LIST_QUERIES
    seen, address = [], "/catalogue/"
    while address:
        response = client.get(address)
        page = response.content.decode()
        link = page.split('">下一页')[0].rsplit('href="', 1)[-1] if "下一页" in page else ""
        codes = [part.split("/")[0] for part in page.split("/catalogue/items/")[1:]]
        seen += codes
        address = f"/catalogue/{link}".replace("&amp;", "&") if link else ""
    assert len(seen) == len(set(seen)) == 129
    assert seen == sorted(seen)


def test_an_item_shows_its_versions_and_what_changed(as_actor, clerk, take_in):
    take_in(in_list(exchange_entry("1")))
    take_in(in_list(exchange_entry("2", promise_day="3")))
    client = as_actor(clerk)
    page = client.get(f"/catalogue/items/{WATER}/").content.decode()
    for text in (
        "第 2 版",
        "来源版本 2",
        "承诺时限",
        "<td>5</td>",
        "<td>3</td>",
        "申请书",
        "法律制度：行政许可",
        "行政许可法第四十五条",
    ):
        assert text in page
    source = client.get(f"/catalogue/items/{WATER}/versions/2/source").content.decode()
    assert "promise_day" in source
    assert queries_of(client, f"/catalogue/items/{WATER}/") == ITEM_QUERIES


def test_a_file_is_uploaded_and_every_reason_is_on_the_page(as_actor, bureau, county):
    client = as_actor(bureau)
    content = csv_file(csv_row(1), csv_row(2, name=""), csv_row(3, task_type="77"), csv_row(4, dept="123456789"))
    response = client.post("/catalogue/imports/", {"file": SimpleUploadedFile("../..//目录.csv", content)}, follow=True)
    page = response.content.decode()
    for text in (
        "导入结果",
        "目录.csv",
        "缺少“事项名称”。",
        "事项类型代码“77”在本系统没有对应",
        "部门代码“123456789”",
        "四川目录 CSV",
    ):
        assert text in page
    run = ImportRun.objects.get()
    assert run.file_name == "目录.csv"
    report = json.loads(client.get(f"/catalogue/imports/{run.pk}/report.json").content)
    assert report["read"] == report["created"] + report["updated"] + report["unchanged"] + len(report["rejected"]) == 4
    assert client.get(f"/catalogue/imports/{run.pk}/source").content == content
    assert "目录.csv" in client.get("/catalogue/imports/").content.decode()


def test_a_wrong_file_is_said_beside_the_field(as_actor, bureau, county):
    response = as_actor(bureau).post("/catalogue/imports/", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04x")})
    assert response.status_code == 422
    assert "另存为“CSV UTF-8（逗号分隔）”" in response.content.decode()
    assert as_actor(bureau).post("/catalogue/imports/", {}).status_code == 422


def test_an_unknown_code_is_explained_on_its_page(as_actor, bureau, take_in):
    take_in(in_list(exchange_entry(promise_type="2")))
    client = as_actor(bureau)
    assert "确认含义" in client.get("/catalogue/quarantine/").content.decode()
    entry = Quarantine.objects.get()
    address = f"/catalogue/quarantine/{entry.pk}/resolution"
    assert client.post(address, {"meaning": "weeks"}).status_code == 422
    assert client.post(address, {"meaning": "natural"}, follow=True).status_code == 200
    assert "自然日" in client.get("/catalogue/quarantine/").content.decode()
    again = client.post(address, {"meaning": "working"})
    assert "刚刚已有人确认" in again.content.decode()
    assert Event.objects.filter(kind="quarantine.resolved").count() == 1


LIMITS = {"case_kind": "promised", "promised_limit": "7", "promised_unit": "working", "statutory_limit": "", "statutory_unit": "working",
          "note": "桃水发〔2023〕1号", "based_on": "1"}  # fmt: skip


def test_a_missing_limit_is_completed_as_a_new_version(as_actor, bureau, sand):
    client = as_actor(bureau)
    assert client.get(f"{ITEM}limits").status_code == 200
    page = client.post(f"{ITEM}limits", LIMITS, follow=True).content.decode()
    assert "7 个工作日" in page
    assert "依据：桃水发〔2023〕1号" in page
    made = published_item(SAND)
    assert (made.number, made.promised_limit, made.origin) == (2, 7, "edit")
    assert ItemVersion.objects.get(number=1).promised_limit is None
    event = Event.objects.get(kind="item.amended")
    assert json.loads(event.body)["version"] == 2
    assert "桃水发" not in event.body


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"promised_limit": "21"}, "承诺时限不能长于法定时限 20 个工作日。"),
        ({"promised_limit": ""}, "承诺件要填写承诺时限。"),
        ({"note": ""}, "这个字段是必填项"),
        ({"based_on": "5"}, "刚刚有别人修改了这个事项"),
        ({"case_kind": "other", "promised_limit": ""}, "与现行版本相同"),
    ],
)  # fmt: skip
def test_limits_that_cannot_be(as_actor, bureau, sand, change, sentence):
    response = as_actor(bureau).post(f"{ITEM}limits", LIMITS | change)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert ItemVersion.objects.count() == 1


def test_an_item_is_retired_and_published_again(as_actor, bureau, sand):
    client = as_actor(bureau)
    assert client.post(f"{ITEM}versions/1/retirement", {"note": ""}).status_code == 422
    client.post(f"{ITEM}versions/1/retirement", {"note": "权限上收"})
    with pytest.raises(NotFound):
        published_item(SAND)
    assert find("item", "河道采砂", limit=5) == []
    assert "河道采砂" in client.get("/catalogue/?state=retired").content.decode()
    client.post(f"{ITEM}versions/1/publication")
    assert published_item(SAND).number == 1
    assert [hit.key for hit in find("item", "河道采砂", limit=5)] == [SAND]
    page = client.post(f"{ITEM}versions/1/publication", follow=True).content.decode()
    assert "这个版本已经发布。" in page


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/catalogue/imports/"), ("post", "/catalogue/imports/"), ("get", "/catalogue/quarantine/"), ("post", f"{ITEM}limits"),
        ("post", f"{ITEM}placement"), ("post", f"{ITEM}versions/1/publication"), ("post", f"{ITEM}versions/1/retirement"),
    ],
)  # fmt: skip
def test_a_clerk_may_look_and_not_touch(as_actor, clerk, sand, method, address):
    assert getattr(as_actor(clerk), method)(address).status_code == 403
    assert ItemVersion.objects.get().state == "published"


@pytest.mark.plan("I1")
def test_lists_follow_from_the_items(as_actor, bureau, client, take_in):
    """即办, 一站式办结承诺, 需转外 and the negative list, on pages and as files that anybody may fetch."""
    take_in(
        in_list(
            exchange_entry(),
            exchange_entry(
                task_code=f"{BODY}4000119004000", task_name="=用水计划备案", project_type="1", promise_day=""
            ),
        )
    )
    take_in(csv_file(csv_row()))
    as_actor(bureau).post(f"{ITEM}placement", {"placement": "general", "refers_out": "on"})
    as_actor(None)

    def names(key):
        rows = list(
            csv.reader(io.StringIO(client.get(f"/catalogue/lists/{key}/items.csv").content.decode("utf-8-sig")))
        )
        return {row[0] for row in rows[1:]}

    assert names("immediate") == {"'=用水计划备案"}
    assert names("promised") == {"取水许可"}
    assert names("outside") == {"河道采砂许可"}
    assert names("negative") == set()
    assert names("online") == {"取水许可", "'=用水计划备案"}
    page = client.get("/catalogue/lists/promised/").content.decode()
    assert "一站式办结承诺事项清单" in page
    assert "取水许可" in page
    assert "河道采砂许可" not in page
    assert client.get("/catalogue/lists/").status_code == 200
    assert client.get("/catalogue/lists/unknown/").status_code == 404


@pytest.mark.plan("I1")
def test_the_negative_list_needs_the_governments_consent(as_actor, bureau, sand):
    client = as_actor(bureau)
    response = client.post(f"{ITEM}placement", {"placement": "negative", "placement_basis": " "})
    assert response.status_code == 422
    assert "列入负面清单须经同级政府同意" in response.content.decode()
    assert Item.objects.get().placement == "general"
    client.post(f"{ITEM}placement", {"placement": "negative", "placement_basis": "桃府函〔2023〕5号"})
    page = client.get("/catalogue/lists/negative/").content.decode()
    assert "河道采砂许可" in page
    assert "桃府函〔2023〕5号" in page


@pytest.mark.plan("O5")
def test_every_item_is_general_unless_a_domain_or_the_negative_list_keeps_it(as_actor, bureau, take_in):
    """The three lists are disjoint and together are the whole catalogue; moving a domain's item is an act on record."""
    take_in(csv_file(csv_row(1), csv_row(2, name="社会保险登记"), csv_row(3, name="婚姻登记")))
    client = as_actor(bureau)

    def codes(key):
        rows = list(
            csv.reader(io.StringIO(client.get(f"/catalogue/lists/{key}/items.csv").content.decode("utf-8-sig")))
        )
        return [row[1] for row in rows[1:]]

    two, three = (csv_row(n).split(",")[3] for n in (2, 3))
    assert client.post(f"/catalogue/items/{two}/placement", {"placement": "domain", "domain": ""}).status_code == 422
    client.post(f"/catalogue/items/{two}/placement", {"placement": "domain", "domain": "social_insurance"})
    client.post(
        f"/catalogue/items/{three}/placement", {"placement": "negative", "placement_basis": "桃府函〔2023〕5号"}
    )
    assert (codes("general"), codes("domain"), codes("negative")) == ([SAND], [two], [three])
    client.post(f"/catalogue/items/{two}/placement", {"placement": "general"})
    assert sorted(codes("general")) == sorted([SAND, two])
    moves = Event.objects.filter(kind="item.placed", subject=Item.objects.get(code=two).subject).order_by("seq")
    assert [(json.loads(e.body)["from"], json.loads(e.body)["domain"]) for e in moves] == [
        ("general", "social_insurance"),
        ("domain", ""),
    ]


def test_placing_again_records_nothing(bureau, sand):
    placement.place(sand.item, placement.Place("domain", "tax"), by=bureau)
    placement.place(sand.item, placement.Place("domain", "tax"), by=bureau)
    assert Event.objects.filter(kind="item.placed").count() == 1
