"""The lists of the desks: department to-do, issuing counter, finding a case. Keyset pages: page 1,000 costs as page 1."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yichuang.cases import queries as cases
from yichuang.cases.panels import rows_of
from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.lib.errors import NotFound

PAGE = 30


def _page(query: Any, after: str) -> tuple[list[Any], str]:
    """``PAGE`` rows after the key ``after``, and the key of the next page ("" at the end)."""
    if after:
        if not after.isdecimal() or len(after) > 19:
            raise NotFound
        query = query.filter(id__lt=int(after))
    rows = list(query[: PAGE + 1])
    return rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""


@staff("cases.decide")
@require_GET
def todo(request: StaffRequest) -> HttpResponse:
    waiting = list(cases.todo(request.actor)[:200])
    return render(request, "workbench/todo.html", {"rows": rows_of(waiting), "today": timezone.localdate()})


@staff("cases.deliver")
@require_GET
def issuing(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100].strip()
    waiting = cases.to_hand_over(request.actor)
    if words:
        waiting = waiting.filter(pk__in=cases.found(request.actor, words).values("pk"))
    return render(request, "workbench/issuing.html", {"rows": rows_of(list(waiting[:200])), "words": words})


@staff("cases.view")
@require_GET
def find_cases(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    rows, after = _page(cases.found(request.actor, words), request.GET.get("after", ""))
    context = {"rows": rows_of(rows), "words": words, "after": after}
    return render(request, "workbench/cases.html", context)
