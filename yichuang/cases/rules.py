"""The lifecycle of a case, as data. Read this file first.

Each edge names where it may start, where it leads, who may walk it, and the law it rests on.
Later issues add states and edges here; nothing outside this table may change a status.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    ACCEPTED = "accepted"
    GRANTED = "granted"
    DENIED = "denied"
    DELIVERED = "delivered"


STATUS_LABELS: Mapping[Status, str] = {
    Status.ACCEPTED: "已受理，审查中",
    Status.GRANTED: "已准予，待领取",
    Status.DENIED: "已作不予决定，待送达",
    Status.DELIVERED: "已送达，办结",
}


class Outcome(StrEnum):
    """How the department decided (决定)."""

    GRANT = "grant"
    DENY = "deny"


OUTCOME_LABELS: Mapping[Outcome, str] = {Outcome.GRANT: "准予", Outcome.DENY: "不予"}


class Channel(StrEnum):
    """Where an application came in (提交渠道); foreign code lists are mapped to these on import."""

    COUNTER = "counter"
    ONLINE = "online"


class Alarm(StrEnum):
    """The last bell that rang for a case (预警)."""

    NONE = ""
    WARNED = "warned"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Edge:
    """One permitted change. ``sources`` empty: the edge creates the case."""

    name: str
    sources: frozenset[Status]
    target: Status
    permission: str
    event: str
    ground: str


def _edge(name: str, *sources: Status, to: Status, permission: str, ground: str) -> Edge:
    return Edge(name, frozenset(sources), to, permission, f"case.{to}", ground)


ACCEPT = _edge("受理", to=Status.ACCEPTED, permission="cases.accept", ground="行政许可法第三十二条第一款第五项、第二款")
GRANT = _edge(
    "准予", Status.ACCEPTED, to=Status.GRANTED, permission="cases.decide", ground="行政许可法第三十八条第一款"
)
DENY = _edge(
    "不予",
    Status.ACCEPTED,
    to=Status.DENIED,
    permission="cases.decide",
    ground="行政许可法第三十八条第二款（说明理由并告知救济）",
)
DELIVER = _edge(
    "送达",
    Status.GRANTED,
    Status.DENIED,
    to=Status.DELIVERED,
    permission="cases.deliver",
    ground="行政许可法第四十四条；送达方式参照民事诉讼法第八十七条以下",
)
LIFECYCLE: tuple[Edge, ...] = (ACCEPT, GRANT, DENY, DELIVER)
DECISIONS: Mapping[Outcome, Edge] = {Outcome.GRANT: GRANT, Outcome.DENY: DENY}


class Relation(StrEnum):
    """Who takes the result away (领取人)."""

    APPLICANT = "applicant"
    AGENT = "agent"


RELATION_LABELS: Mapping[Relation, str] = {Relation.APPLICANT: "申请人本人", Relation.AGENT: "代理人"}

# Clock kinds (计时). The decision clock runs from acceptance, the certificate clock from a grant (行政许可法第四十四条).
DECISION_CLOCK = "case.decision"
CERTIFICATE_CLOCK = "case.certificate"


def problems_of_decision(outcome: Outcome, *, opinion: str, reasons: str, basis: str) -> dict[str, str]:
    """What a decision still lacks, per field. A refusal without reasons and basis cannot be made (第三十八条第二款)."""
    problems = {}
    if not opinion.strip():
        problems["opinion"] = "请填写办理意见。"
    if outcome is Outcome.DENY:
        if not reasons.strip():
            problems["reasons"] = "不予决定必须说明理由。"
        if not basis.strip():
            problems["basis"] = "不予决定必须写明法律依据（名称和条款）。"
    return problems
