"""The calendar that comes with the programme (data/builtin.json), and a notice as people type it."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from yichuang.calendars.rules import Kind, Special, WorkingCalendar, compile_calendar, problem_with

# 2月15日 · 2027年2月15日 · 2027-02-15; what stands in brackets, such as the weekday, is skipped.
_DATE = r"(?:(?P<y{0}>\d{{4}})\s*[年-]\s*)?(?P<m{0}>\d{{1,2}})\s*[月-]\s*(?P<d{0}>\d{{1,2}})\s*日?"
_LINE = re.compile(rf"^{_DATE.format(1)}(?:\s*(?:至|到|~|～|—+|-)\s*{_DATE.format(2)})?\s*(?P<name>.*)$")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_LONGEST = 31


@cache
def builtin() -> dict[str, Any]:
    """The file's content: ``published`` years with their days, ``provisional`` holidays beyond."""
    content: dict[str, Any] = json.loads((files("yichuang.calendars") / "data" / "builtin.json").read_text("utf-8"))
    return content


@cache
def provisional_rest() -> dict[date, str]:
    return {date.fromisoformat(row["day"]): row["name"] for row in builtin()["provisional"]["days"]}


@cache
def builtin_years() -> tuple[set[int], dict[date, Special]]:
    specials = {
        date.fromisoformat(row["day"]): Special(Kind(row["kind"]), row["name"], year["notice"])
        for year in builtin()["published"]
        for row in year["days"]
    }
    return {year["year"] for year in builtin()["published"]}, specials


@cache
def builtin_calendar() -> WorkingCalendar:
    """The calendar of an installation that changed nothing."""
    return compile_calendar(*builtin_years(), provisional_rest())


class UnreadableError(ValueError):
    """A line that cannot be understood. The message is a Chinese sentence that names the line."""


def special_days(text: str, year: int, kind: Kind) -> dict[date, Special]:
    """Lines such as ``2月15日至23日 春节`` or ``2027-02-14 春节调休`` as days of ``year``.

    In a stretch of rest the weekend days are passed over, because one rests on them anyway; a single day that needs no
    mark is refused, because it is most likely a slip.
    """
    found: dict[date, Special] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = _BRACKETS.sub("", raw).strip()
        if not line:
            continue
        try:
            days, name = _read_line(line, year)
            found |= {day: Special(kind, name) for day in _needed(days, kind)}
        except UnreadableError as error:
            raise UnreadableError(f"第 {number} 行“{raw.strip()[:30]}”：{error}") from None
    return found


def _needed(days: list[date], kind: Kind) -> list[date]:
    needed = [day for day in days if not problem_with(day, kind)]
    if not needed or (len(needed) < len(days) and kind is Kind.WORK):
        raise UnreadableError(problem_with(next(day for day in days if day not in needed), kind))
    return needed


def _read_line(line: str, year: int) -> tuple[list[date], str]:
    # "2月15日至23日": the second date may leave out its month.
    line = re.sub(r"(\d{1,2})月(\d{1,2})日?\s*(至|到)\s*(\d{1,2})日", r"\1月\2日\3\1月\4日", line)
    match = _LINE.match(line)
    if match is None:
        raise UnreadableError("应写成“2月15日至23日 春节”或“2月14日 春节调休”。")
    first = _date(match, "1", year)
    last = _date(match, "2", year) if match["m2"] else first
    if not match["name"].strip():
        raise UnreadableError("日期后面请写节日名称，如“春节”。")
    if len(match["name"].strip()) > 40:
        raise UnreadableError("名称不超过 40 个字。")
    if not first <= last <= first + timedelta(days=_LONGEST):
        raise UnreadableError("结束日期早于开始日期，或者超过一个月，请核对。")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)], match["name"].strip()


def _date(match: re.Match[str], which: str, year: int) -> date:
    try:
        day = date(int(match[f"y{which}"] or year), int(match[f"m{which}"]), int(match[f"d{which}"]))
    except ValueError:
        raise UnreadableError("没有这个日期。") from None
    if day.year != year:
        raise UnreadableError(f"不是 {year} 年的日期。")
    return day


def as_lines(specials: Mapping[date, Special], kind: Kind) -> str:
    """The same days as lines for the form, consecutive days of one name together."""
    return "\n".join(_lines(sorted(day for day, special in specials.items() if special.kind is kind), specials))


def _lines(days: list[date], specials: Mapping[date, Special]) -> Iterator[str]:
    numbered = enumerate(days)
    for (_, name), group in groupby(numbered, key=lambda n: (n[1].toordinal() - n[0], specials[n[1]].name)):
        run = [day for _, day in group]
        first = f"{run[0].month}月{run[0].day}日"
        yield f"{first} {name}" if len(run) == 1 else f"{first}至{run[-1].month}月{run[-1].day}日 {name}"
