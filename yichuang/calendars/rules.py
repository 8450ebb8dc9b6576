"""Working-day arithmetic over a compiled table. Pure; every answer takes the same few steps, whatever the distance.

行政许可法第八十二条: periods of the agency are in working days, without statutory holidays. Day 1 is the first working day
after the trigger (民法典第二百零一条). Beyond the published years the table is Monday to Friday without the statutory holidays
known so far, and every date that reaches there is provisional.
"""

from bisect import bisect_right
from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby

_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a special day is: a weekday on which one rests, or a weekend day on which one works (调休)."""

    REST = "rest"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Special:
    """What is special about a day, in a word for people ("春节", "国庆节调休"), and the notice that says so."""

    kind: Kind
    name: str
    notice: str = ""


class OutOfCalendarError(ValueError):
    """A date beyond the table. The message is a Chinese sentence."""


@dataclass(frozen=True)
class WorkingCalendar:
    """The days from ``first`` to ``last``; published up to and including ``published_until``."""

    first: date
    last: date
    published_until: date
    specials: Mapping[date, Special]

    @cached_property
    def _ranks(self) -> list[int]:
        """For each day of the table the number of working days up to and including it."""
        ranks, count, day = [], 0, self.first
        while day <= self.last:
            count += self._works(day)
            ranks.append(count)
            day += _DAY
        return ranks

    @cached_property
    def _workdays(self) -> list[date]:
        ranks = self._ranks
        return [self.first + n * _DAY for n in range(len(ranks)) if ranks[n] > (ranks[n - 1] if n else 0)]

    def _works(self, day: date) -> bool:
        special = self.specials.get(day)
        return special.kind is Kind.WORK if special else day.weekday() < 5

    def _rank(self, day: date) -> int:
        if not self.first <= day <= self.last:
            raise OutOfCalendarError(
                f"{day.isoformat()} 超出工作日历（{self.first.year} 至 {self.last.year} 年），请先补充该年的日历。"
            )
        return self._ranks[(day - self.first).days]

    def is_working(self, day: date) -> bool:
        self._rank(day)
        return self._works(day)

    def is_provisional(self, day: date) -> bool:
        return day > self.published_until

    def add_working_days(self, start: date, count: int) -> date:
        """The ``count``-th working day strictly after ``start``; ``start`` itself for 0."""
        if count < 0:
            raise ValueError("天数不能是负数。")
        if count == 0:
            self._rank(start)
            return start
        index = self._rank(start) + count - 1
        if index >= len(self._workdays):
            raise OutOfCalendarError(
                f"从 {start.isoformat()} 起 {count} 个工作日超出工作日历（至 {self.last.year} 年）。"
            )
        return self._workdays[index]

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after ``after`` and up to and including ``until``; 0 when ``until`` is not later."""
        return max(self._rank(until) - self._rank(after), 0)

    def next_working_day(self, day: date) -> date:
        """``day`` itself when it is one, else the next."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def special_between(self, after: date, until: date) -> list[tuple[date, Special]]:
        """The special days after ``after`` up to ``until``, in order."""
        days = self._special_days
        return [(d, self.specials[d]) for d in days[bisect_right(days, after) : bisect_right(days, until)]]

    @cached_property
    def _special_days(self) -> list[date]:
        return sorted(self.specials)


def compile_calendar(
    published: Iterable[int], specials: Mapping[date, Special], provisional_rest: Mapping[date, str]
) -> WorkingCalendar:
    """A calendar from published years and, beyond them, the statutory holidays known so far.

    Published ends where the first year is missing: a date behind a gap rests on days nobody has announced. What was
    published behind the gap is used all the same; it is the best that is known.
    """
    years = sorted(set(published))
    if not years:
        raise ValueError("没有已公布的年份。")
    until = next(year for year in years if year + 1 not in years)
    known = {day: special for day, special in specials.items() if day.year in years}
    statutory = {
        day: Special(Kind.REST, name)
        for day, name in provisional_rest.items()
        if day.year > until and day.year not in years and day.weekday() < 5
    }
    last = max([years[-1] + 1, *(day.year for day in provisional_rest)])
    return WorkingCalendar(date(years[0], 1, 1), date(last, 12, 31), date(until, 12, 31), known | statutory)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day as a cell of a month: ``mark`` is 休 or 班 where the day is special, else empty."""

    day: date
    works: bool
    mark: str
    name: str


_MARKS = {Kind.REST: "休", Kind.WORK: "班"}


def month_of(calendar: WorkingCalendar, year: int, month: int) -> list[list[MonthDay | None]]:
    """The weeks of a month from Monday to Sunday; None outside the month."""
    return [
        [_cell(calendar, day) if day.month == month else None for day in week]
        for week in Calendar().monthdatescalendar(year, month)
    ]


def _cell(calendar: WorkingCalendar, day: date) -> MonthDay:
    special = calendar.specials.get(day)
    mark, name = (_MARKS[special.kind], special.name) if special else ("", "")
    return MonthDay(day, calendar.is_working(day), mark, name)


def working_days_of(calendar: WorkingCalendar, year: int) -> list[int]:
    """How many working days each month of a year has."""
    days = (date(year, 1, 1) + n * _DAY for n in range(366))
    return [
        sum(calendar.is_working(day) for day in month)
        for _, month in groupby((day for day in days if day.year == year), key=lambda day: day.month)
    ]


def problem_with(day: date, kind: Kind) -> str:
    """The empty string, or why a day cannot be marked so."""
    weekend = day.weekday() > 4
    if kind is Kind.WORK and not weekend:
        return f"{day.isoformat()} 是星期{'一二三四五'[day.weekday()]}，本来就上班，不用标“班”。"
    if kind is Kind.REST and weekend:
        return f"{day.isoformat()} 是星期{'六日'[day.weekday() - 5]}，本来就休息，不用标“休”。"
    return ""
