"""Cases for machines: the same acts as at the desks, one action and one event each."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Field, Header, Query, Router, Schema
from ninja import Status as Answer

from yichuang.cases import queries
from yichuang.cases.actions import acceptance, decision, delivery
from yichuang.cases.models import Case
from yichuang.cases.rules import OUTCOME_LABELS, STATUS_LABELS, Outcome, Relation, Status
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Invalid
from yichuang.parties.rules import PartyKind
from yichuang.staff.api import staff_api

router = Router(tags=["cases"])
PAGE = 50


class MaterialIn(Schema):
    """One material handed in. ``material`` is the id of the item's material row; leave it out for an unlisted one."""

    name: str = Field("", max_length=200)
    material: int | None = Field(None, ge=1, le=2**63 - 1)
    originals: int = Field(0, ge=0, le=999)
    copies: int = Field(0, ge=0, le=999)
    original_seen: bool = False


class AcceptanceIn(Schema):
    item_code: str = Field(max_length=100)
    applicant_kind: PartyKind
    applicant_name: str = Field(max_length=120)
    id_type: str = Field(max_length=20)
    identifier: str = Field(max_length=40)
    phone: str = Field("", max_length=20)
    hall: int | None = Field(None, ge=1, le=2**63 - 1)
    window: int | None = Field(None, ge=1, le=2**63 - 1)
    materials: list[MaterialIn] = Field(default_factory=list, max_length=200)


class CaseOut(Schema):
    """A case without personal numbers: the applicant's identifier is masked."""

    number: str
    item_code: str
    item_name: str
    department: str
    hall: str
    applicant_name: str
    applicant_identifier: str
    status: Status
    status_label: str
    accepted_at: datetime
    accepted_on: date
    due_on: date
    due_is_provisional: bool
    due_explanation: list[str]
    decided_at: datetime | None
    delivered_at: datetime | None


class AcceptedOut(CaseOut):
    query_code: str


class CasePage(Schema):
    cases: list[CaseOut]
    after: str = Field(description="pass as ?after= for the next page; empty at the end")


class DecisionIn(Schema):
    outcome: Outcome
    opinion: str = Field(max_length=2000)
    reasons: str = Field("", max_length=2000)
    basis: str = Field("", max_length=1000)
    result_name: str = Field("", max_length=200)


class DecisionOut(Schema):
    number: str
    outcome: Outcome
    outcome_label: str
    decided_at: datetime


class DeliveryIn(Schema):
    relation: Relation
    recipient_name: str = Field("", max_length=60)
    recipient_identifier: str = Field("", max_length=40)
    identity_checked: bool
    note: str = Field("", max_length=500)


class DeliveryOut(Schema):
    number: str
    delivered_at: datetime


def _shown(case: Case) -> dict[str, object]:
    return {
        "number": case.number,
        "item_code": case.item_version.item.code,
        "item_name": case.item_version.name,
        "department": case.department.name,
        "hall": case.hall.name,
        "applicant_name": case.applicant.name,
        "applicant_identifier": case.applicant.masked_identifier,
        "status": case.status,
        "status_label": STATUS_LABELS[Status(case.status)],
        "accepted_at": case.accepted_at,
        "accepted_on": case.accepted_on,
        "due_on": case.due_on,
        "due_is_provisional": case.due_is_provisional,
        "due_explanation": case.due_explanation.splitlines(),
        "decided_at": case.decided_at,
        "delivered_at": case.delivered_at,
    }


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@router.post("/cases", auth=staff_api("cases.accept"), response={201: AcceptedOut}, summary="受理")
def accept(
    request: HttpRequest,
    payload: AcceptanceIn,
    key: str = Header(alias="Idempotency-Key", min_length=8, max_length=64),  # type: ignore[type-arg]
) -> Answer[dict[str, object]]:
    """Accept an application. Repeating the same key and content returns the same case; other content is a 409."""
    application = acceptance.Application(
        item_code=payload.item_code,
        applicant_kind=payload.applicant_kind,
        applicant_name=payload.applicant_name,
        id_type=payload.id_type,
        identifier=payload.identifier,
        phone=payload.phone,
        hall=payload.hall,
        window=payload.window,
        materials=tuple(acceptance.Received(**m.model_dump()) for m in payload.materials),
    )
    case = acceptance.accept(application, key=key, by=_actor(request))
    return Answer(201, _shown(case) | {"query_code": case.query_code})


@router.get("/cases", auth=staff_api("cases.view"), response=CasePage, summary="办件列表")
def list_cases(
    request: HttpRequest,
    q: str = Query("", max_length=100),  # type: ignore[type-arg]
    after: str = Query("", max_length=19, pattern="^[0-9]*$"),  # type: ignore[type-arg]
) -> dict[str, object]:
    """The cases you may see, newest first, in keyset pages."""
    query = queries.found(_actor(request), q)
    if after:
        if int(after) >= 2**63:
            raise Invalid({"after": "翻页位置不正确，请从第一页开始。"})
        query = query.filter(id__lt=int(after))
    rows = list(query[: PAGE + 1])
    return {"cases": [_shown(c) for c in rows[:PAGE]], "after": str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""}


@router.get("/cases/{number}", auth=staff_api("cases.view"), response=CaseOut, summary="办件详情")
def read(request: HttpRequest, number: str) -> dict[str, object]:
    """One case; what you may not see is a 404."""
    return _shown(queries.case_for(_actor(request), number))


@router.post("/cases/{number}/decision", auth=staff_api("cases.decide"), response={201: DecisionOut}, summary="决定")
def decide(request: HttpRequest, number: str, payload: DecisionIn) -> Answer[dict[str, object]]:
    """Decide a case of your department: grant, or deny with reasons and legal basis."""
    by = _actor(request)
    case = queries.case_for(by, number)
    made = decision.decide(case, decision.Ruling(**payload.model_dump()), by=by)
    shown = {
        "number": case.number,
        "outcome": made.outcome,
        "outcome_label": OUTCOME_LABELS[Outcome(made.outcome)],
        "decided_at": made.decided_at,
    }
    return Answer(201, shown)


@router.post("/cases/{number}/delivery", auth=staff_api("cases.deliver"), response={201: DeliveryOut}, summary="送达")
def deliver(request: HttpRequest, number: str, payload: DeliveryIn) -> Answer[dict[str, object]]:
    """Hand the result over, once."""
    by = _actor(request)
    case = queries.case_for(by, number)
    made = delivery.deliver(case, delivery.HandOver(**payload.model_dump()), by=by)
    return Answer(201, {"number": case.number, "delivered_at": made.delivered_at})
