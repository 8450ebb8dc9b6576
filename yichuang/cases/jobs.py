"""What the clocks of a case do when they ring. ``project/bells.py`` says which clock rings which."""

from yichuang.cases.models import Case
from yichuang.cases.rules import Alarm, Status
from yichuang.deadlines.models import Clock
from yichuang.deadlines.rules import Moment
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import WORKER

_RUNNING = {"case.decision": (Status.ACCEPTED,), "case.certificate": (Status.GRANTED,)}
_ALARMS = {Moment.WARNING: Alarm.WARNED, Moment.DUE: Alarm.OVERDUE}


def ring(clock: Clock, moment: Moment) -> None:
    """Mark the case yellow or red, once, with the moment's own date in the event. Runs inside the ring's transaction."""
    case = Case.objects.only("id", "status", "alarm", "applicant_id").get(pk=int(clock.subject.removeprefix("case:")))
    if case.status not in _RUNNING[clock.kind]:
        return
    Case.objects.filter(pk=case.pk, status=case.status).update(alarm=_ALARMS[moment])
    record(
        f"case.{_ALARMS[moment]}",
        case.subject,
        by=WORKER,
        body={"clock": clock.kind, "due_on": clock.due_on.isoformat()},
        party=case.applicant_id,
    )
