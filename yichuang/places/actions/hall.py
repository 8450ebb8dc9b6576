"""Halls (大厅): registered, changed, brought into operation, closed."""

import re
from dataclasses import asdict, dataclass
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError, transaction

from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Invalid
from yichuang.places.actions._door import check_may_edit, insert, update
from yichuang.places.actions._input import Input
from yichuang.places.models import Division, Hall, Window
from yichuang.places.rules.kinds import (
    HALL_KIND_LABELS,
    HALL_LEVELS,
    HALL_STATE_LABELS,
    HALL_STATE_MOVES,
    HallKind,
    HallState,
    Level,
    WindowStatus,
)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a hall beside its code and division."""

    name: str
    kind: str
    address: str = ""
    phone: str = ""
    time_zone: str = "Asia/Shanghai"
    day_starts_at: time = time(0)


def register(code: str, division: Division, particulars: Particulars, *, by: Actor, is_sample: bool = False) -> Hall:
    """A new hall begins as 筹备: nobody is served there yet."""
    check_may_edit(by=by)
    form = Input()
    code = form.text("code", code, limit=20, required="请填写大厅编号。").upper()
    if code and not re.fullmatch(r"[0-9A-Z]([0-9A-Z-]*[0-9A-Z])?", code):
        form.refuse("code", "大厅编号只能由字母、数字和短横线组成，如 510811-01。")
    if Hall.objects.filter(code=code).exists():
        form.refuse("code", f"编号 {code} 已被使用。")
    values = _checked(form, particulars, division)
    form.done()
    row = Hall(code=code, division=division, is_sample=is_sample, **values)
    body = {"code": code, "kind": row.kind, "division": division.code}
    try:
        insert(row, "hall.registered", by=by, body=body, detail=row.name)
    except IntegrityError as error:
        raise Invalid({"code": f"编号 {code} 刚刚被别人使用。"}) from error
    return row


def change(hall: Hall, particulars: Particulars, *, by: Actor) -> Hall:
    check_may_edit(by=by, hall=hall)
    form = Input()
    values = _checked(form, particulars, hall.division)
    form.done()
    update(hall, values, "hall.changed", by=by, body={"code": hall.code})
    return hall


def move(hall: Hall, state: str, *, by: Actor) -> Hall:
    """Carry a hall from 筹备 to 试运行 to 正式运行 (plan 四)."""
    check_may_edit(by=by, hall=hall)
    if hall.closed_on is not None:
        raise Conflict(f"“{hall.name}”已经关闭。")
    possible = HALL_STATE_MOVES[HallState(hall.state)]
    if state not in possible:
        words = "、".join(HALL_STATE_LABELS[s] for s in possible)
        raise Conflict(f"“{hall.name}”现在是{HALL_STATE_LABELS[HallState(hall.state)]}，只能转为{words}。")
    body = {"code": hall.code, "from": hall.state, "to": state}
    update(hall, {"state": state}, "hall.moved", by=by, body=body)
    return hall


def close(hall: Hall, *, last_day: date, by: Actor) -> Hall:
    """Close a hall for good, and its windows with it. Cases and tickets keep naming it."""
    check_may_edit(by=by, hall=hall)
    if hall.closed_on is not None:
        raise Conflict(f"“{hall.name}”已经关闭。")
    body = {"code": hall.code, "last_day": last_day.isoformat()}
    ended = {"status": WindowStatus.CLOSED.value, "closed_on": last_day}
    with transaction.atomic():
        update(hall, {"closed_on": last_day}, "hall.closed", by=by, body=body)
        # In the order of their subjects, after the hall's own: the ledger's heads are never taken crosswise.
        windows = Window.objects.filter(hall=hall).exclude(status=WindowStatus.CLOSED)
        for window in sorted(windows, key=lambda w: w.subject):
            update(window, ended, "window.closed", by=by, body={"hall": hall.code, "number": window.number})
    return hall


def _checked(form: Input, particulars: Particulars, division: Division) -> dict[str, object]:
    kind = form.member("kind", particulars.kind, HALL_KIND_LABELS, "请选择大厅类别。")
    if "kind" not in form.problems and Level(division.level) not in HALL_LEVELS[HallKind(kind)]:
        form.refuse("kind", f"“{division.name}”是{division.level_label}，不能设{HALL_KIND_LABELS[HallKind(kind)]}。")
    try:
        ZoneInfo(particulars.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        form.refuse("time_zone", "没有这个时区，请填写如 Asia/Shanghai。")
    return {
        **asdict(particulars),
        "name": form.text("name", particulars.name, limit=60, required="请填写大厅名称。"),
        "address": form.text("address", particulars.address, limit=120),
        "phone": form.phone("phone", particulars.phone),
    }
