"""Divisions (行政区划): entered, renamed and abolished, never overwritten."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Invalid
from yichuang.places.actions._door import check_may_edit, insert
from yichuang.places.actions._input import Input
from yichuang.places.models import Department, Division, Hall
from yichuang.places.rules.divisions import level_and_code, possible_parents
from yichuang.places.rules.kinds import Level

_LIVE = "还有下级区划、部门或大厅挂在“{name}”下（区划 {children}、部门 {departments}、大厅 {halls}），请指定由哪个区划承接。"


def register(code: str, name: str, *, by: Actor, valid_from: date | None = None, is_sample: bool = False) -> Division:
    """Enter a division below the one its code names. A code already in force is refused."""
    check_may_edit(by=by)
    form = Input()
    name = form.text("name", name, limit=60, required="请填写区划名称。")
    try:
        level, code = level_and_code(code)
    except ValueError as error:
        form.refuse("code", str(error))
        form.done()
    parent = _parent(level, code)
    if parent is None and level in (Level.TOWN, Level.VILLAGE):
        form.refuse("code", f"还没有上级区划 {possible_parents(level, code)[0]}，请先登记上级。")
    taken = Division.objects.filter(code=code, valid_to=None).first()
    if taken is not None:
        form.refuse("code", f"代码 {code} 已登记为“{taken.name}”。")
    form.done()
    row = Division(code=code, name=name, level=level, parent=parent, valid_from=valid_from, is_sample=is_sample)
    try:
        insert(row, "division.registered", by=by, body={"code": code}, detail=name)
    except IntegrityError as error:
        raise Invalid({"code": f"代码 {code} 刚刚被别人登记。"}) from error
    return row


def rename(division: Division, name: str, *, since: date, by: Actor) -> Division:
    """The same code goes on under another name: a new row succeeds the old one and takes over what hung on it."""
    check_may_edit(by=by)
    form = Input()
    name = form.text("name", name, limit=60, required="请填写新名称。")
    form.done()
    heir = Division(
        code=division.code,
        name=name,
        level=division.level,
        parent=division.parent,
        valid_from=since,
        is_sample=division.is_sample,
    )
    with transaction.atomic():
        _end(division, since - timedelta(days=1), by=by)
        insert(heir, "division.registered", by=by, body={"code": heir.code, "predecessor": division.pk}, detail=name)
        _hand_over(division, heir)
    return heir


def close(division: Division, *, last_day: date, by: Actor, successor: Division | None = None) -> Division:
    """Abolish a division. What still hangs on it goes to the successor; without one, nothing may hang on it."""
    check_may_edit(by=by)
    if successor is not None and (successor.pk == division.pk or successor.valid_to is not None):
        raise Invalid({"successor": "承接的区划必须是另一个现行区划。"})
    with transaction.atomic():
        _end(division, last_day, by=by, successor=successor)
        if successor is None:
            _refuse_orphans(division)
        else:
            _hand_over(division, successor)
    return division


def _parent(level: Level, code: str) -> Division | None:
    above = {row.code: row for row in Division.objects.filter(code__in=possible_parents(level, code), valid_to=None)}
    return next((above[c] for c in possible_parents(level, code) if c in above), None)


def _end(division: Division, last_day: date, *, by: Actor, successor: Division | None = None) -> None:
    """Compare and swap: of two people who abolish at once one is told so."""
    if division.valid_from and last_day < division.valid_from:
        raise Invalid({"last_day": "终止日期不能早于设立日期。"})
    ended = Division.objects.filter(pk=division.pk, valid_to=None).update(valid_to=last_day, successor=successor)
    if not ended:
        raise Conflict(f"“{division.name}”已经撤销，不能再次撤销。")
    division.valid_to, division.successor = last_day, successor
    body = {"code": division.code, "last_day": last_day.isoformat(), "successor": successor.pk if successor else None}
    record("division.closed", division.subject, by=by, body=body)


def _hand_over(division: Division, heir: Division) -> None:
    Division.objects.filter(pk=division.pk).update(successor=heir)
    division.successor = heir
    Division.objects.filter(parent=division, valid_to=None).update(parent=heir)
    taken = Department.objects.filter(division=heir).values("name")
    twins = Department.objects.filter(division=division, active_to=None, name__in=taken).values_list("name", flat=True)
    if names := "、".join(twins):
        raise Conflict(f"承接的区划里已有同名部门：{names}。请先改名或撤销。")
    Department.objects.filter(division=division, active_to=None).update(division=heir)
    Hall.objects.filter(division=division, closed_on=None).update(division=heir)


def _refuse_orphans(division: Division) -> None:
    counts = {
        "children": Division.objects.filter(parent=division, valid_to=None).count(),
        "departments": Department.objects.filter(division=division, active_to=None).count(),
        "halls": Hall.objects.filter(division=division, closed_on=None).count(),
    }
    if any(counts.values()):
        raise Conflict(_LIVE.format(name=division.name, **counts))
