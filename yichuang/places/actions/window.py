"""Windows (窗口): opened, changed, paused, closed, and given their functions."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Invalid
from yichuang.places.actions._door import check_may_edit, insert, update
from yichuang.places.actions._input import Input
from yichuang.places.models import Hall, Window, WindowFunction
from yichuang.places.queries import business_day, functions
from yichuang.places.rules.kinds import DOMAIN_LABELS, WINDOW_KIND_LABELS, WindowKind, WindowStatus


@dataclass(frozen=True, slots=True)
class Particulars:
    """How a window is called and what it is."""

    number: str
    name: str
    kind: str = WindowKind.GENERAL.value
    domain: str = ""
    floor: str = ""


def open_window(hall: Hall, particulars: Particulars, *, by: Actor, carries: Iterable[str] = ()) -> Window:
    """Set up a window. A number in use is refused; one of a closed window may be given again."""
    check_may_edit(by=by, hall=hall)
    if hall.closed_on is not None:
        raise Conflict(f"“{hall.name}”已经关闭，不能增设窗口。")
    form = Input()
    values = _checked(form, hall, particulars)
    wanted = _known_functions(form, carries)
    form.done()
    row = Window(hall=hall, opened_on=business_day(hall), **values)
    body = {"hall": hall.code, "number": row.number, "kind": row.kind, "domain": row.domain}
    try:
        with transaction.atomic():
            insert(row, "window.opened", by=by, body=body, detail=row.name)
            _give(row, wanted, by=by)
    except IntegrityError as error:
        raise _number_taken(row.number) from error
    return row


def change(window: Window, particulars: Particulars, *, by: Actor, carries: Iterable[str] | None = None) -> Window:
    """Change what a window is; with ``carries``, also what it does."""
    check_may_edit(by=by, hall=window.hall)
    _refuse_closed(window)
    form = Input()
    values = _checked(form, window.hall, particulars, besides=window)
    wanted = _known_functions(form, carries or ())
    form.done()
    body = {"hall": window.hall.code, "number": values["number"], "kind": values["kind"], "domain": values["domain"]}
    try:
        with transaction.atomic():
            update(window, values, "window.changed", by=by, body=body)
            if carries is not None:
                _give(window, wanted, by=by)
    except IntegrityError as error:
        raise _number_taken(str(values["number"])) from error
    return window


def pause(window: Window, *, by: Actor) -> Window:
    return _switch(window, WindowStatus.IN_USE, WindowStatus.PAUSED, by=by)


def resume(window: Window, *, by: Actor) -> Window:
    return _switch(window, WindowStatus.PAUSED, WindowStatus.IN_USE, by=by)


def close(window: Window, *, by: Actor) -> Window:
    """Remove a window for good. The row stays: tickets and cases name it."""
    check_may_edit(by=by, hall=window.hall)
    _refuse_closed(window)
    body = {"hall": window.hall.code, "number": window.number}
    ended = {"status": WindowStatus.CLOSED.value, "closed_on": business_day(window.hall)}
    update(window, ended, "window.closed", by=by, body=body)
    return window


def _switch(window: Window, before: WindowStatus, after: WindowStatus, *, by: Actor) -> Window:
    check_may_edit(by=by, hall=window.hall)
    _refuse_closed(window)
    if window.status != before:
        return window
    event = "window.paused" if after is WindowStatus.PAUSED else "window.resumed"
    update(window, {"status": after.value}, event, by=by, body={"hall": window.hall.code, "number": window.number})
    return window


def _give(window: Window, wanted: set[str], *, by: Actor) -> None:
    has = set(WindowFunction.objects.filter(window=window).values_list("function", flat=True))
    added, removed = sorted(wanted - has), sorted(has - wanted)
    if not added and not removed:
        return
    WindowFunction.objects.filter(window=window, function__in=removed).delete()
    WindowFunction.objects.bulk_create([WindowFunction(window=window, function=code) for code in added])
    body = {"hall": window.hall.code, "number": window.number, "added": added, "removed": removed}
    record("window.functions_changed", window.subject, by=by, body=body)


def _checked(form: Input, hall: Hall, particulars: Particulars, besides: Window | None = None) -> dict[str, object]:
    number = form.text("number", particulars.number, limit=8, required="请填写窗口号。").upper()
    if number and not re.fullmatch(r"[A-Z]{0,2}[0-9]{1,4}", number):
        form.refuse("number", "窗口号如 01、12 或 A03。")
    number = number.zfill(2) if number.isdigit() else number
    twin = Window.objects.filter(hall=hall, number=number).exclude(status=WindowStatus.CLOSED).first()
    if twin is not None and twin != besides:
        form.refuse("number", f"{number} 号窗口正在使用。")
    kind = form.member("kind", particulars.kind, WINDOW_KIND_LABELS, "请选择窗口类型。")
    if kind == WindowKind.DOMAIN:
        form.member("domain", particulars.domain, DOMAIN_LABELS, "分领域窗口请选择领域。")
    elif particulars.domain:
        form.refuse("domain", "只有分领域窗口才填领域。")
    return {
        **asdict(particulars),
        "number": number,
        "name": form.text("name", particulars.name, limit=40, required="请填写窗口名称。"),
        "floor": form.text("floor", particulars.floor, limit=20),
    }


def _known_functions(form: Input, carries: Iterable[str]) -> set[str]:
    wanted, known = set(carries), functions()
    if unknown := "、".join(sorted(wanted - known.keys())):
        form.refuse("carries", f"没有这些窗口职能：{unknown}。")
    return wanted


def _refuse_closed(window: Window) -> None:
    if window.status == WindowStatus.CLOSED:
        raise Conflict(f"{window.number} 号窗口已经撤销。")


def _number_taken(number: str) -> Invalid:
    return Invalid({"number": f"{number} 号刚刚被别人使用。"})
