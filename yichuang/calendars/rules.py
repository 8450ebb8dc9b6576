"""Working-day arithmetic over a compiled table. Pure; every answer takes the same few steps, whatever the distance.

行政许可法第八十二条: periods of the agency are in working days, without statutory holidays. Day 1 is the first working day
after the trigger (民法典第二百零一条). Beyond the published years the table is Monday to Friday without the statutory holidays
known so far, and every date that reaches there is provisional.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a special day is: a weekday on which one rests, or a weekend day on which one works (调休)."""

    REST = "rest"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Special:
    kind: Kind
    name: str


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
            raise OutOfCalendarError(f"{day.isoformat()} 超出工作日历（{self.first.year} 至 {self.last.year} 年）。")
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
            raise OutOfCalendarError(f"从 {start.isoformat()} 起 {count} 个工作日超出工作日历（至 {self.last.year} 年）。")
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
    """A calendar from published years and, beyond them, the statutory holidays known so far."""
    years = sorted(published)
    if not years:
        raise ValueError("没有已公布的年份。")
    until = date(years[-1], 12, 31)
    beyond = {d: Special(Kind.REST, name) for d, name in provisional_rest.items() if d > until and d.weekday() < 5}
    last_year = max([years[-1] + 1, *(d.year for d in provisional_rest)])
    table = {d: s for d, s in specials.items() if date(years[0], 1, 1) <= d <= until} | beyond
    return WorkingCalendar(date(years[0], 1, 1), date(last_year, 12, 31), until, table)
