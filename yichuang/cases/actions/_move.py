"""The single door of the module: permission, compare-and-swap, rows and event in one transaction."""

from collections.abc import Mapping
from typing import Any

from yichuang.cases.models import Case
from yichuang.cases.rules import STATUS_LABELS, Edge, Status
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Refused


def check_permission(edge: Edge, *, by: Actor) -> None:
    if not by.may(edge.permission):
        raise Refused(f"您不能办理“{edge.name}”。", permission=edge.permission)


def move(
    case: Case,
    edge: Edge,
    *,
    by: Actor,
    body: Mapping[str, object],
    detail: str = "",
    **changes: Any,
) -> None:
    """Carry a case across one edge, or raise. Call inside the act's transaction.

    The UPDATE names the statuses it may start from: of two people who press at the same moment exactly one
    succeeds, on SQLite as on PostgreSQL; the other is told what the first one did.
    """
    check_permission(edge, by=by)
    startable = Case.objects.filter(pk=case.pk, status__in=[str(s) for s in edge.sources])
    if not startable.update(status=edge.target, **changes):
        now = Case.objects.values_list("status", flat=True).get(pk=case.pk)
        raise Conflict(f"这件办件现在是“{STATUS_LABELS[Status(now)]}”，不能再办理“{edge.name}”。请刷新后查看。")
    case.status = edge.target
    for name, value in changes.items():
        setattr(case, name, value)
    record(edge.event, case.subject, by=by, body=body, detail=detail, party=case.applicant_id)
