"""The worker's part of the road: the warning and the overdue moment of a real case."""

from datetime import timedelta

import pytest

from yichuang.cases.models import Case
from yichuang.deadlines.jobs import ring_due
from yichuang.deadlines.models import Clock
from yichuang.ledger.models import Event
from yichuang.project.bells import BELLS

pytestmark = pytest.mark.django_db


def _events(case):
    return [e.kind for e in Event.objects.filter(subject=case.subject).order_by("seq")]


def test_warning_and_overdue_ring_once_each(accepted):
    clock = Clock.objects.get(subject=accepted.subject)
    ring_due(BELLS, now=clock.warn_at - timedelta(seconds=1))
    assert _events(accepted) == ["case.accepted"]
    for _ in range(3):
        ring_due(BELLS, now=clock.warn_at)
    assert _events(accepted) == ["case.accepted", "case.warned"]
    assert Case.objects.get(pk=accepted.pk).alarm == "warned"
    for _ in range(3):
        ring_due(BELLS, now=clock.due_at + timedelta(days=3))
    assert _events(accepted) == ["case.accepted", "case.warned", "case.overdue"]
    assert Case.objects.get(pk=accepted.pk).alarm == "overdue"


def test_a_worker_that_was_down_rings_both_with_the_due_day_of_the_clock(accepted):
    clock = Clock.objects.get(subject=accepted.subject)
    ring_due(BELLS, now=clock.due_at + timedelta(days=30))
    assert _events(accepted)[1:] == ["case.warned", "case.overdue"]
    late = Event.objects.get(subject=accepted.subject, kind="case.overdue")
    assert clock.due_on.isoformat() in late.body


def test_a_decided_case_does_not_ring(accepted, sun_li, actor_of):
    from yichuang.cases.actions import decision
    from yichuang.cases.rules import Outcome

    clock = Clock.objects.get(subject=accepted.subject, kind="case.decision")
    decision.decide(accepted, decision.Ruling(Outcome.GRANT, "同意。"), by=actor_of(sun_li))
    ring_due(BELLS, now=clock.due_at)
    assert "case.overdue" not in _events(accepted)
