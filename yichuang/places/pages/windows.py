"""Windows (窗口) of a hall."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.lib.errors import Conflict, NotFound
from yichuang.places import queries
from yichuang.places.actions import window
from yichuang.places.forms import WindowForm, attempted
from yichuang.places.models import Window
from yichuang.places.pages._form import Sheet, done, show


def _window(code: str, pk: int) -> Window:
    return get_object_or_404(Window.objects.select_related("hall"), pk=pk, hall__code=code)


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def opening(request: StaffRequest, code: str) -> HttpResponse:
    hall = queries.hall(code)
    form = WindowForm(request.POST or None)
    back = reverse("places:hall", args=[code])

    def act() -> Window:
        return window.open_window(hall, form.particulars(), carries=form.cleaned_data["carries"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, f"已设立 {form.cleaned_data['number']} 号窗口。", back)
    return show(request, form, Sheet(f"设立窗口：{hall.name}", "设立", back))


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    found = _window(code, pk)
    form = WindowForm(request.POST or None, initial=WindowForm.values_of(found))
    back = reverse("places:hall", args=[code])

    def act() -> Window:
        return window.change(found, form.particulars(), carries=form.cleaned_data["carries"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, f"已修改 {found.number} 号窗口。", back)
    return show(request, form, Sheet(f"修改窗口：{found}", "保存", back))


@staff("places.edit")
@require_POST
def status(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    """Pause, resume or close a window."""
    found = _window(code, pk)
    acts = {"pause": window.pause, "resume": window.resume, "close": window.close}
    words = {"pause": "已暂停使用", "resume": "已恢复使用", "close": "已撤销"}
    wanted = request.POST.get("act", "")
    if wanted not in acts:
        raise NotFound
    try:
        acts[wanted](found, by=request.actor)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{found.number} 号窗口{words[wanted]}。")
    return redirect("places:hall", code)
