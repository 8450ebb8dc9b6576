from dataclasses import replace
from datetime import timedelta

import pytest

from yichuang.ledger import rules
from yichuang.ledger.tests.ledgers import entries, resealed, sealed


def kinds(rows, seals):
    return [finding.kind for finding in rules.verify(rows, seals)]


def sentences(rows, seals):
    return "\n".join(finding.sentence for finding in rules.verify(rows, seals))


@pytest.fixture
def rows():
    return entries(23)


@pytest.fixture
def seals(rows):
    return sealed(rows, 5)


def test_a_true_ledger_has_no_findings(rows, seals):
    assert len(seals) == 4
    assert kinds(rows, seals) == []
    assert kinds([], []) == []


def test_a_hole_is_missing_and_named(rows, seals):
    del rows[7]
    found = sentences(rows, seals)
    assert "缺失：第 8 号事件不在台账中" in found
    assert "缺失：case:1 的第 3 条记录不在台账中" in found
    assert "第 2 号封存应有 5 条事件，现有 4 条" in found
    assert set(kinds(rows, seals)) == {"missing"}


def test_holes_of_every_length_and_place_are_found(rows, seals):
    for first in range(20):
        for length in (1, 2, 7):
            left = rows[:first] + rows[first + length :]
            assert "missing" in kinds(left, seals), (first, length)


def test_a_hole_after_the_last_seal_is_found_by_position_and_subject(rows, seals):
    assert set(kinds(rows[:21] + rows[22:], seals)) == {"missing"}


def test_a_cut_unsealed_end_leaves_no_trace_here(rows, seals):
    """What guards the end is the count of the heads (``ledger verify``) and, once sealed, the published root."""
    assert kinds(rows[:21], seals) == []
    assert "missing" in kinds(rows[:19], seals)


@pytest.mark.parametrize(
    "change",
    [
        {"body": '{"n":99}'},
        {"kind": "case.x"},
        {"actor": "staff:8"},
        {"on_behalf_of": "staff:9"},
        {"hall": 1},
        {"window": 1},
        {"at": "2026-01-05T01:00:00.000001+00:00"},
        {"id": 5},
    ],
)
def test_every_changed_field_is_seen(rows, seals, change):
    rows[12] = replace(rows[12], **change)
    assert sentences(rows, seals) == "被改动：第 11 至第 15 号事件与第 3 号封存时的内容不符。"


def test_swapped_events_are_seen(rows, seals):
    rows[6], rows[7] = replace(rows[7], position=7), replace(rows[6], position=8)
    assert kinds(rows, seals) == ["altered"]


def test_an_event_twice_is_out_of_order(rows, seals):
    assert "order" in kinds([*rows[:6], rows[5], *rows[6:]], seals)


def test_a_changed_seal_is_seen_even_when_its_hash_was_made_to_fit(rows, seals):
    plain = [*seals[:1], replace(seals[1], root="0" * 64), *seals[2:]]
    assert kinds(rows, plain) == ["altered", "altered"]
    forged = [*seals[:1], resealed(seals[1], root="0" * 64), *seals[2:]]
    assert sorted(kinds(rows, forged)) == ["altered", "chain"]


def test_a_rewritten_event_with_a_forged_seal_breaks_the_chain(rows, seals):
    rows[7] = replace(rows[7], body='{"n":0}')
    forged = resealed(seals[1], root=rules.merkle_root(rows[5:10]))
    assert kinds(rows, [seals[0], forged, *seals[2:]]) == ["chain"]


def test_swapped_and_missing_seals_break_the_chain(rows, seals):
    assert "chain" in kinds(rows, [seals[1], seals[0], *seals[2:]])
    assert "chain" in kinds(rows, [seals[0], *seals[2:]])


def test_a_ledger_made_anew_or_cut_is_seen_only_with_a_root_from_outside(rows, seals):
    published = seals[-1].hash
    assert list(rules.verify_root(seals, published.upper())) == []
    cut = seals[:2]
    assert kinds(rows[:10], cut) == []
    assert [finding.kind for finding in rules.verify_root(cut, published)] == ["missing"]
    other = [replace(row, actor="staff:1") for row in rows]
    assert kinds(other, sealed(other, 5)) == []
    assert [finding.kind for finding in rules.verify_root(sealed(other, 5), published)] == ["missing"]


def test_nothing_is_sealed_over_a_hole(rows):
    assert rules.next_seal(None, rows[1:3], sealed_at=rows[0].at) is None
    assert rules.next_seal(None, [rows[0], rows[2]], sealed_at=rows[0].at) is None
    assert rules.next_seal(None, [], sealed_at=rows[0].at) is None


def test_when_a_seal_is_due():
    long, short = rules.SEAL_EVERY, rules.SEAL_EVERY - timedelta(seconds=1)
    assert [rules.seal_is_due(n, None) for n in (0, 1)] == [False, True]
    assert [rules.seal_is_due(1, age) for age in (short, long)] == [False, True]
    assert rules.seal_is_due(rules.SEAL_EVENTS, short)
    assert not rules.seal_is_due(0, timedelta(days=1))


def test_a_detail_matches_only_its_own_salt_and_text():
    expected = rules.detail_hash(b"salt", "话")
    assert rules.detail_matches(expected, b"salt", "话")
    assert not rules.detail_matches(expected, b"Salt", "话")
    assert not rules.detail_matches(expected, b"salt", "语")
    assert not rules.detail_matches(None, b"salt", "话")
