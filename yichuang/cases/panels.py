"""What other floors may show of a case. ``case_facts`` takes a loaded case and at most two queries more."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from yichuang.calendars.queries import working_calendar
from yichuang.cases.models import Case
from yichuang.cases.queries import timeline
from yichuang.cases.rules import STATUS_LABELS, Status
from yichuang.lib.actor import Actor


@dataclass(frozen=True, slots=True)
class Remaining:
    """How much of the limit is left, as words and a colour (never the colour alone)."""

    words: str
    colour: str
    icon: str


def remaining(case: Case, today: date) -> Remaining:
    """还剩 3 个工作日 · 今天到期 · 超期 2 个工作日; the colour follows the configured warning days."""
    if case.status != Status.ACCEPTED:
        return Remaining("已停止计时", "grey", "bi-check-circle")
    calendar = working_calendar()
    if today > case.due_on:
        days = calendar.working_days_between(case.due_on, today)
        return Remaining(f"超期 {days} 个工作日", "red", "bi-exclamation-octagon")
    if today == case.due_on:
        return Remaining("今天到期", "amber", "bi-alarm")
    days = calendar.working_days_between(today, case.due_on)
    urgent = days <= settings.WARNING_DAYS or case.alarm != ""
    return Remaining(f"还剩 {days} 个工作日", "amber" if urgent else "green", "bi-alarm" if urgent else "bi-clock")


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list."""

    case: Case
    status_label: str
    remaining: Remaining


def rows_of(cases: list[Case]) -> list[Row]:
    today = timezone.localdate()
    return [Row(c, STATUS_LABELS[Status(c.status)], remaining(c, today)) for c in cases]


def case_facts(case: Case, *, by: Actor) -> dict[str, object]:
    """The context for a page about one case."""
    return {
        "case": case,
        "status": Status(case.status),
        "status_label": STATUS_LABELS[Status(case.status)],
        "remaining": remaining(case, timezone.localdate()),
        "materials": list(case.materials.all()),
        "timeline": timeline(case),
        "decision": getattr(case, "decision", None),
        "delivery": getattr(case, "delivery", None),
        "public_address": f"{settings.PUBLIC_URL}/progress?number={case.number}",
    }
