"""A special day (特殊日): one weekday on which one rests, or one weekend day on which one works, by a notice of its own."""

from datetime import date

from yichuang.calendars.actions import _door
from yichuang.calendars.models import CalendarYear, SpecialDay
from yichuang.calendars.rules import Kind, problem_with
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Invalid


def mark(day: date, kind: Kind, name: str, *, notice: str, by: Actor, seen: int | None = None) -> None:
    """Mark a day of a published year, or change how it is marked."""
    _door.may_edit(by)
    if sentence := problem_with(day, kind):
        raise Invalid({"day": sentence})
    texts = _door.cleaned({"name": (name, 40, "名称"), "notice": (notice, 60, "文号")})
    with _door.change(seen):
        _door.take_over_builtin(by=by)
        row = _published(day)
        before = SpecialDay.objects.filter(pk=day).values_list("kind", flat=True).first()
        SpecialDay.objects.update_or_create(day=day, defaults={"year": row, "kind": kind.value, **texts})
        body = {"day": day.isoformat(), "kind": kind.value, "before": before or "ordinary"}
        record("calendar.day_marked", f"calendar:{day.year}", by=by, body=body, detail="\n".join(texts.values()))


def clear(day: date, *, notice: str, by: Actor, seen: int | None = None) -> None:
    """Make a special day an ordinary one again."""
    _door.may_edit(by)
    texts = _door.cleaned({"notice": (notice, 60, "文号")})
    with _door.change(seen):
        _door.take_over_builtin(by=by)
        row = SpecialDay.objects.filter(pk=day).first()
        if row is None:
            raise Conflict(f"{day.isoformat()} 本来就是普通日，没有可以取消的标记。")
        row.delete()
        body = {"day": day.isoformat(), "before": row.kind}
        record("calendar.day_cleared", f"calendar:{day.year}", by=by, body=body, detail=texts["notice"])


def _published(day: date) -> CalendarYear:
    row = CalendarYear.objects.filter(pk=day.year).first()
    if row is None:
        raise Invalid({"day": f"{day.year} 年还没有公布，请先公布全年的安排。"})
    return row
