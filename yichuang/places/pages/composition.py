"""Make-up of the halls (窗口设置标准) and window functions: every hall against the figures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.lib.errors import NotFound
from yichuang.places import queries
from yichuang.places.actions import composition as acts
from yichuang.places.actions import function
from yichuang.places.forms import FunctionForm, RuleForm, attempted
from yichuang.places.models import CompositionRule, Function
from yichuang.places.pages._form import Sheet, done, show
from yichuang.places.panels import coverage, rule_rows
from yichuang.places.rules.composition import DEFAULT_RULES, PARK_ADVICE, is_measure, measure_label
from yichuang.places.rules.kinds import FUNCTION_GROUP_LABELS, HALL_KIND_LABELS, FunctionFact, HallKind


@staff("places.view")
@require_GET
def composition(request: StaffRequest) -> HttpResponse:
    return render(request, "places/composition.html", coverage() | {"park_advice": PARK_ADVICE})


@staff("places.view")
@require_GET
def rules(request: StaffRequest) -> HttpResponse:
    return render(request, "places/rules.html", {"rows": rule_rows()})


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def rule(request: StaffRequest, hall_kind: str, measure: str) -> HttpResponse:
    if hall_kind not in set(HALL_KIND_LABELS) or not is_measure(measure):
        raise NotFound("没有这条标准。")
    form = RuleForm(request.POST or None, initial=_present(hall_kind, measure))
    back = reverse("places:rules")

    def act() -> CompositionRule:
        is_active = form.cleaned_data["is_active"]
        return acts.set_rule(form.rule(hall_kind, measure), is_active=is_active, by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, "已保存设置标准。", back)
    title = f"{HALL_KIND_LABELS[HallKind(hall_kind)]}：{measure_label(measure, queries.functions())}"
    return show(request, form, Sheet(title, "保存", back, "改动会记入审计台账，旧的标准仍可查到。"))


def _present(hall_kind: str, measure: str) -> dict[str, object]:
    row = CompositionRule.objects.filter(hall_kind=hall_kind, measure=measure).first()
    if row is not None:
        return {"least": row.least, "most": row.most, "basis": row.basis, "is_active": row.is_active}
    default = next((r for r in DEFAULT_RULES if (r.hall_kind, r.measure) == (hall_kind, measure)), None)
    if default is None:
        return {"is_active": True}
    return {"least": default.least, "most": default.most, "basis": default.basis, "is_active": True}


@staff("places.view")
@require_GET
def functions(request: StaffRequest) -> HttpResponse:
    groups: dict[str, list[FunctionFact]] = {label: [] for label in FUNCTION_GROUP_LABELS.values()}
    for fact in queries.functions(with_retired=True).values():
        groups[FUNCTION_GROUP_LABELS[fact.group]].append(fact)
    retired = set(Function.objects.filter(is_active=False).values_list("code", flat=True))
    return render(request, "places/functions.html", {"groups": groups, "retired": retired})


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def function_page(request: StaffRequest, code: str = "") -> HttpResponse:
    known = queries.functions(with_retired=True).get(code)
    if code and known is None:
        raise NotFound("没有这项窗口职能。")
    form = FunctionForm(request.POST or None)
    if known is not None:
        is_active = known.code in queries.functions()
        form.initial = {"code": known.code, "name": known.name, "group": known.group.value, "is_active": is_active}
        form.fields["code"].disabled = True
    back = reverse("places:functions")

    def act() -> Function:
        values = form.cleaned_data
        return function.register(
            values["code"], values["name"], values["group"], is_active=values["is_active"], by=request.actor
        )

    if request.method == "POST" and attempted(form, act):
        return done(request, f"已保存职能“{form.cleaned_data['name']}”。", back)
    return show(request, form, Sheet("修改窗口职能" if known else "增加窗口职能", "保存", back))
