from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from yichuang.lib.errors import NotFound, TooMany
from yichuang.portal import pages

FOUND = SimpleNamespace(
    number="990101202304180001X",
    item_name="食品经营许可核发",
    department_name="样例局",
    hall_name="样例大厅",
    status_label="审查中",
    next_step="主管部门正在审查，请等候决定。",
    accepted_at=datetime(2023, 4, 18, 2, 30, tzinfo=UTC),
    due_on=date(2023, 5, 19),
    due_explanation=["4月19日是第1个工作日", "5月1日至3日放假"],
    provisional=False,
    timeline=[(datetime(2023, 4, 18, 2, 30, tzinfo=UTC), "样例大厅受理了申请。")],
    outcome_label="",
    ready_place="",
)
ASKED = {"number": "990101-20230418-0001-X", "code": "123456"}


@pytest.fixture
def answers(monkeypatch, db):
    """Put an answer, or an error, in place of the cases module: here only the page is on trial."""

    def answer_with(answer):
        def public_progress(number, code, *, address):
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(pages, "public_progress", public_progress)

    return answer_with


@pytest.mark.plan("F5")
def test_number_and_code_show_how_far_it_is(client, answers):
    answers(FOUND)
    response = client.post("/progress", ASKED)
    page = response.content.decode()
    for text in (
        "审查中",
        "食品经营许可核发",
        "2023年5月19日",
        "5月1日至3日放假",
        "样例大厅受理了申请。",
        "请等候决定",
    ):
        assert text in page
    assert "123456" not in page
    assert "no-store" in response["Cache-Control"]


def test_the_form_comes_with_the_number_of_the_paper_and_never_with_a_code(client, db):
    page = client.get("/progress", {"number": "990101", "code": "123456"}).content.decode()
    assert 'value="990101"' in page
    assert "123456" not in page


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"number": "", "code": "123456"}, "请填写办件编号。"),
        ({"number": "1", "code": ""}, "请填写查询码。"),
        ({"number": "1", "code": "12345"}, "查询码是 6 位数字。"),
        ({"number": "1", "code": "12345a"}, "查询码是 6 位数字。"),
        ({"number": "1", "code": "１２３４５６"}, "查询码是 6 位数字。"),
        ({"number": "9" * 41, "code": "123456"}, "办件编号太长"),
    ],
)
def test_a_slip_is_named_beside_its_field_and_nothing_typed_is_lost(client, answers, posted, sentence):
    answers(AssertionError("must not be asked"))
    response = client.post("/progress", posted)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert f'value="{posted["number"]}"' in response.content.decode() or not posted["number"]


def test_wrong_pairs_get_the_sentence_of_the_cases_module(client, answers):
    answers(NotFound("没有查到。"))
    response = client.post("/progress", ASKED)
    assert response.status_code == 404
    assert "没有查到。" in response.content.decode()
    assert ASKED["number"] in response.content.decode()


def test_too_many_tries(client, answers):
    answers(TooMany("查得太勤了，请过几分钟再试。", retry_after=300))
    response = client.post("/progress", ASKED)
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert "请过几分钟再试" in response.content.decode()


def test_a_provisional_date_and_the_place_to_collect_are_said(client, answers):
    answers(SimpleNamespace(**{**vars(FOUND), "provisional": True, "outcome_label": "准予", "ready_place": "样例大厅"}))
    page = client.post("/progress", ASKED).content.decode()
    assert "暂定" in page
    assert "领取地点：样例大厅" in page
