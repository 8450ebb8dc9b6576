"""Publication (公布): a year's special days with the notice they rest on."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F

from yichuang.calendars import queries
from yichuang.calendars.formats import builtin
from yichuang.calendars.models import CalendarYear, Edition, SpecialDay
from yichuang.calendars.rules import Kind, Special
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Invalid, Refused

EARLIEST, LATEST = 2000, 2100


def load_builtin(*, by: Actor) -> int:
    """Take over the years that come with the programme and are not there yet; returns how many were new."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    new = [year for year in builtin()["published"] if year["year"] not in known]
    for year in new:
        days = {date.fromisoformat(d["day"]): Special(Kind(d["kind"]), d["name"]) for d in year["days"]}
        _write(year["year"], days, notice=year["notice"], source=year["source"], by=by)
    return len(new)


def publish(year: int, days: Mapping[date, Special], *, notice: str, source: str, by: Actor) -> None:
    """Set a year's special days as a whole; what is not among ``days`` is an ordinary day again."""
    if not by.may("calendars.edit"):
        raise Refused("您不能修改工作日历。", permission="calendars.edit")
    problems = _problems(year, days)
    cleaned = {}
    for field, text, limit, word in (("notice", notice, 60, "文号"), ("source", source, 200, "来源")):
        try:
            cleaned[field] = clean_text(text, limit=limit)
        except ValueError as error:
            problems[field] = str(error)
        else:
            if not cleaned[field]:
                problems[field] = f"请填写{word}。"
    if problems:
        raise Invalid(problems)
    _write(year, days, notice=cleaned["notice"], source=cleaned["source"], by=by)


def _problems(year: int, days: Mapping[date, Special]) -> dict[str, str]:
    if not EARLIEST <= year <= LATEST:
        return {"year": f"年份应在 {EARLIEST} 至 {LATEST} 之间。"}
    for day, special in sorted(days.items()):
        if day.year != year:
            return {"days": f"{day.isoformat()} 不在 {year} 年。"}
        weekend = day.weekday() > 4
        if special.kind is Kind.WORK and not weekend:
            return {"days": f"{day.isoformat()} 是星期{'一二三四五'[day.weekday()]}，本来就上班，不用标“班”。"}
        if special.kind is Kind.REST and weekend:
            return {"days": f"{day.isoformat()} 是周末，本来就休息，不用标“休”。"}
    return {}


def _write(year: int, days: Mapping[date, Special], *, notice: str, source: str, by: Actor) -> None:
    with transaction.atomic():
        row, _ = CalendarYear.objects.update_or_create(year=year, defaults={"notice": notice, "source": source})
        SpecialDay.objects.filter(year=row).delete()
        SpecialDay.objects.bulk_create(
            SpecialDay(day=day, year=row, kind=special.kind, name=special.name[:40]) for day, special in days.items()
        )
        Edition.objects.get_or_create(pk=1)
        Edition.objects.filter(pk=1).update(number=F("number") + 1)
        body = {
            "year": year,
            "notice": notice,
            "rest": sorted(d.isoformat() for d, s in days.items() if s.kind is Kind.REST),
            "work": sorted(d.isoformat() for d, s in days.items() if s.kind is Kind.WORK),
        }
        record("calendar.published", f"calendar:{year}", by=by, body=body)
    queries.forget()
