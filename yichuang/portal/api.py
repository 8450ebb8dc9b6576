"""What anyone may read by machine: published items, their guide, the progress of a case."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from yichuang.cases.queries import public_progress
from yichuang.catalogue.models import ItemVersion
from yichuang.catalogue.queries import published_item
from yichuang.search.queries import find
from yichuang.staff.api import public_api

router = Router(tags=["public"])


class ItemHit(Schema):
    code: str
    name: str
    department: str
    score: float


class MaterialOut(Schema):
    id: int
    name: str
    necessity: str
    originals: int
    copies: int
    source: str
    acceptance_standard: str


class ItemOut(Schema):
    """A published item; limits are null where none is published."""

    code: str
    name: str
    department: str
    regime: str
    case_kind: str
    version: int
    statutory_limit: int | None
    statutory_unit: str
    promised_limit: int | None
    promised_unit: str
    materials: list[MaterialOut]


class StepOut(Schema):
    moment: datetime
    sentence: str


class ProgressIn(Schema):
    number: str = Field(max_length=50)
    code: str = Field(max_length=6)


class ProgressOut(Schema):
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
    timeline: list[StepOut]
    outcome_label: str
    ready_place: str


@router.get("/items", auth=public_api, response=list[ItemHit], summary="查找事项")
def search_items(
    request: HttpRequest,
    q: str = Query(max_length=200),  # type: ignore[type-arg]
    limit: int = Query(10, ge=1, le=50),  # type: ignore[type-arg]
) -> list[dict[str, object]]:
    """Items by name, pinyin, initials, department or everyday words, the best first."""
    return [
        {"code": hit.key, "name": hit.title, "department": hit.department, "score": hit.score}
        for hit in find("item", q, limit=limit)
    ]


@router.get("/items/{path:code}", auth=public_api, response=ItemOut, summary="事项详情")
def read_item(request: HttpRequest, code: str) -> dict[str, object]:
    """One published item with its materials."""
    return _item(published_item(code))


def _item(version: ItemVersion) -> dict[str, object]:
    return {
        "code": version.item.code,
        "name": version.name,
        "department": version.item.department.name,
        "regime": version.regime,
        "case_kind": version.case_kind,
        "version": version.number,
        "statutory_limit": version.statutory_limit,
        "statutory_unit": version.statutory_unit,
        "promised_limit": version.promised_limit,
        "promised_unit": version.promised_unit,
        "materials": [
            {
                "id": m.pk,
                "name": m.name,
                "necessity": m.necessity,
                "originals": m.originals,
                "copies": m.copies,
                "source": m.source,
                "acceptance_standard": m.acceptance_standard,
            }
            for m in version.materials.all()
        ],
    }


@router.post("/progress", auth=public_api, response=ProgressOut, summary="查询进度")
def progress(request: HttpRequest, payload: ProgressIn) -> object:
    """Progress by number and query code. By POST: a code must not stand in an address. Wrong pairs are throttled."""
    found = public_progress(payload.number, payload.code, address=request.META.get("REMOTE_ADDR", ""))
    return {name: getattr(found, name) for name in ProgressOut.model_fields if name != "timeline"} | {
        "timeline": [{"moment": step.moment, "sentence": step.sentence} for step in found.timeline],
    }
