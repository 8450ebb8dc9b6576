"""How opening hours, limits, fees and copies are said to people."""

from collections.abc import Iterable
from datetime import time

from yichuang.places.rules.days import Session, as_words

_DAYS = "一二三四五六日"
_UNITS = {"working": "工作日", "natural": "自然日"}


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


def promised_words(days: int | None, unit: str, *, is_immediate: bool) -> str:
    if is_immediate:
        return "当场办结"
    return "时限待补" if days is None else f"{days} 个{_UNITS[unit]}内办结"


def statutory_words(days: int | None, unit: str, default: int | None) -> str:
    """The limit the law sets; the general limit of the regime where its own law sets none."""
    if days is not None:
        return f"{days} 个{_UNITS[unit]}"
    return f"{default} 个工作日（行政许可法第四十二条）" if default is not None else "法律未作规定，以承诺时限为准"


def fee_words(*, has_fee: bool | None) -> str:
    if has_fee is None:
        return "收费信息待补，请先咨询"
    return "收费，标准请看窗口公示或先咨询" if has_fee else "不收费"


def in_copies(originals: int, copies: int, form: str) -> str:
    """原件 1 份、复印件 2 份（纸质）."""
    parts = [f"{word} {count} 份" for word, count in (("原件", originals), ("复印件", copies)) if count]
    return f"{'、'.join(parts) or '份数待补'}（{form}）"
