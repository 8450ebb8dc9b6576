"""Halls (大厅): the list, one hall with its windows, and its day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.lib.errors import Conflict, NotFound
from yichuang.places import queries
from yichuang.places.actions import business_day, hall
from yichuang.places.forms import HallForm, LastDayForm, attempted
from yichuang.places.models import Hall, Window
from yichuang.places.pages._form import Sheet, done, show
from yichuang.places.panels import hall_rows, window_rows
from yichuang.places.rules import composition
from yichuang.places.rules.days import as_words
from yichuang.places.rules.kinds import HALL_STATE_LABELS, HALL_STATE_MOVES, HallState, WindowStatus


@staff("places.view")
@require_GET
def halls(request: StaffRequest) -> HttpResponse:
    everywhere = Hall.objects.select_related("division")
    context = {"rows": hall_rows(everywhere.filter(closed_on=None)), "closed": everywhere.exclude(closed_on=None)}
    return render(request, "places/halls.html", context)


@staff("places.view")
@require_GET
def detail(request: StaffRequest, code: str) -> HttpResponse:
    found = queries.hall(code)
    today = queries.business_day(found)
    functions = queries.functions(with_retired=True)
    facts = queries.facts_of([found])[0]
    context = {
        "hall": found,
        "today": today,
        "sessions": as_words(queries.hours_on(found, today)),
        "service": queries.service_now([found])[found.pk],
        "day": queries.day_of_service(found),
        "windows": window_rows(found, functions),
        "closed_windows": Window.objects.filter(hall=found, status=WindowStatus.CLOSED),
        "verdicts": composition.verdicts(facts, queries.composition_rules(), queries.functions()),
        "is_park": found.kind == "park",
        "park_advice": composition.PARK_ADVICE,
        "moves": [(s, HALL_STATE_LABELS[s]) for s in HALL_STATE_MOVES[HallState(found.state)]],
    }
    return render(request, "places/hall.html", context)


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def registration(request: StaffRequest) -> HttpResponse:
    form = HallForm(request.POST or None, initial={"day_starts_at": "00:00"})

    def act() -> Hall:
        values = form.cleaned_data
        return hall.register(values["code"], values["division"], form.particulars(), by=request.actor)

    if request.method == "POST" and attempted(form, act):
        code = form.cleaned_data["code"].upper()
        return done(
            request, f"已登记“{form.cleaned_data['name']}”，请设置服务时间和窗口。", reverse("places:hall", args=[code])
        )
    return show(request, form, Sheet("登记大厅", "登记", reverse("places:halls"), "新大厅先处于“筹备”状态。"))


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, code: str) -> HttpResponse:
    found = queries.hall(code)
    form = HallForm(request.POST or None)
    form.fix(found)
    back = reverse("places:hall", args=[code])
    if request.method == "POST" and attempted(form, lambda: hall.change(found, form.particulars(), by=request.actor)):
        return done(request, "已保存。", back)
    return show(request, form, Sheet(f"修改大厅：{found.name}", "保存", back))


@staff("places.edit")
@require_POST
def state(request: StaffRequest, code: str) -> HttpResponse:
    found = queries.hall(code)
    try:
        hall.move(found, request.POST.get("state", ""), by=request.actor)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{found.name}”已转为{HALL_STATE_LABELS[HallState(found.state)]}。")
    return redirect("places:hall", code)


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def closing(request: StaffRequest, code: str) -> HttpResponse:
    found = queries.hall(code)
    form = LastDayForm(request.POST or None)

    def act() -> Hall:
        return hall.close(found, last_day=form.cleaned_data["last_day"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, f"“{found.name}”已关闭。", reverse("places:halls"))
    lead = "关闭后不能再受理，所有窗口同时撤销；记录保留。"
    back = reverse("places:hall", args=[code])
    return show(request, form, Sheet(f"关闭大厅：{found.name}", "关闭", back, lead, is_grave=True))


@staff("places.run")
@require_POST
def day(request: StaffRequest, code: str) -> HttpResponse:
    """Open, close or reopen the hall's present day."""
    found = queries.hall(code)
    acts = {"open": business_day.open_day, "close": business_day.close_day, "reopen": business_day.reopen_day}
    words = {"open": "已开厅。", "close": "已闭厅。", "reopen": "已重新开厅。"}
    wanted = request.POST.get("act", "")
    if wanted not in acts:
        raise NotFound
    try:
        acts[wanted](found, by=request.actor)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words[wanted])
    return redirect("places:hall", code)
