"""Delivery (送达): the issuing counter hands the result over, and both sides sign."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from yichuang.cases.actions import _papers
from yichuang.cases.actions._move import check_permission, move
from yichuang.cases.models import Case, Delivery
from yichuang.cases.rules import CERTIFICATE_CLOCK, DELIVER, Alarm, Relation
from yichuang.deadlines.actions import clock
from yichuang.kit.secret import seal
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.codes import check_ric
from yichuang.lib.errors import Invalid, Refused


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who takes the result: the applicant, or an agent with name and ID number."""

    relation: Relation
    recipient_name: str = ""
    recipient_identifier: str = ""
    identity_checked: bool = False
    note: str = ""


def deliver(case: Case, hand_over: HandOver, *, by: Actor) -> Delivery:
    """Hand the result over once; a second window that tries learns that it is already gone."""
    check_permission(DELIVER, by=by)
    if not (by.scope.everything or case.hall_id in by.scope.halls):
        raise Refused("这件办件的结果在受理大厅领取，本大厅不能发放。", who=f"{case.hall.name}的出件人员")
    name, identifier, note = _checked(case, hand_over)
    now = timezone.now()
    delivery = Delivery(
        case=case,
        relation=hand_over.relation,
        recipient_name=name,
        recipient_identifier_sealed=seal(identifier, table="delivery", column="recipient", row=case.pk),
        note=note,
        hall=case.hall,
        delivered_by=by.reference,
        deliverer_name=by.name,
        delivered_at=now,
    )
    with transaction.atomic():
        move(
            case,
            DELIVER,
            by=by,
            body={"relation": str(hand_over.relation), "hall": case.hall_id},
            detail=note,
            delivered_at=now,
            alarm=Alarm.NONE,
        )
        delivery.save(force_insert=True)
        clock.stop(CERTIFICATE_CLOCK, case.subject, by=by)
        _papers.delivery(case, delivery, by=by)
    return delivery


def _checked(case: Case, hand_over: HandOver) -> tuple[str, str, str]:
    problems: dict[str, str] = {}
    name, identifier, note = "", "", ""
    try:
        note = clean_text(hand_over.note, limit=500, multiline=True)
        name = clean_text(hand_over.recipient_name, limit=60)
    except ValueError as error:
        problems["note"] = str(error)
    if not hand_over.identity_checked:
        problems["identity_checked"] = "请核对领取人身份后勾选。"
    if hand_over.relation is Relation.APPLICANT:
        name = case.applicant.name
    else:
        if not name:
            problems["recipient_name"] = "请填写代理人姓名。"
        verdict = check_ric(hand_over.recipient_identifier)
        if verdict.ok:
            identifier = verdict.normalised
        else:
            problems["recipient_identifier"] = verdict.reason
    if problems:
        raise Invalid(problems)
    return name, identifier, note
