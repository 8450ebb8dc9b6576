"""How opening hours and limits are said to people."""

from collections.abc import Iterable
from datetime import time

from yichuang.places.rules.days import Session, as_words

_DAYS = "一二三四五六日"


def weekly_hours(rows: Iterable[tuple[int, time, time]]) -> list[str]:
    """Sessions by weekday (0 is Monday) as lines: 周一至周五 9:00–12:00、13:00–17:00."""
    by_day: dict[int, list[Session]] = {}
    for weekday, opens, closes in sorted(rows):
        by_day.setdefault(weekday, []).append((opens, closes))
    days = sorted(by_day)
    # Neighbouring days with the same sessions share a line.
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1 and by_day[runs[-1][-1]] == by_day[day]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [f"{_span(run)} {as_words(by_day[run[0]])}" for run in runs]


def _span(run: list[int]) -> str:
    first, last = f"周{_DAYS[run[0]]}", f"周{_DAYS[run[-1]]}"
    return first if first == last else f"{first}至{last}"
