"""Departments (部门): the bodies that answer for items."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError

from yichuang.lib.actor import Actor
from yichuang.lib.codes import check_uscc
from yichuang.lib.errors import Conflict, Invalid
from yichuang.places.actions._door import check_may_edit, insert, update
from yichuang.places.actions._input import Input
from yichuang.places.models import Department, Division
from yichuang.places.rules.kinds import DEPARTMENT_KIND_LABELS, DepartmentKind


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a department beside its name."""

    short_name: str = ""
    kind: str = DepartmentKind.GOVERNMENT.value
    phone: str = ""
    sort_key: int = 1000
    active_from: date | None = None
    is_sample: bool = False


def register(
    *, name: str, division: Division, uscc: str = "", by: Actor, particulars: Particulars | None = None
) -> Department:
    """The department of this name in this division, made if it is not there. An existing one is returned as it is."""
    check_may_edit(by=by)
    form = Input()
    name = form.text("name", name, limit=80, required="请填写部门名称。")
    values = _checked(form, uscc, particulars or Particulars())
    form.done()
    if earlier := _named(division, name):
        return earlier
    row = Department(name=name, division=division, **values)
    try:
        insert(row, "department.registered", by=by, body={"division": division.code, "uscc": row.uscc}, detail=name)
    except IntegrityError:
        # Two importers met the same new department at one moment: the first one's row serves both.
        if earlier := _named(division, name):
            return earlier
        raise
    return row


def change(department: Department, *, name: str, uscc: str, particulars: Particulars, by: Actor) -> Department:
    check_may_edit(by=by)
    form = Input()
    name = form.text("name", name, limit=80, required="请填写部门名称。")
    values = _checked(form, uscc, particulars)
    twin = _named(department.division, name)
    if twin is not None and twin.pk != department.pk:
        form.refuse("name", f"“{department.division.name}”已有同名部门。")
    form.done()
    update(department, {"name": name, **values}, "department.changed", by=by, body={"uscc": values["uscc"]})
    return department


def close(department: Department, *, last_day: date, by: Actor) -> Department:
    """Abolish a department. Its items and cases keep naming it."""
    check_may_edit(by=by)
    if department.active_to is not None:
        raise Conflict(f"“{department.name}”已经撤销。")
    if department.active_from and last_day < department.active_from:
        raise Invalid({"last_day": "撤销日期不能早于设立日期。"})
    body = {"last_day": last_day.isoformat()}
    update(department, {"active_to": last_day}, "department.closed", by=by, body=body)
    return department


def _named(division: Division, name: str) -> Department | None:
    return Department.objects.filter(division=division, name=name).select_related("division").first()


def _checked(form: Input, uscc: str, particulars: Particulars) -> dict[str, object]:
    """A USCC that fails its check is kept with the reason: real catalogues carry such, and refusing would lose items."""
    verdict = check_uscc(form.text("uscc", uscc, limit=40)) if uscc.strip() else None
    form.member("kind", particulars.kind, DEPARTMENT_KIND_LABELS, "请选择部门类别。")
    return {
        **asdict(particulars),
        "short_name": form.text("short_name", particulars.short_name, limit=20),
        "phone": form.phone("phone", particulars.phone),
        "uscc": form.text("uscc", verdict.normalised, limit=40) if verdict else "",
        "uscc_warning": verdict.reason if verdict else "",
    }
