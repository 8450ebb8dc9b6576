from collections.abc import Mapping
from datetime import date
from pathlib import Path
from time import monotonic

from django.db import DatabaseError, connection

from yichuang.calendars.formats import builtin, builtin_calendar, builtin_years, provisional_rest
from yichuang.calendars.models import CalendarYear, Edition, SpecialDay
from yichuang.calendars.rules import Kind, Special, WorkingCalendar, compile_calendar

LOOK_EVERY = 1.0  # seconds; an edition number older than this is read again
_known: tuple[int, float, WorkingCalendar] | None = None


def working_calendar() -> WorkingCalendar:
    """The installation's calendar, compiled once per edition and process; at most one small query a second."""
    global _known  # noqa: PLW0603 - a cache of the process, replaced whole
    now = monotonic()
    known = _known
    if known is not None and now - known[1] < LOOK_EVERY:
        return known[2]
    number = edition()
    while known is None or known[0] != number:
        known = (number, now, _compile())
        # Years and days are two reads: when a change came between them, read again.
        number = edition()
    _known = (number, now, known[2])
    return known[2]


def edition() -> int:
    """The number that changes with every change of the calendar."""
    return Edition.objects.values_list("number", flat=True).filter(pk=1).first() or 0


def forget() -> None:
    """Read the edition again at the next call (after a change in this process, and in tests)."""
    global _known  # noqa: PLW0603
    _known = None


def calendar_or_builtin() -> WorkingCalendar:
    """For commands that must answer on a machine whose database was never made; makes none by asking."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in name and not Path(name).exists():
        return builtin_calendar()
    try:
        return working_calendar()
    except DatabaseError:
        return builtin_calendar()


def published_years() -> dict[int, CalendarYear]:
    return {row.year: row for row in CalendarYear.objects.order_by("year")}


def year_row(year: int) -> CalendarYear | None:
    """A published year with its notice; the built-in one where nothing was ever loaded."""
    rows = published_years()
    if rows:
        return rows.get(year)
    content = next((row for row in builtin()["published"] if row["year"] == year), None)
    return CalendarYear(year=year, notice=content["notice"], source=content["source"]) if content else None


def specials_of(year: int) -> dict[date, Special]:
    """The special days of a published year."""
    return {day: special for day, special in _read()[1].items() if day.year == year}


def calendar_with(year: int, specials: Mapping[date, Special]) -> WorkingCalendar:
    """The calendar as it would be with other special days in one year."""
    published, known = _read()
    kept = {day: special for day, special in known.items() if day.year != year}
    return compile_calendar({*published, year}, {**kept, **specials}, provisional_rest())


def _compile() -> WorkingCalendar:
    return compile_calendar(*_read(), provisional_rest())


def _read() -> tuple[set[int], dict[date, Special]]:
    """The published years and all their special days; the built-in ones where nothing was ever loaded."""
    notices = dict(CalendarYear.objects.values_list("year", "notice"))
    if not notices:
        return builtin_years()
    rows = SpecialDay.objects.values_list("day", "kind", "name", "notice", "year_id")
    return set(notices), {
        day: Special(Kind(kind), name, notice or notices[year]) for day, kind, name, notice, year in rows
    }
