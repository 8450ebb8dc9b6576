from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import timezone

from tests.support.items import make_item
from yichuang.cases.actions import acceptance
from yichuang.cases.models import Case
from yichuang.deadlines.models import Clock
from yichuang.documents.actions.rendering import pdf_of
from yichuang.documents.models import Paper
from yichuang.documents.rules import problem_of_case_number
from yichuang.ledger.models import Event
from yichuang.lib.errors import Conflict, Invalid, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def noon(monkeypatch):
    """Friday 2023-04-21, 12:00 in the hall: the Sunday that follows is a make-up workday."""
    moment = datetime(2023, 4, 21, 4, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


def test_a_case_is_whole(accepted, item):
    case = Case.objects.get(pk=accepted.pk)
    assert case.status == "accepted"
    assert problem_of_case_number(case.number) == ""
    assert len(case.query_code) == 6
    assert [m.name for m in case.materials.all()] == ["食品经营许可申请书"]
    assert case.item_version == item
    assert Clock.objects.filter(subject=case.subject, kind="case.decision", stopped_at=None).count() == 1
    assert Paper.objects.get(subject=case.subject).kind == "acceptance_notice"
    assert [e.kind for e in Event.objects.filter(subject=case.subject)] == ["case.accepted"]


def test_the_number_and_the_query_code_are_not_readable_in_the_database(accepted):
    """Only the number stands in a column; the code and the person's numbers are sealed."""
    with connection.cursor() as cursor:
        for table in ("cases_case", "parties_party", "documents_paper", "ledger_event"):
            cursor.execute(f"SELECT * FROM {table}")
            text = str(cursor.fetchall())
            assert accepted.query_code not in text.replace(accepted.number, "")
            assert "510811199003070017" not in text
            assert "13800001003" not in text


def test_due_date_counts_the_sunday_workday(noon, application, wang_fang, actor_of):
    """2023-04-21 + 5 working days is 04-27, because Sunday 04-23 counts (golden vector)."""
    case = acceptance.accept(application(), key="k" * 16, by=actor_of(wang_fang))
    assert case.accepted_on == date(2023, 4, 21)
    assert case.due_on == date(2023, 4, 27)
    assert case.statutory_due_on == date(2023, 5, 22)
    assert "2023-04-23" in case.due_explanation
    clock = Clock.objects.get(subject=case.subject)
    assert clock.due_at == datetime(2023, 4, 27, 16, 0, tzinfo=UTC)  # 24:00 in the hall


def test_a_licence_without_a_promise_has_the_statutory_limit(noon, application, cast_places, wang_fang, actor_of):
    code = "no-limit-licence"
    make_item(cast_places.department, code=code, statutory_limit=None, promised_limit=None)
    case = acceptance.accept(application(item_code=code, materials=()), key="k" * 16, by=actor_of(wang_fang))
    assert case.due_on == date(2023, 5, 22)
    assert "法定时限" in case.due_explanation


def test_an_item_without_any_limit_says_so(noon, application, cast_places, wang_fang, actor_of, settings):
    settings.FALLBACK_DAYS = 1
    code = "no-limit-service"
    make_item(cast_places.department, code=code, regime="public_service", statutory_limit=None, promised_limit=None)
    case = acceptance.accept(application(item_code=code, materials=()), key="k" * 16, by=actor_of(wang_fang))
    assert case.due_on == date(2023, 4, 23)
    assert case.statutory_due_on is None
    assert "未公布办理时限" in case.due_explanation


def test_an_immediate_case_is_due_the_same_day(noon, application, cast_places, wang_fang, actor_of):
    code = "at-once"
    make_item(cast_places.department, code=code, case_kind="immediate", promised_limit=None)
    case = acceptance.accept(application(item_code=code, materials=()), key="k" * 16, by=actor_of(wang_fang))
    assert case.due_on == case.accepted_on


def test_the_same_key_gives_the_same_case(accepted, application, wang_fang, actor_of):
    again = acceptance.accept(application(), key="key-of-the-first", by=actor_of(wang_fang))
    assert again.pk == accepted.pk
    assert Case.objects.count() == 1


def test_the_same_key_with_other_content_is_a_conflict(accepted, application, wang_fang, actor_of):
    with pytest.raises(Conflict, match=accepted.number):
        acceptance.accept(application(applicant_name="罗长顺"), key="key-of-the-first", by=actor_of(wang_fang))


def test_a_colleague_may_use_the_same_key_for_another_case(accepted, application, li_qiang, actor_of):
    other = acceptance.accept(application(window=None), key="key-of-the-first", by=actor_of(li_qiang))
    assert other.pk != accepted.pk


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"identifier": "510811199003070018"}, "identifier"),
        ({"identifier": ""}, "identifier"),
        ({"applicant_name": "  "}, "name"),
        ({"applicant_name": "长" * 121}, "name"),
        ({"phone": "12"}, "phone"),
        ({"materials": ()}, "materials"),
        ({"materials": (acceptance.Received("别的事项的材料", 999_999),)}, "materials"),
        ({"item_code": "没有这个事项"}, "item"),
        ({"id_type": "uscc"}, "id_type"),
    ],
)
def test_bad_input_gets_a_sentence_beside_its_field_and_leaves_nothing(
    changes, field, application, wang_fang, actor_of
):
    with pytest.raises(Invalid) as refusal:
        acceptance.accept(application(**changes), key="k" * 16, by=actor_of(wang_fang))
    assert field in refusal.value.fields
    assert refusal.value.fields[field].endswith("。")
    assert not Case.objects.exists()


def test_a_window_of_another_hall_is_refused(application, li_qiang, cast_places, actor_of):
    with pytest.raises(Invalid) as refusal:
        acceptance.accept(application(window=cast_places.window.pk), key="k" * 16, by=actor_of(li_qiang))
    assert "window" in refusal.value.fields


def test_only_a_window_clerk_accepts_and_only_at_the_own_hall(application, zhao_min, wang_fang, cast_places, actor_of):
    with pytest.raises(Refused):
        acceptance.accept(application(), key="k" * 16, by=actor_of(zhao_min))
    with pytest.raises(Refused):
        acceptance.accept(application(hall=cast_places.town_hall.pk), key="k" * 16, by=actor_of(wang_fang))


def test_the_notice_says_what_it_must(accepted):
    """The PDF read back: number, query code, item, due date, material, and the name as typed (domain §9.1)."""
    import io

    from pypdf import PdfReader

    content = pdf_of(Paper.objects.get(subject=accepted.subject))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace(" ", "")
    for words in (accepted.number, accepted.query_code, "受理通知书", "何晓岚", "食品经营许可申请书", "第三十二条"):
        assert words in text
    assert "510811199003070017" not in text


def test_a_long_name_a_markup_name_and_sixty_materials_fit(application, cast_places, wang_fang, actor_of):
    code = "long"
    name = "#set text(red) *粗* $x$ " + "很长的事项名称" * 24
    item = make_item(
        cast_places.department,
        code=code,
        name=name[:200],
        materials=[(f"第{n}份材料" * 9, "required") for n in range(60)],
    )
    materials = tuple(acceptance.Received(m.name, m.pk, 1, 0) for m in item.materials.all())
    case = acceptance.accept(application(item_code=code, materials=materials), key="k" * 16, by=actor_of(wang_fang))
    assert pdf_of(Paper.objects.get(subject=case.subject)).startswith(b"%PDF-")
