"""The auditor's pages, the worker's page, and the root that anybody may write down."""

from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yichuang.kit.audience import public, staff
from yichuang.kit.guard import StaffRequest
from yichuang.ledger import queries
from yichuang.ledger.actions import parking, reveal
from yichuang.ledger.forms import EventFilter
from yichuang.ledger.models import Event
from yichuang.ledger.rules import WORKER_LEASE
from yichuang.lib.errors import NotFound

Row = TypeVar("Row")
_WHO = {
    "staff": "工作人员",
    "party": "办事人",
    "device": "设备",
    "client": "程序",
    "partner": "外部系统",
    "worker": "系统",
}


def who(reference: str) -> str:
    """A reference in words: 工作人员 7 for ``staff:7``. Names are looked up where they are kept, by whom may see them."""
    kind, _, key = reference.partition(":")
    return f"{_WHO.get(kind, kind)} {key}".strip()


def what(kind: str) -> str:
    words: dict[str, str] = settings.EVENT_WORDS
    return words.get(kind, kind)


def _cursor(request: HttpRequest) -> int | None:
    raw = request.GET.get("before", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else None


def _page(rows: Sequence[Row]) -> tuple[Sequence[Row], bool]:
    return rows[: queries.PAGE], len(rows) > queries.PAGE


def _older(is_more: bool, **parameters: object) -> str:  # noqa: FBT001 - said by name at the only callers
    return "?" + urlencode({name: value for name, value in parameters.items() if value}) if is_more else ""


def _events(rows: Sequence[Event]) -> dict[str, Any]:
    return {"rows": rows, "who": who, "what": what}


@staff("ledger.view")
@require_safe
def events(request: StaffRequest) -> HttpResponse:
    form = EventFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"subject": "", "kind": ""}
    rows, is_more = _page(queries.recent(**wanted, before=_cursor(request)))
    older = _older(is_more, **wanted, before=rows[-1].pk if rows else None)
    return render(request, "ledger/events.html", {"form": form, "older": older, **_events(rows)})


@staff("ledger.view")
@require_safe
def history(request: StaffRequest, subject: str) -> HttpResponse:
    rows, is_more = _page(queries.history(subject, before=_cursor(request)))
    if not rows and "before" not in request.GET:
        raise NotFound("台账中没有这个对象的记录。请核对写法，如 case:123。")
    older = _older(is_more, before=rows[-1].seq if rows else None)
    return render(request, "ledger/history.html", {"subject": subject, "older": older, **_events(rows)})


@staff("ledger.view")
@require_POST
def text(request: StaffRequest, pk: int) -> HttpResponse:
    """Free text is shown one event at a time, and showing it is an event."""
    revealed = reveal.reveal(pk, by=request.actor)
    return render(request, "ledger/text.html", {"event": revealed.event, "text": revealed.text, "what": what})


@staff("ledger.view")
@require_safe
def seals(request: StaffRequest) -> HttpResponse:
    rows, is_more = _page(queries.recent_seals(before=_cursor(request)))
    older = _older(is_more, before=rows[-1].number if rows else None)
    return render(request, "ledger/seals.html", {"rows": rows, "older": older, "waiting": queries.unsealed()})


@staff("ledger.view")
@require_safe
def parked(request: StaffRequest) -> HttpResponse:
    """What the worker laid aside, as the auditor sees it: without the button."""
    return render(request, "ledger/parked.html", {"rows": queries.open_failures(), "what": what, "may_retry": False})


@staff(parking.PERMISSION)
@require_safe
def worker(request: StaffRequest) -> HttpResponse:
    """Who leads, how far each subscriber is, and what was laid aside."""
    context = {
        "rows": queries.open_failures(),
        "what": what,
        "may_retry": True,
        "lease": queries.lease(WORKER_LEASE),
        "cursors": queries.cursors(),
        "newest": queries.newest_position(),
        "unnumbered": queries.unnumbered(),
        "now": timezone.now(),
    }
    return render(request, "ledger/worker.html", context)


@staff(parking.PERMISSION)
@require_POST
def retry(request: StaffRequest, pk: int) -> HttpResponse:
    parking.retry(pk, by=request.actor)
    messages.success(request, "已交给后台重新执行，稍后刷新本页查看结果。")
    return redirect("ledger:worker")


@public
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The value that anybody may write down today and hold against the ledger later."""
    return render(request, "ledger/root.html", {"published": queries.published_root(timezone.now())})
