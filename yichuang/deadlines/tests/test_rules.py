"""Golden vectors of domain research §12, and a brute-force oracle that walks day by day over the raw table."""

import json
import sys
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yichuang.calendars.formats import builtin_calendar
from yichuang.calendars.rules import OutOfCalendarError
from yichuang.deadlines.rules import EndPoints, Excluded, FirstDay, Unit, due_date, warning_date

DAY = timedelta(days=1)
CALENDAR = builtin_calendar()
GOLDEN = """
2023-04-18 1:2023-04-19 5:2023-04-24 10:2023-05-04 20:2023-05-17 30:2023-05-31 45:2023-06-21 60:2023-07-13
2023-04-21 1:2023-04-23 3:2023-04-25 5:2023-04-27 10:2023-05-08 15:2023-05-15 20:2023-05-22
2023-04-28 1:2023-05-04 5:2023-05-09 10:2023-05-16 20:2023-05-30
2023-06-21 1:2023-06-25 5:2023-06-29 10:2023-07-06 20:2023-07-20
2023-09-27 1:2023-09-28 5:2023-10-10 10:2023-10-17 15:2023-10-24 20:2023-10-31
2023-09-28 1:2023-10-07 5:2023-10-11 20:2023-11-01
2023-12-29 1:2024-01-02 5:2024-01-08 10:2024-01-15 20:2024-01-29
2024-02-08 1:2024-02-09 5:2024-02-21 10:2024-02-28 20:2024-03-13
2024-04-30 1:2024-05-06 5:2024-05-10 20:2024-05-30
2024-09-13 1:2024-09-14 5:2024-09-23 20:2024-10-17
2025-01-24 1:2025-01-26 5:2025-02-07 20:2025-02-27
2025-04-30 1:2025-05-06 5:2025-05-12 20:2025-06-03
2025-09-26 1:2025-09-28 5:2025-10-10 20:2025-10-30
2026-02-13 1:2026-02-14 3:2026-02-25 5:2026-02-27 20:2026-03-19
2026-02-14 1:2026-02-24 5:2026-02-28 20:2026-03-20
2026-09-18 1:2026-09-20 5:2026-09-24 20:2026-10-22
2026-12-15 1:2026-12-16 5:2026-12-22 10:2026-12-29
"""
VECTORS = [(line.split()[0], *pair.split(":")) for line in GOLDEN.strip().splitlines() for pair in line.split()[1:]]


def day(text):
    return date.fromisoformat(text)


def working(start, limit, **policies):
    return due_date(day(start), limit, "working", CALENDAR, **policies)


def natural(start, limit, **policies):
    return due_date(day(start), limit, "natural", CALENDAR, **policies)


@pytest.mark.parametrize(("start", "limit", "expected"), VECTORS)
def test_golden_vectors(start, limit, expected):
    due = working(start, int(limit))
    assert due.on == day(expected)
    assert not due.provisional


@pytest.mark.parametrize(
    ("name", "start", "limit", "expected"),
    [
        ("G1: decision after deemed acceptance", "2023-04-21", 20, "2023-05-22"),
        ("G1, G2: notice of correction", "2023-04-21", 5, "2023-04-27"),
        ("G4", "2023-05-04", 20, "2023-05-31"),
        ("G6: certificate", "2023-06-20", 10, "2023-07-05"),
        ("G7: joint", "2023-04-18", 45, "2023-06-21"),
        ("G7: joint, extended", "2023-04-18", 60, "2023-07-13"),
        ("G8: single", "2023-04-18", 20, "2023-05-17"),
        ("G8: single, extended", "2023-04-18", 30, "2023-05-31"),
        ("G12: a Sunday that works", "2023-06-25", 1, "2023-06-26"),
        ("G13: a Saturday of a holiday", "2023-04-29", 5, "2023-05-09"),
    ],
)
def test_scenarios_in_working_days(name, start, limit, expected):
    assert working(start, limit).on == day(expected)


def test_g5_both_readings_of_the_end_points():
    review = [Excluded(day("2023-05-10"), day("2023-05-24"), "专家评审")]
    assert working("2023-05-04", 20, excluded=review).on == day("2023-06-14")
    both = working("2023-05-04", 20, excluded=review, end_points=EndPoints.BOTH_EXCLUDED)
    assert both.on == day("2023-06-15")
    assert "2023-05-10 至 2023-05-24（专家评审）共 11 个工作日，不计入期限。" in both.explanation


@pytest.mark.parametrize(
    ("name", "start", "limit", "expected"),
    [
        ("G9: rolls over a holiday to a Saturday that works", "2023-09-05", 30, "2023-10-07"),
        ("G10: a Saturday that works: no roll", "2023-04-06", 30, "2023-05-06"),
        ("G11: rolls to a Sunday that works", "2024-01-11", 30, "2024-02-18"),
    ],
)
def test_scenarios_in_natural_days(name, start, limit, expected):
    assert natural(start, limit).on == day(expected)


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        ("2023-01-31", 1, "2023-02-01"),
        ("2024-02-28", 1, "2024-02-29"),
        ("2025-02-28", 1, "2025-03-03"),
        ("2025-12-31", 1, "2026-01-04"),
        ("2022-12-30", 1, "2023-01-03"),
        ("2024-12-31", 1, "2025-01-02"),
    ],
)
def test_month_and_year_ends(start, limit, expected):
    assert working(start, limit).on == day(expected)


def test_a_limit_of_nothing_is_the_day_itself():
    assert working("2023-04-29", 0).on == day("2023-04-29")
    assert natural("2023-04-29", 0).on == day("2023-05-04")


def test_the_day_of_the_trigger_can_count_by_policy():
    assert working("2023-04-18", 20, first_day=FirstDay.TRIGGER_COUNTS).on == day("2023-05-16")
    assert working("2023-04-22", 1, first_day=FirstDay.TRIGGER_COUNTS).on == day("2023-04-23")
    assert natural("2023-04-06", 30, first_day=FirstDay.TRIGGER_COUNTS).on == day("2023-05-05")
    assert "当日计入" in working("2023-04-18", 20, first_day=FirstDay.TRIGGER_COUNTS).explanation[0]


def test_beyond_the_published_calendar_a_date_is_provisional():
    assert not working("2026-12-30", 1).provisional
    due = working("2026-12-30", 2)
    assert (due.on, due.provisional) == (day("2027-01-04"), True)
    assert due.explanation[-1].startswith("暂定")
    assert "2026-12-31" in due.explanation[-1]


def test_a_natural_period_that_rolls_over_the_year_end_is_provisional():
    assert natural("2026-12-01", 30).on == day("2026-12-31")
    assert not natural("2026-12-01", 30).provisional
    assert (natural("2026-12-02", 30).on, natural("2026-12-02", 30).provisional) == (day("2027-01-04"), True)


def test_the_explanation_says_it_line_by_line():
    assert working("2023-09-27", 20).explanation == (
        "起算日 2023-09-27（星期三），当日不计入。",
        "2023-09-29（星期五）中秋节放假，不计入（国办发明电〔2022〕16号）。",
        "2023-10-02 至 2023-10-06 国庆节放假，不计入（国办发明电〔2022〕16号）。",
        "2023-10-07（星期六）中秋节、国庆节调休上班，计入（国办发明电〔2022〕16号）。",
        "2023-10-08（星期日）中秋节、国庆节调休上班，计入（国办发明电〔2022〕16号）。",
        "从次日起数满 20 个工作日，星期六、星期日不计入，到 2023-10-31（星期二）。",
    )


def test_the_explanation_names_each_stretch_that_is_not_counted():
    review = Excluded(day("2023-05-10"), day("2023-05-24"), "专家评审")
    lines = working("2023-05-04", 20, excluded=[review]).explanation
    assert "2023-05-11 至 2023-05-24（专家评审）共 10 个工作日，不计入期限。" in lines
    assert lines[-1].endswith("到 2023-06-14（星期三）。")


def test_the_explanation_says_why_a_period_rolls():
    assert natural("2023-09-05", 30).explanation[-1] == (
        "2023-10-05（星期四）是国庆节放假（国办发明电〔2022〕16号），顺延至其后第一个工作日 2023-10-07（星期六）。"
    )
    assert "是休息日，顺延至其后第一个工作日 2024-02-18" in natural("2024-01-11", 30).explanation[-1]


def test_a_holiday_over_a_weekend_is_one_stretch_and_two_holidays_are_two():
    lines = working("2025-01-24", 10).explanation
    assert "2025-01-28 至 2025-02-04 春节放假，不计入（国办发明电〔2024〕12号）。" in lines
    lines = working("2026-09-24", 10).explanation
    assert any("2026-09-25（星期五）中秋节放假" in line for line in lines)
    assert any("2026-10-01 至 2026-10-07 国庆节放假" in line for line in lines)


def test_overlapping_stretches_are_not_counted_twice():
    one = Excluded(day("2023-05-10"), day("2023-05-24"), "专家评审")
    other = Excluded(day("2023-05-15"), day("2023-05-26"), "检测")
    whole = Excluded(day("2023-05-10"), day("2023-05-26"), "专家评审、检测")
    assert working("2023-05-04", 20, excluded=[other, one]).on == working("2023-05-04", 20, excluded=[whole]).on


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="不能是负数"):
        working("2023-05-04", -1)
    with pytest.raises(ValueError, match="恢复计时的日期不能早于暂停的日期"):
        Excluded(day("2023-05-24"), day("2023-05-10"), "专家评审")
    with pytest.raises(ValueError, match="week"):
        due_date(day("2023-05-24"), 1, "week", CALENDAR)
    with pytest.raises(OutOfCalendarError, match="超出工作日历"):
        natural("9999-12-31", 1)


# The oracle shares no code with what it judges: it reads the file itself and walks.
_FILE = json.loads((files("yichuang.calendars") / "data" / "builtin.json").read_text("utf-8"))
_KINDS = {row["day"]: row["kind"] for year in _FILE["published"] for row in year["days"]}
_KINDS |= {row["day"]: "rest" for row in _FILE["provisional"]["days"]}


def works(on):
    kind = _KINDS.get(on.isoformat())
    return kind == "work" or (kind is None and on.isoweekday() < 6)


def oracle(start, limit, unit, *, excluded, first_day, end_points):
    def is_excluded(on):
        for stretch in excluded:
            first = stretch.paused_on + (DAY if end_points == "pause_day_counts" else 0 * DAY)
            if first <= on <= stretch.resumed_on:
                return True
        return False

    on = start - DAY if first_day == "trigger_counts" and limit else start
    while limit:
        on += DAY
        if (unit == "natural" or works(on)) and not is_excluded(on):
            limit -= 1
    while unit == "natural" and not works(on):
        on += DAY
    return on


STARTS = st.dates(date(2022, 2, 1), date(2027, 6, 30))


@given(STARTS, st.integers(0, 200), st.sampled_from(Unit), st.sampled_from(FirstDay))
def test_a_due_date_is_what_walking_day_by_day_finds(start, limit, unit, first_day):
    expected = oracle(start, limit, unit, excluded=[], first_day=first_day, end_points="")
    assert due_date(start, limit, unit, CALENDAR, first_day=first_day).on == expected


@given(
    st.dates(date(2022, 2, 1), date(2022, 12, 31)),
    st.integers(0, 120),
    st.sampled_from(Unit),
    st.lists(st.tuples(st.integers(-40, 200), st.integers(0, 60)), max_size=5),
    st.sampled_from(EndPoints),
    st.sampled_from(FirstDay),
)
def test_stretches_that_are_not_counted_agree_with_walking(start, limit, unit, offsets, end_points, first_day):
    excluded = [Excluded(start + a * DAY, start + (a + length) * DAY, "检验") for a, length in offsets]
    assume(all(stretch.paused_on > date(2022, 1, 10) for stretch in excluded))
    policies = {"excluded": excluded, "first_day": first_day, "end_points": end_points}
    due = due_date(start, limit, unit, CALENDAR, **policies)
    assert due.on == oracle(start, limit, unit, **policies)
    assert due.explanation[0].startswith(f"起算日 {start.isoformat()}")


@given(STARTS, st.integers(0, 150), st.sampled_from(Unit))
def test_more_days_are_never_due_earlier(start, limit, unit):
    assert due_date(start, limit, unit, CALENDAR).on <= due_date(start, limit + 1, unit, CALENDAR).on


def steps_of(act):
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


@pytest.mark.parametrize("unit", list(Unit))
def test_a_computation_costs_the_same_whatever_the_limit(unit):
    """Steps counted, not seconds: one day or two hundred, in a week without or with holidays."""
    asked = [("2023-07-03", 1), ("2023-07-03", 20), ("2023-09-27", 200), ("2023-04-18", 1000)]
    working("2023-07-03", 1)  # the first computation compiles the tables
    costs = {steps_of(lambda s=s, n=n: due_date(day(s), n, unit, CALENDAR).on) for s, n in asked}
    assert max(costs) - min(costs) <= (8 if unit is Unit.NATURAL else 0), costs


@pytest.mark.parametrize(
    ("start", "limit", "percent", "days", "expected"),
    [
        ("2023-05-04", 20, 20, 1, "2023-05-25"),  # 4 of 20 left after it: 05-26, 05-29, 05-30, 05-31
        ("2023-05-04", 5, 20, 1, "2023-05-09"),
        ("2023-05-04", 2, 20, 1, "2023-05-05"),
        ("2023-05-04", 1, 20, 1, "2023-05-04"),
        ("2023-05-04", 0, 20, 1, "2023-05-04"),
        ("2023-05-04", 20, 0, 0, "2023-05-31"),
        ("2023-05-04", 20, 0, 3, "2023-05-26"),
        ("2023-05-04", 20, 50, 1, "2023-05-17"),
        ("2023-05-04", 20, 100, 1, "2023-05-04"),
        ("2023-05-04", 20, 300, 1, "2023-05-04"),
    ],
)
def test_the_warning_comes_when_the_configured_part_is_left(start, limit, percent, days, expected):
    due = working(start, limit).on
    assert warning_date(day(start), due, CALENDAR, percent=percent, days=days) == day(expected)


@given(STARTS, st.integers(0, 120), st.integers(0, 100), st.integers(0, 5))
def test_from_the_warning_day_on_and_not_before_the_rule_holds(start, limit, percent, days):
    due = due_date(start, limit, "working", CALENDAR).on
    total = CALENDAR.working_days_between(start, due)

    def is_yellow(on):
        left = CALENDAR.working_days_between(on, due)
        return left * 100 <= total * percent or left <= days

    warned = warning_date(start, due, CALENDAR, percent=percent, days=days)
    assert start <= warned <= due
    assert is_yellow(warned)
    assert warned == start or not is_yellow(warned - DAY)
