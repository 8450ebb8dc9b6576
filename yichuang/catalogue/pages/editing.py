"""Acts on one item: its limits, what is in force, where it is taken in."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yichuang.catalogue import queries
from yichuang.catalogue.actions import placement, version
from yichuang.catalogue.forms import LimitsForm, PlacementForm, ReasonForm, attempted
from yichuang.catalogue.models import ItemVersion
from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.lib.errors import Conflict


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands around a form."""

    title: str
    button: str
    code: str
    lead: str = ""
    is_grave: bool = False


def _show(request: StaffRequest, form: forms.Form, sheet: _Sheet) -> HttpResponse:
    context = {"form": form, "sheet": sheet}
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


def _done(request: StaffRequest, sentence: str, code: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(reverse("catalogue:item", args=[code]))


def _base(code: str) -> ItemVersion:
    history = queries.history(code)
    return next((v for v in history if v.state == "published"), history[0])


@staff("catalogue.edit")
@require_http_methods(["GET", "POST"])
def limits(request: StaffRequest, code: str) -> HttpResponse:
    base = _base(code)
    form = LimitsForm(request.POST or None, initial=LimitsForm.values_of(base))

    def act() -> ItemVersion:
        values = form.cleaned_data
        return version.amend_limits(code, form.limits(), values["note"], based_on=values["based_on"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return _done(request, "已按新的时限生成新版本，此前受理的办件仍按原版本计算。", code)
    lead = f"{base.name}，现为第 {base.number} 版。保存后生成新版本并保留旧版本。"
    return _show(request, form, _Sheet("修改时限", "保存为新版本", code, lead))


@staff("catalogue.edit")
@require_POST
def publishing(request: StaffRequest, code: str, number: int) -> HttpResponse:
    try:
        version.publish(code, number, by=request.actor)
    except Conflict as error:
        messages.error(request, str(error))
        return redirect(reverse("catalogue:item", args=[code]))
    return _done(request, f"第 {number} 版已发布。", code)


@staff("catalogue.edit")
@require_http_methods(["GET", "POST"])
def retirement(request: StaffRequest, code: str, number: int) -> HttpResponse:
    shown = queries.numbered(code, number)
    form = ReasonForm(request.POST or None)

    def act() -> ItemVersion:
        return version.retire(code, number, form.cleaned_data["note"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return _done(request, f"第 {number} 版已停用，窗口不再受理。", code)
    lead = f"{shown.name}，第 {number} 版。停用后窗口查不到、不能受理；已受理的办件不受影响。"
    return _show(request, form, _Sheet("停用事项", "停用", code, lead, is_grave=True))


@staff("catalogue.edit")
@require_http_methods(["GET", "POST"])
def placing(request: StaffRequest, code: str) -> HttpResponse:
    base = _base(code)
    form = PlacementForm(request.POST or None, initial=PlacementForm.values_of(base.item))

    def act() -> object:
        return placement.place(base.item, form.wanted(), by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return _done(request, f"进驻方式：{base.item.placement_label}。", code)
    lead = f"{base.name}。除社保、医保、税务、公安、不动产、公积金六类外，都应进综合窗口。"
    return _show(request, form, _Sheet("进驻方式", "保存", code, lead))
