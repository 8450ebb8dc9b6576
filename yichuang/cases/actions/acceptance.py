"""Acceptance (受理): the hall takes the application and the clock starts."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from yichuang.calendars.queries import working_calendar
from yichuang.cases.actions import _papers
from yichuang.cases.actions._clocks import Limit, decision_limit, end_of_day, warning_moment
from yichuang.cases.actions._move import check_permission
from yichuang.cases.models import Case, CaseMaterial
from yichuang.cases.rules import ACCEPT, DECISION_CLOCK, Channel
from yichuang.catalogue.models import ItemVersion
from yichuang.catalogue.queries import published_item
from yichuang.deadlines.actions import clock
from yichuang.documents.actions.numbering import case_number
from yichuang.kit.secret import blind_index, seal
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.canonical import canonical
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Conflict, Invalid, NotFound, Refused
from yichuang.lib.ids import new_id
from yichuang.parties.actions.registration import register
from yichuang.parties.models import Party
from yichuang.places.models import Hall, Window
from yichuang.places.queries import business_day


@dataclass(frozen=True, slots=True)
class Received:
    """One material on the counter. ``material`` is the catalogue's row, None for one the clerk wrote down."""

    name: str
    material: int | None = None
    originals: int = 0
    copies: int = 0
    original_seen: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """Everything a clerk enters before pressing 受理."""

    item_code: str
    applicant_kind: str
    applicant_name: str
    id_type: str
    identifier: str
    phone: str
    materials: tuple[Received, ...] = ()
    hall: int | None = None
    window: int | None = None
    channel: str = Channel.COUNTER


def accept(application: Application, *, key: str, by: Actor) -> Case:
    """Make the case, or return the one this key already made; the same key with other content is a conflict.

    A process killed anywhere leaves either a whole case or none: number and person have their own short
    transactions before, everything of the case is written in one.
    """
    check_permission(ACCEPT, by=by)
    digest = blind_index(canonical(asdict(application)), purpose="case.request")
    if earlier := _earlier(key, digest, by=by):
        return earlier
    version = _version(application)
    hall, window = _seat(application, by=by)
    materials = _materials(version, application.materials)
    party = register(
        kind=application.applicant_kind,
        name=application.applicant_name,
        id_type=application.id_type,
        identifier=application.identifier,
        phone=application.phone,
        by=by,
    )
    now = timezone.now()
    today = business_day(hall, now)
    limit = decision_limit(version, today, working_calendar())
    case = _whole(version, party, limit, accepted_at=now, accepted_on=today, seat=(hall, window), by=by)
    case.channel = application.channel
    case.request_key, case.request_digest = key, digest
    try:
        _write(case, materials, limit, by=by)
    except IntegrityError:
        # The same key pressed twice at one moment: the first one's case is the answer.
        if earlier := _earlier(key, digest, by=by):
            return earlier
        raise
    return case


def _whole(
    version: ItemVersion,
    party: Party,
    limit: Limit,
    *,
    accepted_at: datetime,
    accepted_on: date,
    seat: tuple[Hall, Window | None],
    by: Actor,
) -> Case:
    """The case's row with its number and query code, ready to be written."""
    hall, window = seat
    case = Case(
        id=new_id(),
        number=case_number(hall.division.code[:6], accepted_on),
        item_version=version,
        department=version.item.department,
        hall=hall,
        window=window,
        applicant=party,
        status=ACCEPT.target,
        accepted_at=accepted_at,
        accepted_on=accepted_on,
        accepted_by=by.reference,
        due_on=limit.due_on,
        due_is_provisional=limit.provisional,
        due_explanation="\n".join(limit.explanation),
        statutory_due_on=limit.statutory_due_on,
        request_actor=by.reference,
    )
    code = f"{secrets.randbelow(1_000_000):06d}"
    case.query_code_sealed = seal(code, table="case", column="query_code", row=case.pk)
    return case


def _write(case: Case, materials: Sequence[CaseMaterial], limit: Limit, *, by: Actor) -> None:
    with transaction.atomic():
        case.save(force_insert=True)
        for material in materials:
            material.case = case
        CaseMaterial.objects.bulk_create(materials)
        due_at = end_of_day(case.hall, case.due_on)
        clock.start(
            DECISION_CLOCK,
            case.subject,
            due_on=case.due_on,
            due_at=due_at,
            warn_at=warning_moment(case.hall, case.accepted_on, case.due_on, working_calendar()),
            provisional=case.due_is_provisional,
            by=by,
        )
        _papers.acceptance(case, materials, limit.explanation, by=by)
        record(ACCEPT.event, case.subject, by=by, body=_facts(case, materials), party=case.applicant_id)


def _facts(case: Case, materials: Sequence[CaseMaterial]) -> dict[str, object]:
    return {
        "number": case.number,
        "item": case.item_version.item.code,
        "item_version": case.item_version_id,
        "department": case.department_id,
        "hall": case.hall_id,
        "window": case.window_id,
        "party": case.applicant_id,
        "channel": str(case.channel),
        "accepted_on": case.accepted_on.isoformat(),
        "due_on": case.due_on.isoformat(),
        "materials": len(materials),
    }


def _earlier(key: str, digest: str, *, by: Actor) -> Case | None:
    if not key:
        raise Invalid({"key": "缺少请求编号，请刷新页面后重试。"})
    made = Case.objects.filter(request_actor=by.reference, request_key=key).values_list(
        "pk", "number", "request_digest"
    )
    # Nearly always nothing: the whole case is read only when there is one.
    row = next(iter(made), None)
    if row is None:
        return None
    pk, number, known_digest = row
    if known_digest != digest:
        raise Conflict(f"这一页已经受理成办件 {number}，内容与现在填写的不同。如需再办一件，请重新打开受理页面。")
    return Case.objects.select_related("item_version__item", "hall", "department", "applicant").get(pk=pk)


def _version(application: Application) -> ItemVersion:
    try:
        return published_item(application.item_code)
    except NotFound as error:
        raise Invalid({"item": "这个事项不存在或没有发布，不能受理。"}) from error


def _seat(application: Application, *, by: Actor) -> tuple[Hall, Window | None]:
    hall_id = application.hall or by.hall
    if hall_id is None or not (by.scope.everything or hall_id in by.scope.halls):
        raise Refused("您没有在这个大厅上岗，不能在此受理。", permission=ACCEPT.permission)
    hall = Hall.objects.select_related("division").get(pk=hall_id)
    window = None
    window_id = application.window or by.window
    if window_id is not None:
        window = Window.objects.filter(pk=window_id, hall_id=hall_id).first()
        if window is None:
            raise Invalid({"window": "这个窗口不属于您所在的大厅。"})
    return hall, window


def _materials(version: ItemVersion, received: Sequence[Received]) -> list[CaseMaterial]:
    """The rows of what was handed in; every required material must be among them (行政许可法第三十二条)."""
    wanted = {material.pk: material for material in version.materials.all()}
    present = {r.material for r in received}
    missing = [m.name for pk, m in wanted.items() if m.necessity == "required" and pk not in present]
    if missing:
        raise Invalid({"materials": f"必要材料还缺：{'、'.join(missing)}。材料不齐请一次性告知补正，不要受理。"})
    rows = []
    for order, entry in enumerate(received, start=1):
        known = wanted.get(entry.material) if entry.material is not None else None
        if entry.material is not None and known is None:
            raise Invalid({"materials": f"材料“{entry.name}”不属于这个事项。"})
        name = known.name if known else _written(entry.name)
        rows.append(
            CaseMaterial(
                order=order,
                name=name[:500],
                originals=entry.originals,
                copies=entry.copies,
                original_seen=entry.original_seen,
            ),
        )
    return rows


def _written(raw: str) -> str:
    try:
        name = clean_text(raw, limit=200)
    except ValueError as error:
        raise Invalid({"materials": f"材料名称{error}"}) from error
    if not name:
        raise Invalid({"materials": "材料名称不能为空。"})
    return name
