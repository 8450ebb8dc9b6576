"""The road through the pages, as the people at the desks walk it."""

import re

import pytest

from yichuang.cases.models import Case
from yichuang.search.actions.indexing import Entry, put

pytestmark = pytest.mark.django_db


def _fields(item, cast_places, **changes):
    required = item.materials.all()[0].pk
    return {
        "applicant_kind": "person",
        "id_type": "resident_id",
        "identifier": "510811199003070017",
        "name": "何晓岚",
        "phone": "13800001003",
        "window": str(cast_places.window.pk),
        "key": "page-key-0001",
        f"m-{required}": "1",
        f"m-{required}-originals": "1",
        f"m-{required}-copies": "2",
        f"m-{required}-seen": "1",
        "x-0-name": "租房合同",
        "x-0-copies": "1",
    } | changes


@pytest.fixture
def address(item):
    return f"/desk/counter/{item.item.code}/acceptance"


@pytest.mark.plan("D1-accept")
@pytest.mark.plan("D2-counter")
@pytest.mark.plan("F5")
def test_accept_decide_hand_over(item, address, cast_places, wang_fang, sun_li, zhou_jie, client_of):
    clerk, officer, issuer = client_of(wang_fang), client_of(sun_li), client_of(zhou_jie)
    page = clerk.get(address).content.decode()
    assert "食品经营许可申请书" in page
    answer = clerk.post(address, _fields(item, cast_places))
    assert answer.status_code == 302
    case = Case.objects.get()
    assert [(m.name, m.originals, m.copies, m.original_seen) for m in case.materials.all()] == [
        ("食品经营许可申请书", 1, 2, True),
        ("租房合同", 0, 1, False),
    ]
    said = clerk.get(answer["Location"]).content.decode()
    assert case.number in said
    assert case.query_code in said
    assert case.number in officer.get("/desk/todo/").content.decode()
    answer = officer.post(f"/desk/cases/{case.number}/decision", {"outcome": "grant", "opinion": "同意"})
    assert answer.status_code == 302
    assert case.number not in officer.get("/desk/todo/").content.decode()
    assert case.number in issuer.get("/desk/issuing/").content.decode()
    answer = issuer.post(f"/desk/cases/{case.number}/delivery", {"relation": "applicant", "identity_checked": "on"})
    assert answer.status_code == 302
    page = issuer.get(f"/desk/cases/{case.number}/").content.decode()
    papers = re.findall(rf"/desk/cases/{case.number}/papers/\d+\.pdf", page)
    assert len(papers) == 3
    for paper in papers:
        pdf = issuer.get(paper)
        assert pdf["Content-Type"] == "application/pdf"
        assert pdf.content.startswith(b"%PDF-")


def test_bad_input_stands_beside_its_field_and_nothing_typed_is_lost(item, address, cast_places, wang_fang, client_of):
    typed = _fields(item, cast_places, identifier="510811199003070018", name="何晓岚<b>")
    page = client_of(wang_fang).post(address, typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert 'id="id_identifier_error"' in text
    assert "校验" in text
    assert 'value="510811199003070018"' in text
    assert "何晓岚&lt;b&gt;" in text
    assert 'value="租房合同"' in text
    assert 'value="page-key-0001"' in text
    assert not Case.objects.exists()


def test_missing_material_is_named(item, address, cast_places, wang_fang, client_of):
    fields = {k: v for k, v in _fields(item, cast_places).items() if not k.startswith("m-")}
    page = client_of(wang_fang).post(address, fields)
    assert "必要材料还缺：食品经营许可申请书" in page.content.decode()


def test_a_double_press_is_one_case(item, address, cast_places, wang_fang, client_of):
    clerk = client_of(wang_fang)
    answers = [clerk.post(address, _fields(item, cast_places)) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Case.objects.count() == 1


def test_back_button_and_other_content_is_told(item, address, cast_places, wang_fang, client_of):
    clerk = client_of(wang_fang)
    clerk.post(address, _fields(item, cast_places))
    page = clerk.post(address, _fields(item, cast_places, name="罗长顺"))
    assert page.status_code == 422
    assert "已经受理成办件" in page.content.decode()
    assert 'value="罗长顺"' in page.content.decode()


def test_a_refusal_without_reasons_stays_on_the_page(accepted, sun_li, client_of):
    page = client_of(sun_li).post(f"/desk/cases/{accepted.number}/decision", {"outcome": "deny", "opinion": "不同意"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "不予决定必须说明理由" in text
    assert "不同意</textarea>" in text


def test_two_officers_with_the_same_page_open(accepted, sun_li, zhao_min, client_of):
    address = f"/desk/cases/{accepted.number}/decision"
    assert client_of(sun_li).post(address, {"outcome": "grant", "opinion": "同意"}).status_code == 302
    late = client_of(zhao_min).post(address, {"outcome": "deny", "opinion": "不", "reasons": "理由", "basis": "依据"})
    assert late.status_code == 422
    assert "已准予" in late.content.decode()


@pytest.mark.parametrize("path", ["", "decision", "delivery", "papers/1.pdf", "accepted"])
def test_somebody_elses_case_is_404_or_refused(accepted, path, chen_mo, li_qiang, client_of):
    for person in (chen_mo, li_qiang):
        status = client_of(person).get(f"/desk/cases/{accepted.number}/{path}").status_code
        assert status in {403, 404}


def test_a_paper_of_another_case_is_not_served_under_this_one(accepted, application, wang_fang, actor_of, client_of):
    from yichuang.cases.actions import acceptance
    from yichuang.documents.queries import papers_of

    other = acceptance.accept(application(), key="another-case", by=actor_of(wang_fang))
    foreign = papers_of(other.subject)[0].pk
    assert client_of(wang_fang).get(f"/desk/cases/{accepted.number}/papers/{foreign}.pdf").status_code == 404


def test_the_counter_finds_items_as_page_and_as_fragment(item, wang_fang, client_of):
    put([Entry("item", item.item.code, item.name, item.item.department.name)])
    clerk = client_of(wang_fang)
    page = clerk.get("/desk/counter/?q=食品经营").content.decode()
    assert item.name in page
    assert "<html" in page
    fragment = clerk.get("/desk/counter/?q=食品经营", headers={"HX-Request": "true"}).content.decode()
    assert item.name in fragment
    assert "<html" not in fragment
    assert "没有找到" in clerk.get("/desk/counter/?q=zzzzzzzz").content.decode()


def test_the_identifier_is_checked_while_typing_and_not_by_address(wang_fang, client_of):
    clerk = client_of(wang_fang)
    sent = {"id_type": "resident_id", "identifier": "510811199003070018"}
    assert clerk.get("/desk/counter/identifier", sent).status_code == 405
    assert "校验" in clerk.post("/desk/counter/identifier", sent).content.decode()
    right = clerk.post("/desk/counter/identifier", sent | {"identifier": "510811199003070017"})
    assert "校验通过" in right.content.decode()


def test_the_lists_cost_the_same_with_one_case_and_with_many(
    accepted, application, wang_fang, sun_li, actor_of, client_of, django_assert_num_queries
):
    """Session, actor, list: the number of queries does not grow with the rows (lesson 18)."""
    from yichuang.cases.actions import acceptance

    officer = client_of(sun_li)
    officer.get("/desk/todo/")
    with django_assert_num_queries(4):
        officer.get("/desk/todo/")
    by = actor_of(wang_fang)
    for n in range(5):
        acceptance.accept(application(), key=f"another-case-{n}", by=by)
    officer.get("/desk/todo/")
    with django_assert_num_queries(4):
        officer.get("/desk/todo/")
