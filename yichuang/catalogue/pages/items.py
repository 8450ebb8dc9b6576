"""The list of items and one item with all its versions."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yichuang.catalogue import panels, queries
from yichuang.catalogue.forms import FilterForm
from yichuang.catalogue.rules import REGIMES, Regime
from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest

_PAGE = 50


@staff("catalogue.view")
@require_GET
def items(request: StaffRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    rows, following = queries.listed(form.wanted(), after=request.GET.get("after", "")[:100], limit=_PAGE)
    more = request.GET.copy()
    more["after"] = following
    context = {"form": form, "rows": rows, "more": f"?{more.urlencode()}" if following else ""}
    return render(request, "catalogue/items.html", context | {"is_first": "after" not in request.GET})


@staff("catalogue.view")
@require_GET
def item(request: StaffRequest, code: str) -> HttpResponse:
    history = queries.history(code)
    shown = next((v for v in history if v.state == "published"), history[0])
    context = {
        "item": shown.item,
        "shown": shown,
        "materials": list(shown.materials.all()),
        "regime": REGIMES[Regime(shown.regime)],
        "versions": panels.version_rows(history),
    }
    return render(request, "catalogue/item.html", context)


@staff("catalogue.view")
@require_GET
def source(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """The row or entry as it came, and the file it came in."""
    return render(request, "catalogue/source.html", {"version": queries.numbered(code, number)})
