"""Opening hours (服务时间): weekly sessions, and what differs on a date."""

from collections.abc import Sequence
from datetime import date, time

from django.db import transaction
from django.db.models import F

from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Invalid
from yichuang.places.actions._door import RUNNING, check_may_edit
from yichuang.places.actions._input import Input
from yichuang.places.models import Hall, OpeningHours, SpecialHours
from yichuang.places.rules.days import Session, as_words, overlapping


def add(hall: Hall, weekdays: Sequence[int], session: Session, *, valid_from: date, by: Actor) -> list[OpeningHours]:
    """Add one session to some weekdays from a date on. A session that shares time with another is refused."""
    check_may_edit(by=by, hall=hall)
    opens_at, closes_at = session
    form = Input()
    if not weekdays or any(day not in range(7) for day in weekdays):
        form.refuse("weekdays", "请选择星期。")
    if closes_at <= opens_at:
        form.refuse("closes_at", "结束时间必须晚于开始时间。")
    form.done()
    rows = [
        OpeningHours(hall=hall, weekday=day, opens_at=opens_at, closes_at=closes_at, valid_from=valid_from)
        for day in sorted(set(weekdays))
    ]
    with transaction.atomic():
        _queue_up(hall)
        for row in rows:
            _refuse_overlap(row)
        OpeningHours.objects.bulk_create(rows)
        body = {"hall": hall.code, "weekdays": [r.weekday for r in rows], "valid_from": valid_from.isoformat()}
        record("hours.added", hall.subject, by=by, body={**body, "session": _iso(opens_at, closes_at)})
    return rows


def end(row: OpeningHours, *, last_day: date, by: Actor) -> None:
    """A session holds until this day and no longer; one that would never have held is taken away."""
    check_may_edit(by=by, hall=row.hall)
    if row.valid_to is not None and last_day > row.valid_to:
        raise Invalid({"last_day": "这段服务时间此前已经结束，不能延长；请另加一段。"})
    body = {"hall": row.hall.code, "weekday": row.weekday, "last_day": last_day.isoformat()}
    with transaction.atomic():
        _queue_up(row.hall)
        if last_day < row.valid_from:
            changed, _ = OpeningHours.objects.filter(pk=row.pk).delete()
        else:
            changed = OpeningHours.objects.filter(pk=row.pk).update(valid_to=last_day)
        if not changed:
            raise Conflict("这段服务时间已经被别人删除。")
        record("hours.ended", row.hall.subject, by=by, body={**body, "session": _iso(row.opens_at, row.closes_at)})


def set_special(hall: Hall, day: date, sessions: Sequence[Session], reason: str, *, by: Actor) -> None:
    """What holds on one date in place of the week; no session means closed. An earlier arrangement is replaced."""
    check_may_edit(by=by, hall=hall, permission=RUNNING)
    form = Input()
    reason = form.text("reason", reason, limit=80, required="请写明原因，会向群众公布。")
    ordered = sorted(sessions)
    if any(closes <= opens for opens, closes in ordered):
        form.refuse("sessions", "结束时间必须晚于开始时间。")
    elif any(overlapping(ordered[:n], *session) for n, session in enumerate(ordered)):
        form.refuse("sessions", "各段时间不能重叠。")
    form.done()
    times: list[tuple[time | None, time | None]] = [*ordered] or [(None, None)]
    with transaction.atomic():
        _queue_up(hall)
        SpecialHours.objects.filter(hall=hall, day=day).delete()
        SpecialHours.objects.bulk_create(
            [SpecialHours(hall=hall, day=day, opens_at=a, closes_at=b, reason=reason) for a, b in times]
        )
        body = {"hall": hall.code, "day": day.isoformat(), "sessions": [_iso(a, b) for a, b in ordered]}
        record("hours.special_set", hall.subject, by=by, body=body, detail=reason)


def drop_special(hall: Hall, day: date, *, by: Actor) -> None:
    """The week holds again on this date."""
    check_may_edit(by=by, hall=hall, permission=RUNNING)
    with transaction.atomic():
        dropped, _ = SpecialHours.objects.filter(hall=hall, day=day).delete()
        if not dropped:
            raise Conflict("这一天没有特殊安排。")
        record("hours.special_dropped", hall.subject, by=by, body={"hall": hall.code, "day": day.isoformat()})


def _queue_up(hall: Hall) -> None:
    """Writers of one hall's hours come one after the other: PostgreSQL holds the row, SQLite the file, until commit."""
    Hall.objects.filter(pk=hall.pk).update(hours_revision=F("hours_revision") + 1)


def _refuse_overlap(row: OpeningHours) -> None:
    others = OpeningHours.objects.filter(hall=row.hall, weekday=row.weekday)
    later = [o for o in others if o.valid_to is None or o.valid_to >= row.valid_from]
    clash = overlapping([(o.opens_at, o.closes_at) for o in later], row.opens_at, row.closes_at)
    if clash is not None:
        weekday = "一二三四五六日"[row.weekday]
        raise Invalid({"opens_at": f"星期{weekday}已有 {as_words([clash])}，时间重叠。请先结束原来的时段。"})


def _iso(opens_at: time, closes_at: time) -> str:
    return f"{opens_at:%H:%M}-{closes_at:%H:%M}"
