from datetime import UTC, datetime

import pytest

from yichuang.calendars import queries
from yichuang.calendars.models import CalendarYear, SpecialDay
from yichuang.deadlines.models import Clock
from yichuang.ledger.models import Event

pytestmark = pytest.mark.django_db
NOTICE = {"notice": "国办发明电〔2026〕9号", "source": "《国务院办公厅关于2027年部分节假日安排的通知》"}


def shown(answer):
    return answer.content.decode()


@pytest.fixture
def bureau(client_of, zheng_hua):
    return client_of(zheng_hua)


@pytest.fixture
def clerk(client_of, wang_fang):
    return client_of(wang_fang)


def clock(subject="case:77"):
    return Clock.objects.create(
        kind="case.decision",
        subject=subject,
        due_on="2026-10-12",
        due_at=datetime(2026, 10, 12, 16, tzinfo=UTC),
        warn_at=datetime(2026, 10, 9, 16, tzinfo=UTC),
        started_at=datetime(2026, 9, 24, 2, tzinfo=UTC),
    )


def test_a_year_is_shown_with_its_notice_marks_and_counts(clerk):
    page = shown(clerk.get("/calendar/2026/"))
    assert "全年 248 个" in page
    assert "国办发明电〔2025〕7号" in page
    assert '2月 <small class="text-muted">16 个工作日' in page
    assert page.count('<span class="letter">休</span>') == 19
    assert page.count('<span class="letter">班</span>') == 6
    assert "修改某一天" not in page


def test_a_year_nobody_published_says_so(clerk, bureau):
    page = shown(clerk.get("/calendar/2027/"))
    assert "暂定" in page
    assert "尚未公布 2027 年安排" in page
    assert "公布 2027 年安排</a>" in shown(bureau.get("/calendar/2027/"))
    assert "请先公布 2027 年的安排" in shown(bureau.get("/calendar/2028/"))


def test_a_year_without_a_calendar_is_not_found(clerk):
    assert clerk.get("/calendar/1980/").status_code == 404
    assert "2022 至 2035" in shown(clerk.get("/calendar/2036/"))


def test_who_may_only_look_cannot_change(clerk, client):
    for address in ("/calendar/2027/publication", "/calendar/2026/day"):
        assert clerk.get(address).status_code == 403
        assert clerk.post(address).status_code == 403
        assert client.get(address).status_code == 302
    assert client.get("/calendar/").status_code == 302


def test_the_bureau_publishes_a_year_after_seeing_what_moves(bureau, zheng_hua):
    values = {"rest": "1月1日至3日 元旦", "work": "1月9日 元旦调休", **NOTICE, "seen": str(queries.edition())}
    seen = shown(bureau.post("/calendar/2027/publication", {**values, "step": "preview"}))
    assert "没有正在计时的期限会因此改变" in seen
    assert not CalendarYear.objects.exists()
    answer = bureau.post("/calendar/2027/publication", {**values, "step": "save"})
    assert (answer.status_code, answer["Location"]) == (302, "/calendar/2027/")
    page = shown(bureau.get("/calendar/2027/"))
    assert "国办发明电〔2026〕9号" in page
    assert "已公布" in page
    event = Event.objects.get(subject="calendar:2027")
    assert (event.kind, event.actor.split(":")[0]) == ("calendar.published", "staff")


def test_the_preview_lists_the_clocks_that_would_move(bureau):
    clock()
    clock("case:78")
    Clock.objects.filter(subject="case:78").update(stopped_at=datetime(2026, 9, 25, tzinfo=UTC))
    values = {"day": "2026-10-10", "kind": "ordinary", "name": "", "notice": "国发〔2026〕1号", "seen": "0"}
    page = shown(bureau.post("/calendar/2026/day", {**values, "step": "preview"}))
    assert "1 个正在计时的期限会改到另一天" in page
    assert "case:77" in page
    assert "case:78" not in page
    assert "<td>2026年10月12日</td><td>2026年10月13日</td>" in page
    assert not SpecialDay.objects.exists()


def test_a_wrong_line_is_named_beside_its_field_and_nothing_typed_is_lost(bureau):
    values = {"rest": "1月1日 元旦\n2月30日 春节", "work": "1月4日 元旦调休", **NOTICE, "seen": "0", "step": "preview"}
    answer = bureau.post("/calendar/2027/publication", values)
    page = shown(answer)
    assert answer.status_code == 422
    assert "第 2 行“2月30日 春节”：没有这个日期。" in page
    assert "2027-01-04 是星期一，本来就上班" in page
    assert "1月1日 元旦\n2月30日 春节</textarea>" in page
    assert NOTICE["notice"] in page
    assert 'value="save"' not in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": "2026-11-28", "kind": "rest"}, "2026-11-28 是星期六，本来就休息"),
        ({"day": "2026-11-27", "kind": "rest", "name": ""}, "请填写名称。"),
        ({"day": "2027-11-26", "kind": "rest"}, "2027 年还没有公布"),
        ({"day": "2026-11-27", "kind": "ordinary"}, "本来就是普通日"),
    ],
)
def test_a_day_that_cannot_be_marked_so_is_refused_with_a_sentence(bureau, values, words):
    typed = {"name": "纪念日", "notice": "国发〔2026〕1号", "seen": "0", "step": "save", **values}
    answer = bureau.post("/calendar/2026/day", typed)
    assert answer.status_code == 422
    assert words in shown(answer)
    assert not SpecialDay.objects.exists()


def test_two_people_at_once_the_second_is_told(bureau):
    values = {"day": "2026-11-27", "kind": "rest", "name": "纪念日", "notice": "国发〔2026〕1号", "step": "save"}
    seen = str(queries.edition())
    assert bureau.post("/calendar/2026/day", {**values, "seen": seen}).status_code == 302
    answer = bureau.post("/calendar/2026/day", {**values, "name": "另一个名称", "seen": seen})
    assert answer.status_code == 422
    assert "刚刚被别人修改过" in shown(answer)
    assert "另一个名称" in shown(answer)
    again = bureau.post("/calendar/2026/day", {**values, "name": "另一个名称", "seen": str(queries.edition())})
    assert again.status_code == 302
    assert SpecialDay.objects.get(day="2026-11-27").name == "另一个名称"


def test_the_year_page_costs_the_same_whatever_the_year(clerk, django_assert_max_num_queries):
    clerk.get("/calendar/2026/")
    with django_assert_max_num_queries(6):
        clerk.get("/calendar/2023/")
