import pytest

from yichuang.cases.actions import decision, delivery
from yichuang.cases.models import Case, Decision, Delivery
from yichuang.cases.queries import case_for
from yichuang.cases.rules import Outcome, Relation
from yichuang.deadlines.models import Clock
from yichuang.documents.models import Paper
from yichuang.ledger.models import Event
from yichuang.lib.errors import Conflict, Invalid, NotFound, Refused

pytestmark = pytest.mark.django_db

GRANT = decision.Ruling(Outcome.GRANT, "材料齐全，同意。", result_name="食品经营许可证")
DENY = decision.Ruling(
    Outcome.DENY, "不符合条件。", reasons="经营场所未达到卫生要求。", basis="《食品安全法》第三十三条"
)
MYSELF = delivery.HandOver(Relation.APPLICANT, identity_checked=True)


@pytest.fixture
def officer(sun_li, actor_of):
    return actor_of(sun_li)


@pytest.fixture
def issuer(zhou_jie, actor_of):
    return actor_of(zhou_jie)


def test_a_grant_starts_the_certificate_clock_and_leaves_a_paper(accepted, officer):
    made = decision.decide(case_for(officer, accepted.number), GRANT, by=officer)
    case = Case.objects.get(pk=accepted.pk)
    assert case.status == "granted"
    assert made.decider_name == "孙立"
    clocks = {c.kind: c.stopped_at for c in Clock.objects.filter(subject=case.subject)}
    assert clocks["case.decision"] is not None
    assert clocks["case.certificate"] is None  # 行政许可法第四十四条: ten working days
    assert [p.kind for p in Paper.objects.filter(subject=case.subject).order_by("id")] == [
        "acceptance_notice",
        "grant_decision",
    ]


def test_a_refusal_needs_reasons_and_basis_and_prints_the_remedy(accepted, officer):
    with pytest.raises(Invalid) as refusal:
        decision.decide(accepted, decision.Ruling(Outcome.DENY, "不同意"), by=officer)
    assert set(refusal.value.fields) == {"reasons", "basis"}
    assert Case.objects.get(pk=accepted.pk).status == "accepted"
    decision.decide(accepted, DENY, by=officer)
    paper = Paper.objects.get(subject=accepted.subject, kind="denial_decision")
    assert "六十日" in paper.content["remedy"]
    assert "六个月" in paper.content["remedy"]


def test_the_opinion_is_in_the_ledger_only_sealed(accepted, officer):
    decision.decide(accepted, DENY, by=officer)
    event = Event.objects.get(subject=accepted.subject, kind="case.denied")
    assert "卫生要求" not in event.body
    assert "不符合" not in event.body


def test_a_stranger_neither_sees_nor_decides(accepted, chen_mo, actor_of):
    """陈默 works in another department: the case does not exist for him, and the act refuses him all the same."""
    stranger = actor_of(chen_mo)
    with pytest.raises(NotFound):
        case_for(stranger, accepted.number)
    with pytest.raises(Refused):
        decision.decide(accepted, GRANT, by=stranger)


def test_a_clerk_of_another_hall_sees_nothing(accepted, li_qiang, actor_of):
    with pytest.raises(NotFound):
        case_for(actor_of(li_qiang), accepted.number)


def test_a_clerk_does_not_decide(accepted, wang_fang, actor_of):
    with pytest.raises(Refused):
        decision.decide(accepted, GRANT, by=actor_of(wang_fang))


def test_a_second_decision_is_a_conflict_that_says_what_the_first_did(accepted, officer):
    decision.decide(accepted, GRANT, by=officer)
    stale = Case.objects.get(pk=accepted.pk)
    stale.status = "accepted"
    with pytest.raises(Conflict, match="已准予"):
        decision.decide(stale, DENY, by=officer)
    assert Decision.objects.get().outcome == "grant"


def test_handing_over_ends_the_case(accepted, officer, issuer):
    decision.decide(accepted, GRANT, by=officer)
    delivery.deliver(accepted, MYSELF, by=issuer)
    assert Case.objects.get(pk=accepted.pk).status == "delivered"
    assert not Clock.objects.filter(subject=accepted.subject, stopped_at=None).exists()
    assert Paper.objects.filter(subject=accepted.subject, kind="delivery_receipt").exists()
    assert [e.kind for e in Event.objects.filter(subject=accepted.subject).order_by("seq")] == [
        "case.accepted",
        "case.granted",
        "case.delivered",
    ]


def test_nothing_is_handed_over_before_the_decision_or_twice(accepted, officer, issuer):
    with pytest.raises(Conflict, match="审查中"):
        delivery.deliver(accepted, MYSELF, by=issuer)
    decision.decide(accepted, GRANT, by=officer)
    delivery.deliver(accepted, MYSELF, by=issuer)
    with pytest.raises(Conflict, match="办结"):
        delivery.deliver(accepted, MYSELF, by=issuer)
    assert Delivery.objects.count() == 1


def test_identity_must_be_checked_and_an_agent_has_name_and_number(accepted, officer, issuer):
    decision.decide(accepted, GRANT, by=officer)
    with pytest.raises(Invalid) as refusal:
        delivery.deliver(accepted, delivery.HandOver(Relation.AGENT), by=issuer)
    assert set(refusal.value.fields) == {"identity_checked", "recipient_name", "recipient_identifier"}
    agent = delivery.HandOver(Relation.AGENT, "罗长顺", "51081119561105002X", identity_checked=True)
    made = delivery.deliver(accepted, agent, by=issuer)
    assert made.recipient_identifier == "51081119561105002X"
    assert "51081119561105002X" not in made.recipient_identifier_sealed
