"""Opening hours (服务时间) of a hall."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.lib.errors import Conflict, Invalid
from yichuang.places import queries
from yichuang.places.actions import hours
from yichuang.places.forms import HoursForm, LastDayForm, SpecialForm, attempted
from yichuang.places.models import OpeningHours, SpecialHours
from yichuang.places.pages._form import Sheet, done, show
from yichuang.places.rules.days import as_words

AHEAD = 14


@staff("places.view")
@require_GET
def timetable(request: StaffRequest, code: str) -> HttpResponse:
    hall = queries.hall(code)
    today = queries.business_day(hall)
    days = [today + timedelta(days=n) for n in range(AHEAD)]
    context = {
        "hall": hall,
        "today": today,
        "weekly": OpeningHours.objects.filter(hall=hall),
        "special": SpecialHours.objects.filter(hall=hall, day__gte=today),
        "ahead": [
            (day, as_words(sessions)) for day, sessions in zip(days, queries.hours_of_days(hall, days), strict=True)
        ],
    }
    return render(request, "places/hours.html", context)


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def addition(request: StaffRequest, code: str) -> HttpResponse:
    hall = queries.hall(code)
    initial = {"weekdays": list("01234"), "valid_from": queries.business_day(hall).isoformat()}
    form = HoursForm(request.POST or None, initial=initial)
    back = reverse("places:hours", args=[code])

    def act() -> list[OpeningHours]:
        values = form.cleaned_data
        session = (values["opens_at"], values["closes_at"])
        return hours.add(hall, form.weekday_numbers(), session, valid_from=values["valid_from"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, "已增加服务时段。", back)
    lead = (
        "星期一至星期五的时段只在工作日有效；星期六、星期日的时段是延时服务，不算工作日，"
        "遇法定节假日不开放的请另设特殊安排。"
    )
    return show(request, form, Sheet(f"增加服务时段：{hall.name}", "增加", back, lead))


@staff("places.edit")
@require_http_methods(["GET", "POST"])
def ending(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    row = get_object_or_404(OpeningHours.objects.select_related("hall"), pk=pk, hall__code=code)
    yesterday = queries.business_day(row.hall) - timedelta(days=1)
    form = LastDayForm(request.POST or None, initial={"last_day": yesterday.isoformat()})
    back = reverse("places:hours", args=[code])
    if request.method == "POST" and attempted(
        form, lambda: hours.end(row, last_day=form.cleaned_data["last_day"], by=request.actor)
    ):
        return done(request, "已结束这段服务时间。", back)
    words = f"星期{'一二三四五六日'[row.weekday]} {as_words([(row.opens_at, row.closes_at)])}"
    return show(request, form, Sheet(f"结束服务时段：{words}", "结束", back))


@staff("places.run")
@require_http_methods(["GET", "POST"])
def special(request: StaffRequest, code: str) -> HttpResponse:
    hall = queries.hall(code)
    form = SpecialForm(request.POST or None)
    back = reverse("places:hours", args=[code])

    def act() -> None:
        values = form.cleaned_data
        hours.set_special(hall, values["day"], values["sessions"], values["reason"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, "已设置特殊安排。", back)
    lead = "只改变这一天。节假日开放是服务时间，不算工作日，不影响办理期限。"
    return show(request, form, Sheet(f"特殊安排：{hall.name}", "保存", back, lead))


@staff("places.run")
@require_POST
def special_removal(request: StaffRequest, code: str) -> HttpResponse:
    hall = queries.hall(code)
    try:
        hours.drop_special(hall, _day(request.POST.get("day", "")), by=request.actor)
    except (Conflict, Invalid) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已取消特殊安排。")
    return redirect("places:hours", code)


def _day(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise Invalid({"day": "日期不对。"}) from error
