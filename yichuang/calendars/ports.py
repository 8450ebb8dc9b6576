"""What a change of the calendar would move. The clocks live on a floor above; ``settings.CALENDAR_EFFECTS`` names who knows."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from yichuang.calendars.rules import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Moved:
    """Something with a due day that another calendar would put on another day."""

    kind: str
    subject: str
    due_on: date
    would_be: date


def moved_by(before: WorkingCalendar, after: WorkingCalendar) -> list[Moved]:
    found: list[Moved] = []
    for dotted in settings.CALENDAR_EFFECTS:
        found += import_string(dotted)(before, after)
    return found
