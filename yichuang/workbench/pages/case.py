"""One case with everything on it: the papers, the materials, the clock and what can be done now."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yichuang.cases import queries as cases
from yichuang.cases.actions import decision, delivery
from yichuang.cases.models import Case
from yichuang.cases.panels import case_facts
from yichuang.cases.rules import Status
from yichuang.documents.actions.rendering import pdf_of
from yichuang.documents.queries import papers_of
from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.kit.sentences import show_errors
from yichuang.lib.errors import Conflict, Invalid, NotFound
from yichuang.workbench.forms import DecisionForm, DeliveryForm


@staff("cases.view")
@require_GET
def detail(request: StaffRequest, number: str) -> HttpResponse:
    case = cases.case_for(request.actor, number)
    return render(request, "workbench/case.html", _context(request, case))


@staff("cases.accept")
@require_GET
def accepted(request: StaffRequest, number: str) -> HttpResponse:
    """What the clerk says and prints after pressing 受理: the only page that shows the query code."""
    case = cases.case_for(request.actor, number)
    return render(
        request, "workbench/accepted.html", case_facts(case, by=request.actor) | {"papers": papers_of(case.subject)}
    )


@staff("cases.decide")
@require_http_methods(["GET", "POST"])
def decision_page(request: StaffRequest, number: str) -> HttpResponse:
    case = cases.case_for(request.actor, number)
    form = DecisionForm(request.POST or None, initial={"result_name": case.item_version.result_name})
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            decision.decide(case, form.ruling(), by=request.actor)
        except Invalid as error:
            show_errors(form, error)
        except Conflict as error:
            problem = str(error)
        else:
            return redirect(reverse("workbench:case", args=[case.number]))
    context = _context(request, case) | {"decision_form": form, "problem": problem}
    return render(request, "workbench/case.html", context, status=422 if form.errors or problem else 200)


@staff("cases.deliver")
@require_http_methods(["GET", "POST"])
def delivery_page(request: StaffRequest, number: str) -> HttpResponse:
    case = cases.case_for(request.actor, number)
    form = DeliveryForm(request.POST or None, initial={"relation": "applicant"})
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            delivery.deliver(case, form.hand_over(), by=request.actor)
        except Invalid as error:
            show_errors(form, error)
        except Conflict as error:
            problem = str(error)
        else:
            return redirect(reverse("workbench:case", args=[case.number]))
    context = _context(request, case) | {"delivery_form": form, "problem": problem}
    return render(request, "workbench/case.html", context, status=422 if form.errors or problem else 200)


@staff("cases.view")
@require_GET
def paper(request: StaffRequest, number: str, paper_id: int) -> HttpResponse:
    """A paper of a case, for whoever may see the case."""
    case = cases.case_for(request.actor, number)
    chosen = next((p for p in papers_of(case.subject) if p.pk == paper_id), None)
    if chosen is None:
        raise NotFound
    response = HttpResponse(pdf_of(chosen), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.number}-{chosen.kind}.pdf"'
    return response


def _context(request: StaffRequest, case: Case) -> dict[str, object]:
    by, status = request.actor, Status(case.status)
    can_decide = by.may("cases.decide") and status is Status.ACCEPTED and case.department_id in by.scope.departments
    waiting = status in (Status.GRANTED, Status.DENIED)
    can_deliver = by.may("cases.deliver") and waiting and (by.scope.everything or case.hall_id in by.scope.halls)
    return case_facts(case, by=by) | {
        "papers": papers_of(case.subject),
        "decision_form": DecisionForm(initial={"result_name": case.item_version.result_name}) if can_decide else None,
        "delivery_form": DeliveryForm(initial={"relation": "applicant"}) if can_deliver else None,
        "problem": "",
    }
