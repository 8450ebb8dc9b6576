from datetime import date

import pytest

from yichuang.calendars import queries
from yichuang.calendars.actions import publication, special_day
from yichuang.calendars.formats import builtin_calendar
from yichuang.calendars.models import CalendarYear, Edition, SpecialDay
from yichuang.calendars.rules import Kind, Special
from yichuang.ledger.models import Event
from yichuang.lib.actor import WORKER, Actor, ActorKind
from yichuang.lib.errors import Conflict, Invalid, Refused

EDITOR = Actor(ActorKind.STAFF, "1", name="郑华", permissions=frozenset({"calendars.view", "calendars.edit"}))
READER = Actor(ActorKind.STAFF, "2", name="王芳", permissions=frozenset({"calendars.view"}))
NEW_YEAR = {date(2027, 1, 1): Special(Kind.REST, "元旦")}
NOTICE = {"notice": "国办发明电〔2026〕9号", "source": "《国务院办公厅关于2027年部分节假日安排的通知》"}

pytestmark = pytest.mark.django_db


def kinds():
    return list(Event.objects.order_by("id").values_list("kind", "subject"))


def test_an_installation_that_loaded_nothing_uses_the_built_in_calendar():
    assert queries.working_calendar() == builtin_calendar()
    assert queries.year_row(2026).notice == "国办发明电〔2025〕7号"
    assert queries.year_row(2027) is None


def test_loading_the_built_in_years_changes_no_day_and_happens_once():
    assert publication.load_builtin(by=WORKER) == 5
    assert queries.working_calendar() == builtin_calendar()
    assert CalendarYear.objects.count() == 5
    number = queries.edition()
    assert publication.load_builtin(by=WORKER) == 0
    assert queries.edition() == number
    assert [kind for kind, _ in kinds()] == ["calendar.published"] * 5


def test_loading_keeps_what_was_changed_here():
    publication.load_builtin(by=WORKER)
    special_day.clear(date(2026, 10, 10), notice="某通知", by=EDITOR)
    CalendarYear.objects.filter(year=2022).first().days.all().delete()
    CalendarYear.objects.filter(year=2022).delete()
    assert publication.load_builtin(by=WORKER) == 1
    assert not queries.working_calendar().is_working(date(2026, 10, 10))


def test_publishing_a_year_ends_its_being_provisional():
    publication.publish(2027, NEW_YEAR, **NOTICE, by=EDITOR)
    calendar = queries.working_calendar()
    assert calendar.published_until == date(2027, 12, 31)
    assert calendar.specials[date(2027, 1, 1)] == Special(Kind.REST, "元旦", NOTICE["notice"])
    assert calendar.is_working(date(2027, 2, 5))
    # The built-in years were taken over with it: the calendar did not shrink to the year that was published.
    assert not calendar.is_working(date(2023, 5, 1))
    event = Event.objects.order_by("id").last()
    assert (event.kind, event.subject, event.actor) == ("calendar.published", "calendar:2027", "staff:1")
    assert (
        event.body
        == '{"detail_sm3":' + event.body.split(":")[1].split(",")[0] + ',"rest":["2027-01-01"],"work":[],"year":2027}'
    )


def test_a_day_gets_a_mark_and_loses_it_with_its_own_notice():
    extra = date(2026, 9, 3)
    special_day.mark(extra, Kind.REST, "纪念日", notice="国发〔2026〕1号", by=EDITOR)
    assert queries.working_calendar().specials[extra] == Special(Kind.REST, "纪念日", "国发〔2026〕1号")
    special_day.mark(date(2026, 9, 5), Kind.WORK, "纪念日调休", notice="国发〔2026〕1号", by=EDITOR)
    assert queries.working_calendar().is_working(date(2026, 9, 5))
    special_day.clear(extra, notice="国发〔2026〕2号", by=EDITOR)
    assert queries.working_calendar().is_working(extra)
    assert kinds()[-3:] == [
        ("calendar.day_marked", "calendar:2026"),
        ("calendar.day_marked", "calendar:2026"),
        ("calendar.day_cleared", "calendar:2026"),
    ]
    assert '"before":"rest"' in Event.objects.order_by("id").last().body


def test_free_text_stays_out_of_the_events():
    special_day.mark(date(2026, 9, 3), Kind.REST, "王芳的生日", notice="王芳说的", by=EDITOR)
    assert not Event.objects.filter(body__contains="王芳").exists()


def test_only_who_may_edit_changes_the_calendar():
    for act in (
        lambda: publication.publish(2027, NEW_YEAR, **NOTICE, by=READER),
        lambda: special_day.mark(date(2026, 9, 3), Kind.REST, "纪念日", notice="某通知", by=READER),
        lambda: special_day.clear(date(2026, 10, 10), notice="某通知", by=READER),
    ):
        with pytest.raises(Refused):
            act()
    assert not Event.objects.exists()
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("year", "days", "field", "words"),
    [
        (1999, {}, "year", "2000 至 2100"),
        (2029, {}, "year", "请按年份顺序公布：现有 2022 至 2026 年"),
        (2027, {date(2026, 1, 1): Special(Kind.REST, "元旦")}, "rest", "不在 2027 年"),
        (2027, {date(2027, 1, 2): Special(Kind.REST, "元旦")}, "rest", "本来就休息"),
        (2027, {date(2027, 1, 4): Special(Kind.WORK, "元旦调休")}, "work", "本来就上班"),
    ],
)
def test_a_year_that_cannot_be_is_refused(year, days, field, words):
    with pytest.raises(Invalid) as caught:
        publication.publish(year, days, **NOTICE, by=EDITOR)
    assert words in caught.value.fields[field]
    assert not Edition.objects.exists()


def test_a_notice_is_needed():
    with pytest.raises(Invalid) as caught:
        publication.publish(2027, NEW_YEAR, notice=" ", source="源" * 201, by=EDITOR)
    assert caught.value.fields == {"notice": "请填写文号。", "source": "最多 200 个字，现在是 201 个字。"}


def test_a_day_of_an_unpublished_year_and_a_mark_that_is_not_there_are_refused():
    with pytest.raises(Invalid, match="2027 年还没有公布"):
        special_day.mark(date(2027, 1, 1), Kind.REST, "元旦", notice="某通知", by=EDITOR)
    with pytest.raises(Conflict, match="没有可以取消的标记"):
        special_day.clear(date(2026, 9, 3), notice="某通知", by=EDITOR)
    assert not SpecialDay.objects.exists()


def test_who_looked_at_an_older_calendar_is_refused():
    publication.load_builtin(by=WORKER)
    seen = queries.edition()
    special_day.mark(date(2026, 9, 3), Kind.REST, "纪念日", notice="某通知", by=EDITOR, seen=seen)
    with pytest.raises(Conflict, match="刚刚被别人修改过"):
        publication.publish(2027, NEW_YEAR, **NOTICE, by=EDITOR, seen=seen)
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_the_calendar_is_compiled_once_and_looked_at_cheaply(django_assert_num_queries, monkeypatch):
    publication.load_builtin(by=WORKER)
    first = queries.working_calendar()
    with django_assert_num_queries(0):
        assert queries.working_calendar() is first
    monkeypatch.setattr(queries, "LOOK_EVERY", 0)
    with django_assert_num_queries(1):
        assert queries.working_calendar() is first


def test_a_change_by_another_process_is_seen_at_the_next_look(monkeypatch):
    publication.load_builtin(by=WORKER)
    monkeypatch.setattr(queries, "LOOK_EVERY", 0)
    before = queries.working_calendar()
    SpecialDay.objects.filter(day=date(2026, 10, 10)).delete()
    assert queries.working_calendar() is before
    Edition.objects.update(number=queries.edition() + 1)
    assert not queries.working_calendar().is_working(date(2026, 10, 10))
