"""Departments (部门): the list, one by one and many at once."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.places.actions import bulk_entry, department
from yichuang.places.forms import DepartmentBulkForm, DepartmentForm, LastDayForm, attempted
from yichuang.places.models import Department
from yichuang.places.pages._form import Sheet, done, show


@staff("places.view")
@require_GET
def departments(request: StaffRequest) -> HttpResponse:
    rows = Department.objects.select_related("division")
    live = [row for row in rows if row.active_to is None]
    former = [row for row in rows if row.active_to is not None]
    return render(request, "places/departments.html", {"rows": live, "former": former})


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def registration(request: StaffRequest) -> HttpResponse:
    form = DepartmentForm(request.POST or None)

    def act() -> None:
        values = form.cleaned_data
        if Department.objects.filter(division=values["division"], name=values["name"]).exists():
            form.add_error("name", f"“{values['division'].name}”已有同名部门。")
            return
        department.register(
            name=values["name"],
            division=values["division"],
            uscc=values["uscc"],
            particulars=form.particulars(),
            by=request.actor,
        )

    back = reverse("places:departments")
    if request.method == "POST" and attempted(form, act):
        return done(request, f"已登记部门“{form.cleaned_data['name']}”。", back)
    return show(request, form, Sheet("登记部门", "登记", back, "先在“区划”登记所属区划。"))


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Department.objects.select_related("division"), pk=pk)
    form = DepartmentForm(request.POST or None, initial=DepartmentForm.values_of(row))
    del form.fields["division"]

    def act() -> Department:
        values = form.cleaned_data
        return department.change(
            row,
            name=values["name"],
            uscc=values["uscc"],
            particulars=form.particulars(is_sample=row.is_sample),
            by=request.actor,
        )

    back = reverse("places:departments")
    if request.method == "POST" and attempted(form, act):
        return done(request, f"已修改部门“{form.cleaned_data['name']}”。", back)
    return show(request, form, Sheet(f"修改部门：{row.name}", "保存", back, row.uscc_warning))


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def closing(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Department, pk=pk)
    form = LastDayForm(request.POST or None)
    back = reverse("places:departments")

    def act() -> Department:
        return department.close(row, last_day=form.cleaned_data["last_day"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, f"部门“{row.name}”已撤销。", back)
    lead = "撤销后保留为历史，原有事项和办件仍然记着它。"
    return show(request, form, Sheet(f"撤销部门：{row.name}", "撤销", back, lead, is_grave=True))


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def bulk(request: StaffRequest) -> HttpResponse:
    form = DepartmentBulkForm(request.POST or None)
    bad: list[bulk_entry.BadLine] = []
    entered: list[bulk_entry.Entered] = []

    def act() -> None:
        values = form.cleaned_data
        try:
            entered.append(bulk_entry.enter_departments(values["lines"], values["division"], by=request.actor))
        except bulk_entry.BadLines as error:
            bad.extend(error.lines)
            raise

    if request.method == "POST" and attempted(form, act):
        words = f"新登记 {entered[0].created} 个部门，{entered[0].unchanged} 行此前已登记。"
        return done(request, words, reverse("places:departments"))
    lead = "每行写“统一社会信用代码 名称”，没有代码可只写名称。"
    sheet = Sheet("批量录入部门", "录入", reverse("places:departments"), lead)
    return render(
        request, "places/bulk.html", {"form": form, "bad": bad, "sheet": sheet}, status=422 if form.errors else 200
    )
