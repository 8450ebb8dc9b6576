"""Divisions (区划): the tree, and each one's names and time."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.places.actions import bulk_entry, division
from yichuang.places.forms import BulkForm, DivisionClosingForm, DivisionForm, RenamingForm, attempted
from yichuang.places.models import Department, Division, Hall
from yichuang.places.pages._form import Sheet, done, show


@staff("places.view")
@require_GET
def tree(request: StaffRequest) -> HttpResponse:
    in_force = list(Division.objects.filter(valid_to=None))
    depth: dict[int, int] = {}
    for row in in_force:  # A code stands before the codes below it, so a parent's depth is known first.
        depth[row.pk] = depth.get(row.parent_id, -1) + 1 if row.parent_id else 0
    former = Division.objects.exclude(valid_to=None).select_related("successor")
    rows = [(row, min(depth[row.pk], 4)) for row in in_force]
    return render(request, "places/divisions.html", {"rows": rows, "former": former})


@staff("places.view")
@require_GET
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Division.objects.select_related("parent", "successor"), pk=pk)
    context = {
        "division": row,
        "children": Division.objects.filter(parent=row, valid_to=None),
        "predecessors": row.predecessors.all(),
        "departments": Department.objects.filter(division=row, active_to=None),
        "halls": Hall.objects.filter(division=row),
    }
    return render(request, "places/division.html", context)


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def registration(request: StaffRequest) -> HttpResponse:
    form = DivisionForm(request.POST or None)

    def act() -> Division:
        values = form.cleaned_data
        return division.register(values["code"], values["name"], valid_from=values["valid_from"], by=request.actor)

    back = reverse("places:divisions")
    if request.method == "POST" and attempted(form, act):
        return done(request, f"已登记区划“{form.cleaned_data['name']}”。", back)
    lead = "先登记上级，再登记下级；一次登记很多请用“批量录入”。"
    return show(request, form, Sheet("登记区划", "登记", back, lead))


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def renaming(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Division, pk=pk)
    form = RenamingForm(request.POST or None)
    back = reverse("places:division", args=[pk])

    def act() -> Division:
        return division.rename(row, form.cleaned_data["name"], since=form.cleaned_data["since"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, f"“{row.name}”已更名为“{form.cleaned_data['name']}”。", reverse("places:divisions"))
    lead = "代码不变，原名称保留为历史；下级区划、部门和大厅随之转到新名称下。"
    return show(request, form, Sheet(f"更名：{row.name}", "更名", back, lead))


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def closing(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Division, pk=pk)
    form = DivisionClosingForm(request.POST or None)
    back = reverse("places:division", args=[pk])

    def act() -> Division:
        values = form.cleaned_data
        return division.close(row, last_day=values["last_day"], successor=values["successor"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, f"区划“{row.name}”已撤销。", reverse("places:divisions"))
    lead = "撤销后保留为历史。下级区划、部门和大厅由承接的区划接收。"
    return show(request, form, Sheet(f"撤销区划：{row.name}", "撤销", back, lead, is_grave=True))


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def bulk(request: StaffRequest) -> HttpResponse:
    form = BulkForm(request.POST or None)
    bad: list[bulk_entry.BadLine] = []
    entered: list[bulk_entry.Entered] = []

    def act() -> None:
        try:
            entered.append(bulk_entry.enter_divisions(form.cleaned_data["lines"], by=request.actor))
        except bulk_entry.BadLines as error:
            bad.extend(error.lines)
            raise

    if request.method == "POST" and attempted(form, act):
        words = f"新登记 {entered[0].created} 个区划，{entered[0].unchanged} 行此前已登记。"
        return done(request, words, reverse("places:divisions"))
    context = {"form": form, "bad": bad, "sheet": Sheet("批量录入区划", "录入", reverse("places:divisions"))}
    return render(request, "places/bulk.html", context, status=422 if form.errors else 200)
