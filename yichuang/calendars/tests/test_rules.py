"""The compiled calendar against tables of others and against walking day by day."""

import sys
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.calendars.formats import builtin, builtin_calendar, builtin_years, provisional_rest
from yichuang.calendars.rules import (
    Kind,
    OutOfCalendarError,
    Special,
    compile_calendar,
    month_of,
    problem_with,
    working_days_of,
)

DAY = timedelta(days=1)
CALENDAR = builtin_calendar()
FIRST, LAST = CALENDAR.first, CALENDAR.last

# domain research §11.2: computed there from two libraries that agree on every day.
PER_MONTH = {
    2022: [21, 16, 23, 21, 20, 21, 21, 23, 21, 18, 22, 22],
    2023: [18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21],
    2024: [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22],
    2025: [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23],
    2026: [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23],
}
PER_YEAR = {2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}


def works_by_the_raw_table():
    """Which days work, read from the file day by day without the code that compiles it."""
    rows = {row["day"]: row["kind"] for year in builtin()["published"] for row in year["days"]}
    rows |= {row["day"]: "rest" for row in builtin()["provisional"]["days"]}
    works, day = {}, date(2022, 1, 1)
    while day <= date(2035, 12, 31):
        kind = rows.get(day.isoformat())
        works[day] = kind == "work" or (kind is None and day.isoweekday() < 6)
        day += DAY
    return works


WORKS = works_by_the_raw_table()
DATES = st.dates(FIRST, LAST)


def test_every_published_day_agrees_with_chinesecalendar():
    differing = [
        day for day in WORKS if day.year <= 2026 and chinese_calendar.is_workday(day) != CALENDAR.is_working(day)
    ]
    assert differing == []
    assert sum(day.year <= 2026 for day in WORKS) == 1826


@pytest.mark.parametrize("year", PER_MONTH)
def test_working_days_of_each_month_and_year(year):
    assert working_days_of(CALENDAR, year) == PER_MONTH[year]
    assert sum(PER_MONTH[year]) == PER_YEAR[year]
    eve, end = date(year, 1, 1), date(year, 12, 31)
    assert CALENDAR.working_days_between(eve, end) + CALENDAR.is_working(eve) == PER_YEAR[year]


@given(DATES)
def test_a_day_works_as_the_raw_table_says(day):
    assert CALENDAR.is_working(day) == WORKS[day]


def walk(start, count):
    day = start
    while count:
        day += DAY
        count -= WORKS[day]
    return day


@given(st.dates(FIRST, date(2034, 6, 30)), st.integers(0, 250))
def test_adding_working_days_is_walking_day_by_day(start, count):
    assert CALENDAR.add_working_days(start, count) == walk(start, count)


@given(DATES, DATES)
def test_counting_is_walking_day_by_day(one, other):
    expected = sum(WORKS[day] for day in WORKS if one < day <= other)
    assert CALENDAR.working_days_between(one, other) == expected


@given(st.dates(FIRST, date(2034, 6, 30)), st.integers(1, 250))
def test_counting_undoes_adding(start, count):
    end = CALENDAR.add_working_days(start, count)
    assert CALENDAR.is_working(end)
    assert CALENDAR.working_days_between(start, end) == count


@given(st.dates(FIRST, date(2034, 12, 31)))
def test_the_next_working_day_is_the_day_itself_or_the_first_after(day):
    expected = day if WORKS[day] else walk(day, 1)
    assert CALENDAR.next_working_day(day) == expected


def steps_of(act):
    """How many lines of Python run, in whatever function."""
    steps = 0

    def count(frame, event, argument):
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        act()
    finally:
        sys.settrace(before)
    return steps


def test_the_distance_costs_nothing():
    """The same number of steps for 1 day and for 2,000 days, counted, not timed."""
    CALENDAR.add_working_days(date(2022, 1, 4), 1)  # the first call compiles the tables
    start = date(2022, 1, 4)
    assert len({steps_of(lambda n=n: CALENDAR.add_working_days(start, n)) for n in (1, 20, 200, 2000)}) == 1
    ends = (date(2022, 1, 5), date(2022, 12, 30), date(2033, 3, 3))
    assert len({steps_of(lambda end=end: CALENDAR.working_days_between(start, end)) for end in ends}) == 1


def test_the_traps_of_the_notices():
    assert CALENDAR.is_working(date(2024, 2, 9))  # 除夕 was a working day by the notice
    assert CALENDAR.is_working(date(2023, 4, 23))  # a Sunday
    assert not CALENDAR.is_working(date(2022, 12, 31))  # 元旦 of 2023 began in the year before
    assert not CALENDAR.is_working(date(2026, 2, 23))  # a Monday at the end of 春节


def test_beyond_the_published_years_a_day_is_provisional():
    assert CALENDAR.published_until == date(2026, 12, 31)
    assert not CALENDAR.is_provisional(date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2027, 1, 1))
    assert not CALENDAR.is_working(date(2027, 1, 1))
    assert CALENDAR.is_working(date(2027, 1, 4))


def test_provisional_holidays_are_those_of_the_2024_rules():
    """全国年节及纪念日放假办法: 元旦 1, 春节 4, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3, less where two fall together."""
    for year in range(2027, 2036):
        days = [day for day in provisional_rest() if day.year == year]
        together = [name for day, name in provisional_rest().items() if day.year == year and "、" in name]
        assert len(days) + len(together) == 13, year


@pytest.mark.parametrize("day", [FIRST - DAY, LAST + DAY])
def test_a_day_without_a_calendar_is_refused_with_a_sentence(day):
    for ask in (CALENDAR.is_working, CALENDAR.next_working_day, lambda d: CALENDAR.add_working_days(d, 1)):
        with pytest.raises(OutOfCalendarError, match="超出工作日历（2022 至 2035 年）"):
            ask(day)


def test_a_date_that_runs_out_of_the_calendar_is_refused_with_a_sentence():
    with pytest.raises(OutOfCalendarError, match="99999 个工作日超出工作日历"):
        CALENDAR.add_working_days(date(2023, 1, 1), 99_999)
    with pytest.raises(ValueError, match="不能是负数"):
        CALENDAR.add_working_days(date(2023, 1, 1), -1)


def test_what_is_behind_an_unpublished_year_stays_provisional():
    years, specials = builtin_years()
    gap = compile_calendar(
        {*years, 2028}, {**specials, date(2028, 1, 3): Special(Kind.REST, "元旦")}, provisional_rest()
    )
    assert gap.published_until == date(2026, 12, 31)
    assert gap.is_provisional(date(2028, 1, 3))
    assert not gap.is_working(date(2028, 1, 3))
    assert not gap.is_working(date(2027, 10, 1))


def test_a_published_year_replaces_the_provisional_one():
    years, specials = builtin_years()
    later = compile_calendar({*years, 2027}, specials, provisional_rest())
    assert later.published_until == date(2027, 12, 31)
    assert later.is_working(date(2027, 1, 1))  # the notice of this invented 2027 names no holiday at all
    assert not later.is_working(date(2028, 1, 25))


def test_a_calendar_needs_a_year():
    with pytest.raises(ValueError, match="没有已公布的年份"):
        compile_calendar([], {}, {})


def test_a_month_is_laid_out_from_monday_to_sunday():
    weeks = month_of(CALENDAR, 2026, 2)
    assert [cell.day.day if cell else 0 for cell in weeks[0]] == [0, 0, 0, 0, 0, 0, 1]
    cells = {cell.day.day: cell for week in weeks for cell in week if cell}
    assert sorted(cells) == list(range(1, 29))
    assert (cells[14].mark, cells[14].works, cells[14].name) == ("班", True, "春节调休")
    assert (cells[16].mark, cells[16].works, cells[16].name) == ("休", False, "春节")
    assert (cells[15].mark, cells[15].works) == ("", False)
    assert sum(cell.works for cell in cells.values()) == 16


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        (date(2026, 11, 24), Kind.WORK, "星期二，本来就上班"),
        (date(2026, 11, 28), Kind.REST, "星期六，本来就休息"),
        (date(2026, 11, 24), Kind.REST, ""),
        (date(2026, 11, 29), Kind.WORK, ""),
    ],
)
def test_a_mark_that_changes_nothing_is_a_slip(day, kind, words):
    assert words in problem_with(day, kind)
    assert bool(problem_with(day, kind)) == bool(words)
