"""Due dates (期限计算). Pure, O(1) per date, and able to say why, line by line.

- 行政许可法第八十二条: periods of the agency are working days without statutory holidays.
- 民法典第二百零一、二百零三条: the first day does not count; a natural-day period that ends on a rest day ends on the next
  working day; it ends at 24:00.
- 行政许可法第四十五条: time of a hearing, expert review and the like is not counted. End points of such an interval are a named
  policy (no source fixes them): by default the day of pausing counts as used and the day of resumption does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yichuang.calendars.rules import Kind, WorkingCalendar


class Unit(StrEnum):
    WORKING = "working"
    NATURAL = "natural"


class Moment(StrEnum):
    """The two moments of a clock at which something is done."""

    WARNING = "warning"
    DUE = "due"


class EndPoints(StrEnum):
    """Which days of an excluded interval count (a named policy; domain 13.13)."""

    PAUSE_DAY_COUNTS = "pause_day_counts"
    BOTH_EXCLUDED = "both_excluded"


@dataclass(frozen=True, slots=True)
class Excluded:
    """A stretch that is not counted, from the day of pausing to the day of resumption, with its legal ground."""

    paused_on: date
    resumed_on: date
    ground: str


@dataclass(frozen=True, slots=True)
class Due:
    """A due day, whether it is provisional, and how it came about."""

    on: date
    provisional: bool
    explanation: tuple[str, ...]


_WEEKDAYS = "一二三四五六日"


def _day(day: date) -> str:
    return f"{day.isoformat()}（星期{_WEEKDAYS[day.weekday()]}）"


def due_date(
    start: date,
    limit: int,
    unit: str,
    calendar: WorkingCalendar,
    *,
    excluded: Sequence[Excluded] = (),
    end_points: EndPoints = EndPoints.PAUSE_DAY_COUNTS,
) -> Due:
    """The last day of a period of ``limit`` days, strictly after ``start`` (``start`` itself for 0)."""
    if limit < 0:
        raise ValueError("天数不能是负数。")
    if Unit(unit) is Unit.NATURAL:
        return _natural(start, limit, calendar)
    on = calendar.add_working_days(start, limit)
    lines = [f"起算日 {_day(start)}，当日不计入。"]
    lines += _specials(calendar, start, on)
    lines.append(f"从次日起数满 {limit} 个工作日，到 {_day(on)}。")
    for stretch in sorted(excluded, key=lambda e: e.paused_on):
        before, on = on, _extended(start, on, stretch, calendar, end_points)
        if on != before:
            lines.append(
                f"{stretch.paused_on.isoformat()} 至 {stretch.resumed_on.isoformat()}"
                f"（{stretch.ground}）不计入期限，到期日由 {before.isoformat()} 顺延至 {_day(on)}。"
            )
            lines += _specials(calendar, before, on)
    return _finished(on, calendar, lines)


def _extended(start: date, on: date, stretch: Excluded, calendar: WorkingCalendar, end_points: EndPoints) -> date:
    """The due day after adding the working days of one stretch that lie inside the period."""
    if stretch.paused_on > on or stretch.resumed_on < stretch.paused_on:
        return on
    first_excluded = stretch.paused_on
    if end_points is EndPoints.PAUSE_DAY_COUNTS:
        first_excluded += timedelta(days=1)
    day_before = max(first_excluded - timedelta(days=1), start)
    days = calendar.working_days_between(day_before, stretch.resumed_on)
    return calendar.add_working_days(on, days)


def _natural(start: date, limit: int, calendar: WorkingCalendar) -> Due:
    plain = start + timedelta(days=limit)
    on = calendar.next_working_day(plain)
    lines = [f"起算日 {_day(start)}，当日不计入。", f"从次日起数满 {limit} 日，到 {_day(plain)}。"]
    if on != plain:
        lines.append(f"{plain.isoformat()} 是休息日，顺延至其后第一个工作日 {_day(on)}。")
    return _finished(on, calendar, lines)


def _specials(calendar: WorkingCalendar, after: date, until: date) -> list[str]:
    """What made the count differ from plain Monday to Friday: holidays skipped, make-up days counted."""
    lines = []
    run: list[date] = []
    name = ""
    for day, special in calendar.special_between(after, until):
        if special.kind is Kind.WORK:
            lines.append((day, f"{_day(day)} 为{special.name}上班日，计入。"))
            continue
        if run and special.name == name and (day - run[-1]).days <= 3:
            run.append(day)
            continue
        if run:
            lines.append((run[0], _skipped(run, name)))
        run, name = [day], special.name
    if run:
        lines.append((run[0], _skipped(run, name)))
    return [line for _, line in sorted(lines)]


def _skipped(run: Sequence[date], name: str) -> str:
    if len(run) == 1:
        return f"{_day(run[0])} {name}放假，不计入。"
    return f"{run[0].isoformat()} 至 {run[-1].isoformat()} {name}放假，不计入。"


def _finished(on: date, calendar: WorkingCalendar, lines: list[str]) -> Due:
    provisional = calendar.is_provisional(on)
    if provisional:
        lines.append(
            f"暂定（provisional）：国务院办公厅尚未公布 {on.year} 年放假安排（日历公布至 {calendar.published_until.isoformat()}），公布后重新计算。"
        )
    return Due(on, provisional, tuple(lines))


def warning_date(start: date, due: date, calendar: WorkingCalendar, *, percent: int = 20, days: int = 1) -> date:
    """The first day on which the clock shows yellow: at most ``percent`` of its working days, or ``days``, are left.

    No national value exists (domain 13.7): both figures are configuration. Never before ``start``, never after ``due``.
    """
    total = calendar.working_days_between(start, due)
    left = max(total * percent // 100, min(days, total))
    if left == 0:
        return due
    # ``left`` working days are left on the working day after which exactly that many follow up to the due day.
    reached = total - left
    return calendar.add_working_days(start, reached) if reached > 0 else start
