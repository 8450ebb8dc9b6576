"""The one place where the calendar is written: permission, rows, a new edition, the event, in one transaction."""

from collections.abc import Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from yichuang.calendars import queries
from yichuang.calendars.formats import builtin, builtin_years
from yichuang.calendars.models import CalendarYear, Edition, SpecialDay
from yichuang.calendars.rules import Kind, Special
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Conflict, Invalid, Refused
from yichuang.lib.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Iterator


def may_edit(by: Actor) -> None:
    if not by.may("calendars.edit"):
        raise Refused("您不能修改工作日历。", permission="calendars.edit")


def cleaned(values: Mapping[str, tuple[str, int, str]]) -> dict[str, str]:
    """Each value cleaned and not empty; ``values`` maps a field to its text, its limit and its word for people."""
    texts, problems = {}, {}
    for field, (text, limit, word) in values.items():
        try:
            texts[field] = clean_text(text, limit=limit)
        except ValueError as error:
            problems[field] = str(error)
        else:
            if not texts[field]:
                problems[field] = f"请填写{word}。"
    if problems:
        raise Invalid(problems)
    return texts


@contextmanager
def change(seen: int | None = None) -> "Iterator[None]":
    """A transaction in which the calendar changes. ``seen`` is the edition the person was looking at.

    The edition row is written first, so that two changes at one moment come one after the other and the second one,
    if it rests on what the first replaced, is refused.
    """
    try:
        with transaction.atomic():
            Edition.objects.get_or_create(pk=1)
            row = Edition.objects.filter(pk=1)
            if not (row if seen is None else row.filter(number=seen)).update(number=new_id()):
                raise Conflict("日历刚刚被别人修改过，请核对现在的内容后再提交。")
            transaction.on_commit(queries.forget)
            yield
    finally:
        queries.forget()


def take_over_builtin(*, by: Actor) -> int:
    """Store the built-in years that are not there yet; returns how many were new. Within ``change``."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    new = [year for year in builtin()["published"] if year["year"] not in known]
    specials = builtin_years()[1]
    for year in new:
        days = {day: special for day, special in specials.items() if day.year == year["year"]}
        write_year(year["year"], days, notice=year["notice"], source=year["source"], by=by)
    return len(new)


def write_year(year: int, days: Mapping[date, Special], *, notice: str, source: str, by: Actor) -> None:
    row, _ = CalendarYear.objects.update_or_create(year=year, defaults={"notice": notice, "source": source})
    SpecialDay.objects.filter(year=row).delete()
    SpecialDay.objects.bulk_create(
        SpecialDay(day=day, year=row, kind=special.kind, name=special.name) for day, special in days.items()
    )
    body = {
        "year": year,
        "rest": sorted(day.isoformat() for day, special in days.items() if special.kind is Kind.REST),
        "work": sorted(day.isoformat() for day, special in days.items() if special.kind is Kind.WORK),
    }
    record("calendar.published", f"calendar:{year}", by=by, body=body, detail=f"{notice}\n{source}")
