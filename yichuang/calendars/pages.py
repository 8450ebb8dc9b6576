from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yichuang.calendars import ports, queries
from yichuang.calendars.formats import as_lines
from yichuang.calendars.forms import ChangeForm, DayForm, PublicationForm
from yichuang.calendars.rules import Kind, MonthDay, WorkingCalendar, month_of, working_days_of
from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.lib.errors import NotFound

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Month:
    number: int
    weeks: list[list[MonthDay | None]]
    working_days: int


@staff("calendars.view")
@require_GET
def year(request: StaffRequest, year: int | None = None) -> HttpResponse:
    calendar = queries.working_calendar()
    number = year or timezone.localdate().year
    _known(calendar, number)
    counts = working_days_of(calendar, number)
    context = {
        "year": number,
        "months": [Month(n, month_of(calendar, number, n), counts[n - 1]) for n in range(1, 13)],
        "total": sum(counts),
        "published": number <= calendar.published_until.year,
        "first": calendar.first.year,
        "last": calendar.last.year,
        "next_to_publish": calendar.published_until.year + 1,
        "row": queries.year_row(number),
        "specials": [(day, special) for day, special in sorted(calendar.specials.items()) if day.year == number],
        "today": timezone.localdate(),
        "rest": Kind.REST,
    }
    return render(request, "calendars/year.html", context)


def _known(calendar: WorkingCalendar, year: int) -> None:
    if not calendar.first.year <= year <= calendar.last.year:
        raise NotFound(f"工作日历只有 {calendar.first.year} 至 {calendar.last.year} 年。")


@staff("calendars.edit")
@require_http_methods(["GET", "POST"])
def publication(request: StaffRequest, year: int) -> HttpResponse:
    calendar = queries.working_calendar()
    _known(calendar, year)
    row = queries.year_row(year)
    specials = {day: special for day, special in calendar.specials.items() if day.year == year}
    initial = {
        "rest": as_lines(specials, Kind.REST),
        "work": as_lines(specials, Kind.WORK),
        "notice": row.notice if row else "",
        "source": row.source if row else f"《国务院办公厅关于{year}年部分节假日安排的通知》",
        "seen": queries.edition(),
    }
    form = PublicationForm(request.POST or None, initial=initial, year=year)
    title = f"修改 {year} 年安排" if row else f"公布 {year} 年安排"
    lead = "没有填入的日子就是普通日：星期一至星期五上班，周末休息。"
    if row is None:
        lead = f"已填入法定放假日，请按通知改成全部放假和调休安排。{lead}"
    fields = ("rest", "work", "notice", "source")
    return _change(request, form, {"title": title, "lead": lead, "year": year, "fields": fields})


@staff("calendars.edit")
@require_http_methods(["GET", "POST"])
def special_day(request: StaffRequest, year: int) -> HttpResponse:
    _known(queries.working_calendar(), year)
    initial = {"day": request.GET.get("day", ""), "seen": queries.edition()}
    form = DayForm(request.POST or None, initial=initial)
    lead = "国务院办公厅另行通知、只涉及个别日子时使用。"
    fields = ("day", "kind", "name", "notice")
    return _change(request, form, {"title": "修改某一天", "lead": lead, "year": year, "fields": fields})


def _change(request: StaffRequest, form: ChangeForm, context: dict[str, Any]) -> HttpResponse:
    """First what the change would move, then the change: nobody moves due days without having seen which."""
    if request.method == "POST" and request.POST.get("step") == "save":
        if form.attempt(lambda: form.save(by=request.actor)):
            messages.success(request, "工作日历已修改。")
            return redirect("calendars:year", context["year"])
    elif request.method == "POST" and form.is_valid():
        moved = ports.moved_by(queries.working_calendar(), form.proposed())
        context |= {"moved": moved[:SHOWN], "count": len(moved)}
    return render(request, "calendars/change.html", {"form": form, **context}, status=422 if form.errors else 200)
