from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yichuang.catalogue.models import Item, ItemVersion, Material
from yichuang.places.models import Department, Division
from yichuang.portal.queries import guides

CODE = "511A0138000000-990101000000-000-11990101MB0000000X-1-00"


@pytest.fixture
def department(db):
    division = Division.objects.create(code="990101", name="样例区", level="county")
    return Department.objects.create(division=division, name="样例区水务局", phone="0000-7654321")


def publish(department, code=CODE, name="河道采砂许可", state="published", number=1, **fields):
    item, _ = Item.objects.get_or_create(
        code=code, defaults={"code_scheme": "test", "department": department, "division_code": "990101"}
    )
    values = {"regime": "licence", "case_kind": "promised", "promised_limit": 7, "effective_from": date(2023, 1, 1)}
    return ItemVersion.objects.create(
        item=item, number=number, name=name, state=state, content_sm3=f"{number}", **(values | fields)
    )


@pytest.fixture
def version(department):
    version = publish(
        department,
        conditions="符合采砂规划。\n采砂船证件齐全。",
        legal_basis="《中华人民共和国水法》第三十九条",
        service_objects="企业法人、自然人",
        complaint_phone="0000-1111111",
        questions="问：能代办吗？答：可以。",
        result_name="河道采砂许可证",
        has_fee=False,
    )
    for order, (name, necessity) in enumerate([("申请书", "required"), ("<i>船舶</i>证书", "deferrable")], 1):
        Material.objects.create(
            version=version, order=order, name=name, necessity=necessity, form="paper", originals=1, copies=2,
            source="applicant", source_note="自己填写", acceptance_standard="签字并盖章",
        )  # fmt: skip
    return version


@pytest.mark.plan("D1-accept")
def test_the_guide_says_everything_one_needs_before_coming(client, version):
    response = client.get(f"/guide/{CODE}")
    page = response.content.decode()
    assert response.status_code == 200
    for text in (
        "河道采砂许可",
        "样例区水务局",
        "行政许可",
        "7 个工作日内办结",
        "20 个工作日（行政许可法第四十二条）",
        "不收费",
        "企业法人、自然人",
        "符合采砂规划。",
        "申请书",
        "必要",
        "可容缺后补",
        "原件 1 份、复印件 2 份（纸质）",
        "申请人自备，自己填写",
        "签字并盖章",
        "第三十九条",
        "能代办吗",
        "六十日内申请行政复议",
        "0000-7654321",
        "0000-1111111",
        "河道采砂许可证",
        CODE,
    ):
        assert text in page
    assert f'src="/guide/{CODE}/qr.svg"' in page
    assert "data-print" in page
    assert "<i>船舶" not in page


def test_the_qr_code_is_an_image_of_the_address(client, version, settings):
    settings.PUBLIC_URL = "https://hall.example"
    response = client.get(f"/guide/{CODE}/qr.svg")
    import io

    import segno

    image = io.BytesIO()
    segno.make(f"https://hall.example/guide/{CODE}", error="m", micro=False).save(image, kind="svg", scale=4, border=4)
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content == image.getvalue()
    settings.PUBLIC_URL = "https://other.example"
    assert client.get(f"/guide/{CODE}/qr.svg").content != response.content


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"promised_limit": None}, "时限待补"),
        ({"case_kind": "immediate", "promised_limit": None}, "当场办结"),
        ({"promised_unit": "natural"}, "7 个自然日内办结"),
        ({"statutory_limit": 45, "statutory_unit": "natural"}, "45 个自然日"),
        ({"regime": "public_service"}, "法律未作规定"),
        ({"has_fee": None}, "收费信息待补"),
        ({"has_fee": True}, "标准请看窗口公示"),
        ({}, "材料清单待补"),
        ({"places_text": "样例路9号二楼"}, "样例路9号二楼"),
    ],
)
def test_what_is_missing_or_special_is_said(client, department, fields, sentence):
    publish(department, **fields)
    assert sentence in client.get(f"/guide/{CODE}").content.decode()


@pytest.mark.parametrize("code", ["NONE", "a/b/c", "%00", "食品" * 200])
def test_an_unknown_code_is_answered_in_plain_words(client, db, code):
    response = client.get(f"/guide/{code}")
    page = response.content.decode()
    assert response.status_code == 404
    assert "没有这份办事指南" in page
    assert 'name="q"' in page
    assert client.get(f"/guide/{code}/qr.svg").status_code == 404


@pytest.mark.plan("I1")
def test_only_the_version_in_force_is_public(client, department):
    publish(department, name="旧名称", state="retired", number=1)
    publish(department, name="现名称", number=2)
    publish(department, name="新草稿", state="draft", number=3)
    publish(department, code="DRAFT", name="没有发布过", state="draft")
    page = client.get(f"/guide/{CODE}").content.decode()
    assert "现名称" in page
    assert "旧名称" not in page
    assert "新草稿" not in page
    assert client.get("/guide/DRAFT").status_code == 404
    listed = client.get(f"/guide/departments/{department.pk}").content.decode()
    assert "现名称" in listed
    assert "没有发布过" not in listed


@pytest.mark.plan("I1")
def test_departments_with_their_guides(client, department, monkeypatch):
    Department.objects.create(division=department.division, name="没有事项的局")
    monkeypatch.setattr(guides, "PAGE", 2)
    for n in range(5):
        publish(department, code=f"C{n}", name="同名事项" if n < 2 else f"事项{n}")
    page = client.get("/guide/departments").content.decode()
    assert "样例区水务局" in page
    assert "5 项" in page
    assert "没有事项的局" not in page
    path, seen, after = f"/guide/departments/{department.pk}", [], 0
    for _ in range(3):
        _, lines, more = guides.guides_of(department.pk, after)
        seen += [line.code for line in lines]
        after = lines[-1].pk
        shown = client.get(path, {"after": after}).content.decode()
        assert ("下一页" in client.get(path).content.decode()) is True
        assert more is (len(seen) < 5)
        assert all(f'/guide/{code}"' not in shown for code in seen)
    assert sorted(seen) == [f"C{n}" for n in range(5)]


@pytest.mark.parametrize("after", ["", "x", "-1", "９", "1" * 30, "99999"])
def test_a_strange_page_mark_does_no_harm(client, version, after):
    path = f"/guide/departments/{version.item.department_id}"
    assert client.get(path, {"after": after}).status_code == 200


def test_an_unknown_department_is_answered_in_plain_words(client, db):
    response = client.get("/guide/departments/424242")
    assert response.status_code == 404
    assert "没有这个部门" in response.content.decode()


def test_query_counts(client, version):
    def count(path):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        return len(caught)

    before = [count(f"/guide/{CODE}"), count(f"/guide/departments/{version.item.department_id}")]
    for n in range(30):
        publish(version.item.department, code=f"C{n}", name=f"事项{n}")
        Material.objects.create(
            version=version, order=10 + n, name=f"材料{n}", necessity="required", form="paper", source="applicant"
        )
    assert [count(f"/guide/{CODE}"), count(f"/guide/departments/{version.item.department_id}")] == before
    assert max(before) <= 8
