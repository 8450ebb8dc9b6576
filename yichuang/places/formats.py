"""Lists that people paste and times that people type."""

import re
from dataclasses import dataclass
from datetime import time

from yichuang.places.rules.days import Session

_SESSION = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：](\d{2})")
_BETWEEN = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One pasted line: its number as a person counts, the code before the name, and the name."""

    number: int
    code: str
    name: str


def pasted_lines(text: str) -> list[Line]:
    """``code name`` a line, divided by spaces, tabs or commas; empty lines do not count, a line may lack its code."""
    lines = []
    for number, raw in enumerate(text.splitlines(), start=1):
        words = raw.strip()
        if not words:
            continue
        code, name = "", words
        found = re.match(r"([0-9A-Za-z]{2,18})[\s,，、;；]+(.+)", words)
        if found:
            code, name = found.group(1), found.group(2).strip()
        elif re.fullmatch(r"[0-9A-Z]{2,18}", words):
            code, name = words, ""
        lines.append(Line(number, code, name))
    return lines


def sessions_of(text: str) -> tuple[Session, ...]:
    """9:00-12:00、13:00-17:00 as sessions. Raises ValueError with a sentence naming what could not be read."""
    sessions, rest = [], text
    for found in _SESSION.finditer(text):
        try:
            opens, closes = (time(int(found[n]), int(found[n + 1])) for n in (1, 3))
        except ValueError as error:
            raise ValueError(f"“{found[0]}”不是有效的时间。") from error
        sessions.append((opens, closes))
        rest = rest.replace(found[0], " ", 1)
    if left := _BETWEEN.sub("", rest):
        raise ValueError(f"看不懂“{left}”，请写成 9:00-12:00、13:00-17:00。")
    return tuple(sessions)
