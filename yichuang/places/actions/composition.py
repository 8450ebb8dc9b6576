"""Figures for the make-up of halls (窗口设置标准) that a district sets in place of the plan's."""

from django.db import IntegrityError

from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict
from yichuang.places.actions._door import check_may_edit, insert, update
from yichuang.places.actions._input import Input
from yichuang.places.models import CompositionRule
from yichuang.places.rules.composition import Rule, is_measure
from yichuang.places.rules.kinds import HALL_KIND_LABELS


def set_rule(rule: Rule, *, by: Actor, is_active: bool = True) -> CompositionRule:
    """Say how many a kind of hall should have, and on what ground; ``is_active=False`` drops the plan's own rule."""
    check_may_edit(by=by)
    form = Input()
    form.member("hall_kind", rule.hall_kind, HALL_KIND_LABELS, "请选择大厅类别。")
    if not is_measure(rule.measure):
        form.refuse("measure", "没有这个指标。")
    if rule.least is None and rule.most is None:
        form.refuse("least", "至少和至多请填写一个。")
    if rule.least is not None and rule.most is not None and rule.most < rule.least:
        form.refuse("most", "“至多”不能小于“至少”。")
    basis = form.text("basis", rule.basis, limit=120, required="请写明依据，如文件名称和文号。")
    form.done()
    values = {"least": rule.least, "most": rule.most, "basis": basis, "is_active": is_active}
    body = {"hall_kind": str(rule.hall_kind), "measure": rule.measure, "least": rule.least, "most": rule.most}
    row = CompositionRule.objects.filter(hall_kind=rule.hall_kind, measure=rule.measure).first()
    if row is not None:
        update(row, values, "composition.changed", by=by, body=body)
        return row
    row = CompositionRule(hall_kind=rule.hall_kind, measure=rule.measure, **values)
    try:
        insert(row, "composition.set", by=by, body=body, detail=basis)
    except IntegrityError as error:
        raise Conflict("这条标准刚刚被别人设置，请刷新后再改。") from error
    return row
