"""Decision (决定): the department grants or refuses, with a name under it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from yichuang.calendars.queries import working_calendar
from yichuang.cases.actions import _papers
from yichuang.cases.actions._clocks import end_of_day, warning_moment
from yichuang.cases.actions._move import check_permission, move
from yichuang.cases.models import Case, Decision
from yichuang.cases.rules import CERTIFICATE_CLOCK, DECISION_CLOCK, DECISIONS, Alarm, Outcome, problems_of_decision
from yichuang.catalogue.rules import REGIMES, Regime
from yichuang.deadlines.actions import clock
from yichuang.deadlines.rules import due_date
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Invalid, Refused
from yichuang.places.queries import business_day


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the officer enters: outcome, opinion, and for a refusal reasons and legal basis."""

    outcome: Outcome
    opinion: str
    reasons: str = ""
    basis: str = ""
    result_name: str = ""


def decide(case: Case, ruling: Ruling, *, by: Actor) -> Decision:
    """Decide a case of the officer's own department; two officers at once: exactly one decision stands."""
    edge = DECISIONS[ruling.outcome]
    check_permission(edge, by=by)
    if case.department_id not in by.scope.departments:
        raise Refused(
            "这件办件不属于您所在的部门，由受理事项的主管部门决定。",
            who=f"{case.department.name}的承办、审核、批准人员",
        )
    ruling = _cleaned(ruling)
    now = timezone.now()
    decision = Decision(
        case=case,
        outcome=ruling.outcome,
        opinion=ruling.opinion,
        reasons=ruling.reasons if ruling.outcome is Outcome.DENY else "",
        basis=ruling.basis,
        result_name=ruling.result_name if ruling.outcome is Outcome.GRANT else "",
        decided_by=by.reference,
        decider_name=by.name,
        decided_at=now,
    )
    today = business_day(case.hall, now)
    with transaction.atomic():
        move(
            case,
            edge,
            by=by,
            body={"outcome": str(ruling.outcome), "due_on": case.due_on.isoformat(), "decided_on": today.isoformat()},
            detail=ruling.opinion if not ruling.reasons else f"{ruling.opinion}\n{ruling.reasons}",
            decided_at=now,
            alarm=Alarm.NONE,
        )
        decision.save(force_insert=True)
        clock.stop(DECISION_CLOCK, case.subject, by=by)
        if ruling.outcome is Outcome.GRANT:
            _start_certificate_clock(case, today, by=by)
        _papers.decision(case, decision, by=by)
    return decision


def _start_certificate_clock(case: Case, today: date, *, by: Actor) -> None:
    days = REGIMES[Regime(case.item_version.regime)].certificate_days
    if days is None:
        return
    calendar = working_calendar()
    due = due_date(today, days, "working", calendar)
    clock.start(
        CERTIFICATE_CLOCK,
        case.subject,
        due_on=due.on,
        due_at=end_of_day(case.hall, due.on),
        warn_at=warning_moment(case.hall, today, due.on, calendar),
        provisional=due.provisional,
        by=by,
    )


def _cleaned(ruling: Ruling) -> Ruling:
    values, problems = {}, {}
    for name, limit in (("opinion", 2000), ("reasons", 2000), ("basis", 1000), ("result_name", 200)):
        try:
            values[name] = clean_text(getattr(ruling, name), limit=limit, multiline=name != "result_name")
        except ValueError as error:
            problems[name] = str(error)
            values[name] = "…"
    problems = (
        problems_of_decision(
            ruling.outcome, opinion=values["opinion"], reasons=values["reasons"], basis=values["basis"]
        )
        | problems
    )
    if problems:
        raise Invalid(problems)
    return Ruling(outcome=ruling.outcome, **values)
