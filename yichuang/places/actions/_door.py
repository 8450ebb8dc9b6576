"""The one door of places: permission, rows and event together."""

from collections.abc import Mapping
from datetime import date, time

from django.db import models, transaction

from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor, ActorKind
from yichuang.lib.errors import Conflict, NotFound, Refused
from yichuang.places.models import Hall

PERMISSION = "places.edit"
RUNNING = "places.run"
_LABELS = {
    "name": "名称",
    "short_name": "简称",
    "kind": "类别",
    "uscc": "统一社会信用代码",
    "phone": "电话",
    "address": "地址",
    "state": "状态",
    "status": "状态",
    "number": "窗口号",
    "domain": "领域",
    "floor": "楼层",
    "least": "至少",
    "most": "至多",
    "basis": "依据",
    "closed_on": "关闭日期",
    "active_to": "撤销日期",
}


def check_may_edit(*, by: Actor, hall: Hall | None = None, permission: str = PERMISSION) -> None:
    """A hall is edited by whom it is in scope of; what belongs to the whole district by whom everything is.

    Programmes of ours (the importer, the worker) act under WORKER and hold no permissions of people.
    """
    if by.kind is ActorKind.WORKER:
        return
    if not by.may(permission):
        raise Refused("您没有修改组织与大厅的权限。", permission=permission)
    if by.scope.everything:
        return
    if hall is None:
        raise Refused("区划、部门和设置标准由能查看全区的人员维护。", permission=permission)
    if hall.pk not in by.scope.halls:
        raise NotFound("没有这个大厅，或者不在您的管理范围内。")


def insert(row: models.Model, event: str, *, by: Actor, body: Mapping[str, object], detail: str = "") -> None:
    """Write a new row and say so. An IntegrityError passes through: the caller knows what it means."""
    with transaction.atomic():
        row.save(force_insert=True)
        record(event, subject_of(row), by=by, body=body, detail=detail)


def update(
    row: models.Model, changes: Mapping[str, object], event: str, *, by: Actor, body: Mapping[str, object]
) -> bool:
    """Write the fields that differ and say so, with the old and new values in the detail; False when nothing differs.

    Compare and swap on the values that were read: of two people who change the same thing at once one is told so.
    """
    before = {name: getattr(row, name) for name in changes if getattr(row, name) != changes[name]}
    if not before:
        return False
    after = {name: changes[name] for name in before}
    lines = [f"{_LABELS.get(name, name)}：{_shown(before[name])} → {_shown(after[name])}" for name in before]
    with transaction.atomic():
        if not type(row)._default_manager.filter(pk=row.pk, **before).update(**after):  # noqa: SLF001 - Django's own name
            raise Conflict("刚刚被别人修改过，请刷新页面后再改。")
        record(event, subject_of(row), by=by, body={**body, "changed": sorted(before)}, detail="\n".join(lines))
    for name, value in after.items():
        setattr(row, name, value)
    return True


def subject_of(row: models.Model) -> str:
    subject = getattr(row, "subject", None)
    return subject if isinstance(subject, str) else f"{row._meta.model_name}:{row.pk}"  # noqa: SLF001 - Django's public meta


def _shown(value: object) -> str:
    if value is None or value == "":
        return "（空）"
    return value.isoformat() if isinstance(value, date | time) else str(value)
