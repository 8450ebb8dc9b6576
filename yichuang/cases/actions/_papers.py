"""The papers a case leaves (文书): what stands on each, from the rows of the act."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils import timezone

from yichuang.cases.models import Case, CaseMaterial, Decision, Delivery
from yichuang.cases.rules import RELATION_LABELS, Outcome, Relation
from yichuang.catalogue.rules import REGIMES, Regime
from yichuang.documents.actions.issuing import issue
from yichuang.kit.jinja import chinese_date
from yichuang.lib.actor import Actor

_LICENCE_ACT = "《中华人民共和国行政许可法》"


def _head(case: Case, day: date) -> dict[str, object]:
    """The parts every paper of a case has. The issuer is the department: the window acts in its name."""
    return {
        "number": case.number,
        "item": case.item_version.name,
        "applicant": case.applicant.name,
        "department": case.department.name,
        "issuer": case.department.name,
        "day": chinese_date(day),
    }


def _ground(case: Case, article: str) -> str:
    """Licences rest on 行政许可法; the other regimes on their own law and the published guide."""
    if case.item_version.regime == Regime.LICENCE:
        return f"{_LICENCE_ACT}{article}"
    return "有关法律法规和本事项公布的办事指南"


def acceptance(case: Case, materials: Sequence[CaseMaterial], explanation: Sequence[str], *, by: Actor) -> None:
    ground = _ground(case, "第三十二条")
    due = chinese_date(case.due_on) + ("（暂定）" if case.due_is_provisional else "")
    place = f"{case.hall.name} {case.window.number}号窗口" if case.window else case.hall.name
    content = _head(case, case.accepted_on) | {
        "due_on": due,
        "ground": ground,
        "query_code": case.query_code,
        "hall": case.hall.name,
        "opening": f"你（单位）提出的“{case.item_version.name}”申请，经形式审查，材料齐全、符合法定形式。依照{ground}的规定，决定予以受理。",
        "facts": [
            ["办件编号", case.number],
            ["查询码", case.query_code],
            ["事项名称", case.item_version.name],
            ["申请人", f"{case.applicant.name}（{case.applicant.id_type_label} {case.applicant.masked_identifier}）"],
            ["受理日期", chinese_date(case.accepted_on)],
            ["应办结日期", due],
            ["受理地点", place],
            ["咨询电话", case.hall.phone or case.department.phone or "见办事指南"],
        ],
        "materials": [
            {
                "order": m.order,
                "name": m.name,
                "originals": m.originals,
                "copies": m.copies,
                "checked": "已核原件" if m.original_seen else "—",
            }
            for m in materials
        ],
        "sections": [["应办结日期的计算", "\n".join(explanation)]],
        "progress_address": f"{settings.PUBLIC_URL}/progress?number={case.number}",
        "qr_note": "扫码，或打开办事门户“查进度”，输入办件编号和查询码，即可查询办理进度。",
        "seal_note": "加盖受理专用章后生效",
        "signatures": ["申请人签收", "经办人"],
    }
    issue("acceptance_notice", case.subject, content, by=by, party=case.applicant_id)


def decision(case: Case, made: Decision, *, by: Actor) -> None:
    today = timezone.localtime(made.decided_at).date()
    facts = [["办件编号", case.number], ["事项名称", case.item_version.name], ["申请人", case.applicant.name]]
    facts.append(["受理日期", chinese_date(case.accepted_on)])
    if made.outcome == Outcome.GRANT:
        if made.result_name:
            facts.append(["发放结果", made.result_name])
        content = _head(case, today) | {
            "ground": _ground(case, "第三十八条第一款"),
            "opening": f"你（单位）提出的“{case.item_version.name}”申请，经审查符合条件。依照"
            f"{_ground(case, '第三十八条第一款')}的规定，决定准予。",
            "facts": facts,
            "sections": [["领取", f"请持有效身份证件到{case.hall.name}出件窗口领取结果。"]],
        }
        issue("grant_decision", case.subject, content, by=by, party=case.applicant_id)
        return
    remedy = REGIMES[Regime(case.item_version.regime)].remedy_text
    content = _head(case, today) | {
        "reasons": made.reasons,
        "basis": made.basis,
        "remedy": remedy,
        "opening": f"你（单位）提出的“{case.item_version.name}”申请，经审查，决定不予{_noun(case)}。",
        "facts": facts,
        "sections": [["理由", made.reasons], ["法律依据", made.basis], ["救济途径", remedy]],
    }
    issue("denial_decision", case.subject, content, by=by, party=case.applicant_id)


def _noun(case: Case) -> str:
    return "行政许可" if case.item_version.regime == Regime.LICENCE else "办理"


def delivery(case: Case, made: Delivery, *, by: Actor) -> None:
    today = timezone.localtime(made.delivered_at).date()
    relation = RELATION_LABELS[Relation(made.relation)]
    what = case.decision.result_name or ("准予决定书" if case.decision.outcome == Outcome.GRANT else "不予决定书")
    content = _head(case, today) | {
        "recipient": made.recipient_name,
        "method": "直接送达（窗口领取）",
        "server": made.deliverer_name,
        "place": made.hall.name,
        "facts": [
            ["办件编号", case.number],
            ["送达文书（证照）", what],
            ["受送达人", case.applicant.name],
            ["领取人", f"{made.recipient_name}（{relation}）"],
            ["送达方式", "直接送达（窗口领取）"],
            ["送达地点", made.hall.name],
            ["送达人", made.deliverer_name],
            ["备注", made.note or "无"],
        ],
        "seal_note": "本回证由领取人签名后归档",
        "signatures": ["领取人签名", "送达人签名"],
    }
    issue("delivery_receipt", case.subject, content, by=by, party=case.applicant_id)
