from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from yichuang.calendars.ports import Moved
from yichuang.calendars.rules import WorkingCalendar
from yichuang.deadlines.models import Clock
from yichuang.deadlines.rules import warning_date


@dataclass(frozen=True, slots=True)
class WarningRule:
    """When a clock shows yellow: local practice, so configuration (no national value exists)."""

    percent: int
    days: int


def warning_rule() -> WarningRule:
    return WarningRule(settings.WARNING_PERCENT, settings.WARNING_DAYS)


def warning_day(start: date, due: date, calendar: WorkingCalendar) -> date:
    """The first day of the yellow stretch by this installation's rule."""
    rule = warning_rule()
    return warning_date(start, due, calendar, percent=rule.percent, days=rule.days)


def running(kind: str, subject: str) -> Clock | None:
    return Clock.objects.filter(kind=kind, subject=subject, stopped_at=None).first()


def stuck() -> list[Clock]:
    """Clocks whose bell failed and is waiting to be tried again."""
    failed = Clock.objects.filter(stopped_at=None).exclude(error="")
    return list(failed.order_by("due_at", "pk")[:100])


def moved_by(before: WorkingCalendar, after: WorkingCalendar) -> list[Moved]:
    """Which running clocks a change of the calendar would move, and to which day; by due day.

    The same number of working days after the day the clock started, counted by the other calendar.
    """
    kinds = [{day: special.kind for day, special in calendar.specials.items()} for calendar in (before, after)]
    changed = [day for day in {*kinds[0], *kinds[1]} if kinds[0].get(day) != kinds[1].get(day)]
    if not changed:
        return []
    first, last = max(before.first, after.first), min(before.last, after.last)
    rows = Clock.objects.filter(stopped_at=None, rung_at=None, due_on__gte=min(changed))
    moved = []
    for kind, subject, started_at, due_on in rows.order_by("due_on", "pk").values_list(
        "kind", "subject", "started_at", "due_on"
    ):
        started_on = timezone.localdate(started_at)
        if not (first <= started_on <= due_on <= last):
            continue
        count = before.working_days_between(started_on, due_on)
        would_be = after.next_working_day(after.add_working_days(started_on, count)) if count else due_on
        if would_be != due_on:
            moved.append(Moved(kind, subject, due_on, would_be))
    return moved
