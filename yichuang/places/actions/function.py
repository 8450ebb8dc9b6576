"""Window functions of a region (窗口职能): what places agreed among themselves, such as 通办 with a neighbour."""

import re

from yichuang.lib.actor import Actor
from yichuang.places.actions._door import check_may_edit, insert, update
from yichuang.places.actions._input import Input
from yichuang.places.models import Function
from yichuang.places.rules.kinds import FUNCTION_GROUP_LABELS


def register(code: str, name: str, group: str, *, by: Actor, is_active: bool = True) -> Function:
    """Add a function, or rename, regroup or retire the one with this code; the standard ones too."""
    check_may_edit(by=by)
    form = Input()
    code = form.text("code", code, limit=30, required="请填写职能代码。").lower()
    if not re.fullmatch(r"[a-z][a-z0-9_]*", code):
        form.refuse("code", "职能代码由小写字母、数字和下划线组成，以字母开头。")
    name = form.text("name", name, limit=30, required="请填写职能名称。")
    form.member("group", group, FUNCTION_GROUP_LABELS, "请选择职能类别。")
    form.done()
    row = Function.objects.filter(code=code).first()
    values = {"name": name, "group": group, "is_active": is_active}
    if row is None:
        row = Function(code=code, **values)
        insert(row, "function.registered", by=by, body={"code": code, "group": group}, detail=name)
    else:
        update(row, values, "function.changed", by=by, body={"code": code})
    return row
