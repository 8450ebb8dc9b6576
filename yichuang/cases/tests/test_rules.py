"""The lifecycle table, exhaustively: what is not in it cannot happen."""

import itertools

import pytest

from yichuang.cases.rules import (
    DECISIONS,
    LIFECYCLE,
    STATUS_LABELS,
    Outcome,
    Status,
    problems_of_decision,
)


def test_every_status_has_a_label_and_can_be_reached():
    assert set(STATUS_LABELS) == set(Status)
    assert {edge.target for edge in LIFECYCLE} == set(Status)


def test_every_edge_names_its_ground_permission_and_event():
    for edge in LIFECYCLE:
        assert "法" in edge.ground
        assert edge.permission.startswith("cases.")
        assert edge.event == f"case.{edge.target}"


def test_nothing_leads_out_of_the_end():
    assert not [edge for edge in LIFECYCLE if Status.DELIVERED in edge.sources]


def test_a_decision_starts_only_from_acceptance():
    assert {edge.sources for edge in DECISIONS.values()} == {frozenset({Status.ACCEPTED})}


@pytest.mark.parametrize(
    ("outcome", "opinion", "reasons", "basis"),
    list(itertools.product(Outcome, ["", " ", "同意"], ["", "　", "不符合条件"], ["", "\n", "第三条"])),
)
def test_no_reason_no_denial(outcome, opinion, reasons, basis):
    """行政许可法第三十八条第二款: every combination of empty, blank and filled parts."""
    problems = problems_of_decision(outcome, opinion=opinion, reasons=reasons, basis=basis)
    expected = set()
    if opinion != "同意":
        expected.add("opinion")
    if outcome is Outcome.DENY and reasons != "不符合条件":
        expected.add("reasons")
    if outcome is Outcome.DENY and basis != "第三条":
        expected.add("basis")
    assert set(problems) == expected
