from datetime import UTC, date, datetime

import pytest

from yichuang.calendars.formats import builtin_calendar, builtin_years, provisional_rest
from yichuang.calendars.rules import Kind, Special, compile_calendar
from yichuang.deadlines import queries
from yichuang.deadlines.models import Clock

CALENDAR = builtin_calendar()


def clock(subject, started, due_on, **values):
    due = date.fromisoformat(due_on)
    return Clock.objects.create(
        kind="case.decision",
        subject=subject,
        due_on=due,
        due_at=datetime(due.year, due.month, due.day, 16, tzinfo=UTC),
        warn_at=datetime(due.year, due.month, due.day, tzinfo=UTC),
        started_at=datetime.fromisoformat(f"{started}T02:00:00+00:00"),
        **values,
    )


def with_2027(rest=(), work=()):
    years, specials = builtin_years()
    own = {date.fromisoformat(day): Special(Kind.REST, "节日") for day in rest}
    own |= {date.fromisoformat(day): Special(Kind.WORK, "调休") for day in work}
    return compile_calendar({*years, 2027}, {**specials, **own}, provisional_rest())


def test_the_warning_day_is_what_this_installation_configured(settings):
    start, due = date(2023, 5, 4), date(2023, 5, 31)
    assert queries.warning_day(start, due, CALENDAR) == date(2023, 5, 25)
    settings.WARNING_PERCENT, settings.WARNING_DAYS = 0, 2
    assert queries.warning_day(start, due, CALENDAR) == date(2023, 5, 29)
    settings.WARNING_PERCENT = 50
    assert queries.warning_day(start, due, CALENDAR) == date(2023, 5, 17)


@pytest.mark.django_db
def test_a_notice_moves_the_provisional_dates_it_touches():
    clock("case:1", "2026-12-28", "2027-01-04")
    clock("case:2", "2026-12-28", "2026-12-31")
    clock("case:3", "2026-12-28", "2027-01-08", stopped_at=datetime(2026, 12, 29, tzinfo=UTC))
    clock("case:4", "2026-12-28", "2027-01-04", rung_at=datetime(2027, 1, 5, tzinfo=UTC))
    clock("case:5", "2026-12-21", "2027-01-11")
    after = with_2027(rest=["2027-01-01", "2027-01-04"], work=["2027-01-09"])
    moved = queries.moved_by(CALENDAR, after)
    # case:5 loses the 4th and wins the 9th: its day stays.
    assert [(row.subject, row.due_on, row.would_be) for row in moved] == [
        ("case:1", date(2027, 1, 4), date(2027, 1, 5)),
    ]


@pytest.mark.django_db
def test_a_calendar_that_differs_in_words_only_moves_nothing(django_assert_num_queries):
    clock("case:1", "2026-12-28", "2027-01-04")
    years, specials = builtin_years()
    renamed = {day: Special(special.kind, "另一个名称", "另一个文号") for day, special in specials.items()}
    with django_assert_num_queries(0):
        assert queries.moved_by(CALENDAR, compile_calendar(years, renamed, provisional_rest())) == []
