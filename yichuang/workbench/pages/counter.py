"""The front desk (前台综合受理): find the item, check person and materials, accept."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yichuang.cases.actions import acceptance
from yichuang.catalogue.models import ItemVersion
from yichuang.catalogue.queries import published_item
from yichuang.catalogue.rules import REGIMES, Regime
from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.kit.sentences import show_errors
from yichuang.lib.errors import Conflict, Invalid
from yichuang.parties.rules import check_identifier
from yichuang.places.models import Window
from yichuang.places.queries import windows_of
from yichuang.search.queries import find
from yichuang.workbench.forms import EXTRA_ROWS, AcceptanceForm

_LAST_WINDOW = "last_window"


@staff("cases.accept")
@require_GET
def counter(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:200]
    hits = find("item", words, limit=10) if words.strip() else []
    template = "workbench/_hits.html" if "HX-Request" in request.headers else "workbench/counter.html"
    return render(request, template, {"words": words, "hits": hits})


@staff("cases.accept")
@require_POST
def identifier_check(request: StaffRequest) -> HttpResponse:
    """The sentence beside the ID number while the clerk is still typing elsewhere; by POST: addresses are logged."""
    value = request.POST.get("identifier", "")[:100]
    problem = check_identifier(request.POST.get("id_type", ""), value) if value.strip() else None
    return render(request, "workbench/_identifier.html", {"value": value.strip(), "problem": problem})


@staff("cases.accept")
@require_http_methods(["GET", "POST"])
def acceptance_page(request: StaffRequest, code: str) -> HttpResponse:
    version = published_item(code)
    windows = windows_of(request.actor)
    form = AcceptanceForm(request.POST or None, initial=_initial(request, windows))
    form.offer_windows(windows)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            application = form.application(version, request.POST)
            case = acceptance.accept(application, key=form.cleaned_data["key"], by=request.actor)
        except Invalid as error:
            show_errors(form, error)
        except Conflict as error:
            problem = str(error)
        else:
            request.session[_LAST_WINDOW] = application.window
            return redirect(reverse("workbench:accepted", args=[case.number]))
    context = _context(request, version, form) | {"problem": problem}
    return render(request, "workbench/acceptance.html", context, status=422 if form.errors or problem else 200)


def _initial(request: StaffRequest, windows: list[Window]) -> dict[str, object]:
    last = request.session.get(_LAST_WINDOW)
    known = {w.pk for w in windows}
    window = last if last in known else (windows[0].pk if windows else None)
    return {"key": uuid.uuid4().hex, "window": window}


def _context(request: StaffRequest, version: ItemVersion, form: AcceptanceForm) -> dict[str, object]:
    return {
        "version": version,
        "materials": list(version.materials.all()),
        "regime": REGIMES[Regime(version.regime)],
        "form": form,
        "posted": request.POST,
        "extra_rows": range(EXTRA_ROWS),
    }
