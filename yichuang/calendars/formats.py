"""The calendar that comes with the programme: data/builtin.json, also used where no database is."""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from yichuang.calendars.rules import Kind, Special, WorkingCalendar, compile_calendar


@cache
def builtin() -> dict[str, Any]:
    """The file's content: ``published`` years with their days, ``provisional`` holidays beyond."""
    content: dict[str, Any] = json.loads((files("yichuang.calendars") / "data" / "builtin.json").read_text("utf-8"))
    return content


@cache
def provisional_rest() -> dict[date, str]:
    return {date.fromisoformat(row["day"]): row["name"] for row in builtin()["provisional"]["days"]}


@cache
def builtin_calendar() -> WorkingCalendar:
    """The calendar of an installation that changed nothing."""
    specials = {
        date.fromisoformat(row["day"]): Special(Kind(row["kind"]), row["name"])
        for year in builtin()["published"]
        for row in year["days"]
    }
    return compile_calendar([year["year"] for year in builtin()["published"]], specials, provisional_rest())
