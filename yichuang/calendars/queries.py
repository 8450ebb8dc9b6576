from time import monotonic

from django.db import DatabaseError

from yichuang.calendars.formats import builtin_calendar, provisional_rest
from yichuang.calendars.models import CalendarYear, Edition, SpecialDay
from yichuang.calendars.rules import Kind, Special, WorkingCalendar, compile_calendar

_LOOK_EVERY = 1.0  # seconds; an edition number older than this is read again
_known: tuple[int, float, WorkingCalendar] | None = None


def working_calendar() -> WorkingCalendar:
    """The installation's calendar, compiled once per edition and process; at most one small query a second."""
    global _known  # noqa: PLW0603 - a cache of the process, replaced whole
    now = monotonic()
    if _known is not None and now - _known[1] < _LOOK_EVERY:
        return _known[2]
    number = Edition.objects.values_list("number", flat=True).filter(pk=1).first() or 0
    if _known is None or _known[0] != number:
        _known = (number, now, _compile())
    else:
        _known = (number, now, _known[2])
    return _known[2]


def forget() -> None:
    """Read the edition again at the next call (after a change in this process, and in tests)."""
    global _known  # noqa: PLW0603
    _known = None


def calendar_or_builtin() -> WorkingCalendar:
    """For commands that must answer on a machine whose database was never made."""
    try:
        return working_calendar()
    except DatabaseError:
        return builtin_calendar()


def _compile() -> WorkingCalendar:
    years = list(CalendarYear.objects.values_list("year", flat=True))
    if not years:
        return builtin_calendar()
    rows = SpecialDay.objects.values_list("day", "kind", "name")
    return compile_calendar(years, {day: Special(Kind(kind), name) for day, kind, name in rows}, provisional_rest())
