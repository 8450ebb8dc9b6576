"""The clocks of a case (计时): when the decision is due, and why."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from yichuang.calendars.rules import WorkingCalendar
from yichuang.catalogue.models import ItemVersion
from yichuang.catalogue.rules import REGIMES, Regime
from yichuang.deadlines.queries import warning_day
from yichuang.deadlines.rules import due_date
from yichuang.places.models import Hall


@dataclass(frozen=True, slots=True)
class Limit:
    """What a case is measured by: the promised day and, beside it, the statutory one."""

    due_on: date
    provisional: bool
    explanation: tuple[str, ...]
    statutory_due_on: date | None


def decision_limit(version: ItemVersion, start: date, calendar: WorkingCalendar) -> Limit:
    """The decision's due day from the item's promise, else its regime's statutory default, else the local reminder.

    优化营商环境条例第三十六条: where no law sets a limit the department must publish one; until it has, the case is
    reminded after YICHUANG_FALLBACK_DAYS working days and says so.
    """
    regime = REGIMES[Regime(version.regime)]
    statutory_days, statutory_unit = version.statutory_limit, version.statutory_unit
    note = ""
    if statutory_days is None and regime.default_statutory_limit is not None:
        statutory_days, statutory_unit = regime.default_statutory_limit, "working"
    if version.case_kind == "immediate":
        lines = (f"即办件：{start.isoformat()} 当日办结。",)
        return Limit(start, provisional=False, explanation=lines, statutory_due_on=start)
    days, unit = version.promised_limit, version.promised_unit
    if days is None:
        days, unit = statutory_days, statutory_unit
        note = "该事项未公布承诺时限，按法定时限计算。"
    if days is None:
        days, unit = settings.FALLBACK_DAYS, "working"
        note = f"该事项未公布办理时限，暂按本地设定的 {days} 个工作日提醒，主管部门应补充公布（优化营商环境条例第三十六条）。"
    promised = due_date(start, days, unit, calendar)
    statutory = due_date(start, statutory_days, statutory_unit, calendar) if statutory_days is not None else None
    explanation = (*((note,) if note else ()), *promised.explanation)
    return Limit(promised.on, promised.provisional, explanation, statutory.on if statutory else None)


def end_of_day(hall: Hall, day: date) -> datetime:
    """The last moment of a day in the hall's zone (民法典第二百零三条: 24:00)."""
    return datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(hall.time_zone))


def warning_moment(hall: Hall, start: date, due: date, calendar: WorkingCalendar) -> datetime:
    """The morning of the day from which a case shows yellow."""
    return datetime.combine(warning_day(start, due, calendar), time(0), ZoneInfo(hall.time_zone))
