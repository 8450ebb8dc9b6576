"""Reading cases. Every list starts at ``visible_to``: pages, API and search see through the same eyes."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from yichuang.accounts.actions import throttle
from yichuang.cases.models import Case
from yichuang.cases.rules import OUTCOME_LABELS, STATUS_LABELS, Outcome, Status
from yichuang.documents.queries import normalise_case_number
from yichuang.lib.actor import Actor
from yichuang.lib.errors import NotFound

WITH_NAMES = ("item_version__item", "department", "hall", "window", "applicant")
WHOLE = (*WITH_NAMES, "decision", "delivery")


def visible_to(by: Actor) -> QuerySet[Case]:
    """The cases an actor may see: those received in the actor's halls and those of the actor's departments."""
    if not by.may("cases.view"):
        return Case.objects.none()
    if by.scope.everything:
        return Case.objects.all()
    return Case.objects.filter(Q(hall__in=by.scope.halls) | Q(department__in=by.scope.departments))


def case_for(by: Actor, number: str) -> Case:
    """The case with this number, or NotFound: somebody else's case and no case look the same."""
    case = visible_to(by).select_related(*WHOLE).filter(number=number.strip()).first()
    if case is None:
        raise NotFound
    return case


def todo(by: Actor) -> QuerySet[Case]:
    """What waits for a decision in the actor's departments, the most urgent first."""
    return (
        Case.objects.filter(department__in=by.scope.departments, status=Status.ACCEPTED)
        .select_related(*WITH_NAMES)
        .order_by("due_on", "id")
    )


def to_hand_over(by: Actor) -> QuerySet[Case]:
    """What lies ready at the issuing counters of the actor's halls."""
    waiting = Case.objects.filter(status__in=[Status.GRANTED, Status.DENIED])
    if not by.scope.everything:
        waiting = waiting.filter(hall__in=by.scope.halls)
    return waiting.select_related(*WITH_NAMES).order_by("decided_at", "id")


def found(by: Actor, words: str) -> QuerySet[Case]:
    """Cases by number, applicant's name or item name, newest first."""
    cases = visible_to(by).select_related(*WITH_NAMES).order_by("-id")
    words = words.strip()
    if not words:
        return cases
    return cases.filter(
        Q(number__startswith=words) | Q(applicant__name=words) | Q(item_version__name__contains=words),
    )


class Step(NamedTuple):
    """One line of the timeline a citizen reads."""

    moment: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class PublicProgress:
    """Everything that number and query code open, and nothing more."""

    number: str
    item_name: str
    department_name: str
    hall_name: str
    status_label: str
    next_step: str
    accepted_at: datetime
    due_on: date
    due_explanation: list[str]
    provisional: bool
    timeline: list[Step]
    outcome_label: str
    ready_place: str


_NEXT = {
    Status.ACCEPTED: "主管部门正在审查，请等候决定。",
    Status.GRANTED: "结果已经做好，请带本人身份证件到受理大厅的出件窗口领取。",
    Status.DENIED: "部门已作出不予决定，请到受理大厅的出件窗口领取决定书；决定书上写明了理由和救济途径。",
    Status.DELIVERED: "已经办结。",
}


def public_progress(number: str, code: str, *, address: str) -> PublicProgress:
    """The progress of a case for whoever has its number and query code.

    A wrong number and a wrong code get the same sentence; tries are counted by number and by address before they are made.
    """
    number = normalise_case_number(number)
    throttle.take("progress", number, address)
    case = Case.objects.select_related(*WHOLE).filter(number=number).first()
    if case is None or not hmac.compare_digest(case.query_code.encode(), code.strip().encode()):
        raise NotFound("没有查到。请核对办件编号和查询码，两项都印在受理通知书上。")
    throttle.give_back("progress", number, address)
    return _progress(case)


def _progress(case: Case) -> PublicProgress:
    status = Status(case.status)
    decision = getattr(case, "decision", None)
    waiting = status in (Status.GRANTED, Status.DENIED)
    return PublicProgress(
        number=case.number,
        item_name=case.item_version.name,
        department_name=case.department.name,
        hall_name=case.hall.name,
        status_label=STATUS_LABELS[status],
        next_step=_NEXT[status],
        accepted_at=case.accepted_at,
        due_on=case.due_on,
        due_explanation=case.due_explanation.splitlines(),
        provisional=case.due_is_provisional,
        timeline=timeline(case),
        outcome_label=OUTCOME_LABELS[Outcome(decision.outcome)] if decision else "",
        ready_place=_place(case) if waiting else "",
    )


def _place(case: Case) -> str:
    return f"{case.hall.name}（{case.hall.address}）" if case.hall.address else case.hall.name


def timeline(case: Case) -> list[Step]:
    """What happened, in sentences without internal words."""
    steps = [Step(case.accepted_at, f"{case.hall.name}受理了申请，转{case.department.name}审查。")]
    decision = getattr(case, "decision", None)
    if decision:
        word = "准予" if decision.outcome == Outcome.GRANT else "不予"
        steps.append(Step(decision.decided_at, f"{case.department.name}作出{word}决定。"))
    delivery = getattr(case, "delivery", None)
    if delivery:
        steps.append(Step(delivery.delivered_at, f"结果已在{case.hall.name}送达。"))
    return steps
