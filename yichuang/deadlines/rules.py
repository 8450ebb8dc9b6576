"""Due dates (期限计算). Pure, a fixed number of steps per date, and able to say why, line by line.

- 行政许可法第八十二条: periods of the agency are working days without statutory holidays.
- 民法典第二百零一、二百零三条: the first day does not count; a natural-day period that ends on a rest day ends on the next
  working day; it ends at 24:00.
- 行政许可法第四十五条: time of a hearing, expert review and the like is not counted. What no source fixes is a named policy
  (``FirstDay``, ``EndPoints``) with a default, so that a local rule can choose otherwise.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from yichuang.calendars.rules import Kind, OutOfCalendarError, Special, WorkingCalendar

_DAY = timedelta(days=1)
_WEEKDAYS = "一二三四五六日"


class Unit(StrEnum):
    WORKING = "working"
    NATURAL = "natural"


class Moment(StrEnum):
    """The two moments of a clock at which something is done."""

    WARNING = "warning"
    DUE = "due"


class FirstDay(StrEnum):
    """Whether counting begins after the day of the trigger (the default) or with it."""

    AFTER_TRIGGER = "after_trigger"
    TRIGGER_COUNTS = "trigger_counts"


class EndPoints(StrEnum):
    """Which days of an excluded interval are not counted (domain 13.13: no source fixes it).

    By default the day of pausing counts as used, and the days after it up to and including the day of resumption do not.
    """

    PAUSE_DAY_COUNTS = "pause_day_counts"
    BOTH_EXCLUDED = "both_excluded"


@dataclass(frozen=True, slots=True)
class Excluded:
    """A stretch that is not counted, from the day of pausing to the day of resumption, with its legal ground."""

    paused_on: date
    resumed_on: date
    ground: str

    def __post_init__(self) -> None:
        if self.resumed_on < self.paused_on:
            raise ValueError("恢复计时的日期不能早于暂停的日期。")


@dataclass(frozen=True)
class Due:
    """A due day and whether it is provisional. How it came about is worked out only when somebody asks."""

    on: date
    provisional: bool
    _explain: Callable[[], Iterator[str]] = field(repr=False, compare=False)

    @cached_property
    def explanation(self) -> tuple[str, ...]:
        return tuple(self._explain())


@dataclass(frozen=True, slots=True)
class _Period:
    """What was asked: kept whole so that the explanation can be told later."""

    start: date
    limit: int
    unit: Unit
    calendar: WorkingCalendar
    first_day: FirstDay
    stretches: tuple[tuple[date, date, Excluded], ...]

    @property
    def origin(self) -> date:
        """The day after which counting begins."""
        return self.start if self.first_day is FirstDay.AFTER_TRIGGER or self.limit == 0 else self.start - _DAY

    def days_between(self, after: date, until: date) -> int:
        if self.unit is Unit.WORKING:
            return self.calendar.working_days_between(after, until)
        return (until - after).days

    def days_after(self, day: date, count: int) -> date:
        if self.unit is Unit.WORKING:
            return self.calendar.add_working_days(day, count)
        try:
            return day + timedelta(days=count)
        except OverflowError:
            raise OutOfCalendarError(f"从 {day.isoformat()} 起 {count} 日超出工作日历。") from None


def due_date(
    start: date,
    limit: int,
    unit: str,
    calendar: WorkingCalendar,
    *,
    excluded: Sequence[Excluded] = (),
    first_day: FirstDay = FirstDay.AFTER_TRIGGER,
    end_points: EndPoints = EndPoints.PAUSE_DAY_COUNTS,
) -> Due:
    """The last day of a period of ``limit`` days, strictly after ``start`` (``start`` itself for 0)."""
    if limit < 0:
        raise ValueError("天数不能是负数。")
    period = _Period(start, limit, Unit(unit), calendar, first_day, _stretches(excluded, end_points))
    last = period.days_after(period.origin, limit)
    skipped = []
    covered = period.origin
    for before, until, stretch in period.stretches:
        after = max(before, covered)
        if after >= last:
            break
        if days := max(period.days_between(after, until), 0) if until > after else 0:
            last = period.days_after(last, days)
            skipped.append((after + _DAY, until, days, stretch.ground))
        covered = max(covered, until)
    on = calendar.next_working_day(last) if period.unit is Unit.NATURAL else last
    provisional = calendar.is_provisional(on)
    return Due(on, provisional, lambda: _explained(period, tuple(skipped), last, on))


def _stretches(excluded: Sequence[Excluded], end_points: EndPoints) -> tuple[tuple[date, date, Excluded], ...]:
    """Each stretch with the day before its first day that is not counted, and its last; in order."""
    lead = _DAY if end_points is EndPoints.BOTH_EXCLUDED else timedelta(0)
    return tuple(sorted(((e.paused_on - lead, e.resumed_on, e) for e in excluded), key=lambda s: s[:2]))


def in_words(day: date) -> str:
    return f"{day.isoformat()}（星期{_WEEKDAYS[day.weekday()]}）"


_Skipped = tuple[tuple[date, date, int, str], ...]


def _explained(period: _Period, skipped: _Skipped, last: date, on: date) -> Iterator[str]:
    is_working = period.unit is Unit.WORKING
    counts = period.first_day is FirstDay.TRIGGER_COUNTS and period.limit > 0
    yield f"起算日 {in_words(period.start)}，当日{'计' if counts else '不计'}入。"
    notes = [
        (first, f"{first.isoformat()} 至 {until.isoformat()}（{ground}）共 {days} {_unit(period.unit)}，不计入期限。")
        for first, until, days, ground in skipped
    ]
    if is_working:
        notes += _specials(period.calendar, period.origin, on)
    yield from (line for _, line in sorted(notes))
    weekends = "，星期六、星期日不计入" if is_working else ""
    yield f"{'从当日' if counts else '从次日'}起数满 {period.limit} {_unit(period.unit)}{weekends}，到 {in_words(last)}。"
    if on != last:
        special = period.calendar.specials.get(last)
        reason = f"{special.name}放假{_notice(special)}" if special else "休息日"
        yield f"{in_words(last)}是{reason}，顺延至其后第一个工作日 {in_words(on)}。"
    if period.calendar.is_provisional(on):
        until = period.calendar.published_until
        yield (
            f"暂定（provisional）：放假安排只公布到 {until.isoformat()}，其后按星期一至星期五减去法定节假日推算，"
            f"国务院办公厅公布 {until.year + 1} 年安排后重新计算。"
        )


def _unit(unit: Unit) -> str:
    return "个工作日" if unit is Unit.WORKING else "日"


def _notice(special: Special) -> str:
    return f"（{special.notice}）" if special.notice else ""


def _specials(calendar: WorkingCalendar, after: date, until: date) -> list[tuple[date, str]]:
    """What made the count differ from plain Monday to Friday: holidays skipped, make-up days counted."""
    lines: list[tuple[date, str]] = []
    run: list[date] = []
    held: Special | None = None
    for day, special in calendar.special_between(after, until):
        if special.kind is Kind.WORK:
            lines.append((day, f"{in_words(day)}{special.name}上班，计入{_notice(special)}。"))
        elif run and special == held and (day - run[-1]).days <= 3:
            # A holiday that runs over a weekend is one stretch for people.
            run.append(day)
        else:
            lines += _holiday(run, held)
            run, held = [day], special
    return lines + _holiday(run, held)


def _holiday(run: Sequence[date], special: Special | None) -> list[tuple[date, str]]:
    if special is None:
        return []
    days = in_words(run[0]) if len(run) == 1 else f"{run[0].isoformat()} 至 {run[-1].isoformat()} "
    return [(run[0], f"{days}{special.name}放假，不计入{_notice(special)}。")]


def warning_date(start: date, due: date, calendar: WorkingCalendar, *, percent: int = 20, days: int = 1) -> date:
    """The first day on which the clock shows yellow: at most ``percent`` of its working days, or ``days``, are left.

    No national value exists (domain 13.7): both figures are configuration, see ``queries.warning_day``. Never before
    ``start``, never after ``due``.
    """
    total = calendar.working_days_between(start, due)
    left = max(total * percent // 100, min(days, total))
    if left == 0:
        return due
    # ``left`` working days are left on the working day after which exactly that many follow up to the due day.
    reached = total - left
    return calendar.add_working_days(start, reached) if reached > 0 else start
