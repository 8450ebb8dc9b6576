"""The stand-alone verifier, run as an auditor runs it: another Python process, without our package."""

import importlib.util
import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.ledger.formats import export_lines
from yichuang.ledger.tests.ledgers import entries, resealed, sealed
from yichuang.lib.sm3 import sm3

VERIFIER = Path(__file__).resolve().parents[3] / "tools" / "verify_ledger.py"


def load():
    spec = importlib.util.spec_from_file_location("verify_ledger", VERIFIER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verify_ledger = load()


@given(st.binary(max_size=300))
def test_its_own_sm3_is_sm3(data):
    assert verify_ledger.sm3_in_python(data) == sm3(data)


def run(file, *arguments):
    command = [sys.executable, "-I", str(VERIFIER), str(file), "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in {0, 1}, done.stderr
    report = json.loads(done.stdout)
    assert done.returncode == (1 if report["findings"] else 0)
    return report


@pytest.fixture
def rows():
    return entries(12)


@pytest.fixture
def seals(rows):
    return sealed(rows, 5)


@pytest.fixture
def check(tmp_path):
    """Write an export and let the verifier read it."""

    def check(rows, seals, *arguments, change=lambda lines: lines):
        file = tmp_path / "export.jsonl"
        lines = list(export_lines([rows], seals, exported_at="2026-01-05T00:00:00+00:00"))
        file.write_text("".join(change(lines)), encoding="utf-8")
        return run(file, *arguments)

    return check


def test_it_imports_nothing_of_ours():
    text = VERIFIER.read_text(encoding="utf-8")
    assert "yichuang" not in text
    assert "import django" not in text


def test_a_true_export_passes_with_its_published_root(check, rows, seals):
    for root in (seals[0].hash, seals[-1].hash):
        report = check(rows, seals, "--root", root)
        assert report == {"events": 12, "seals": 2, "unsealed": 2, "findings": []}


def test_it_works_without_sm3_in_openssl(monkeypatch, tmp_path, rows, seals):
    def no_sm3(name, *_):
        raise ValueError(name)

    monkeypatch.setattr("hashlib.new", no_sm3)
    poor = load()
    assert poor.sm3 is poor.sm3_in_python
    file = tmp_path / "export.jsonl"
    file.write_text("".join(export_lines([rows], seals, exported_at="")), encoding="utf-8")
    assert list(poor.read(str(file)).findings("")) == []


def test_a_hole_is_found(check, rows, seals):
    del rows[6]
    found = "\n".join(check(rows, seals)["findings"])
    assert "缺失：第 7 至第 7 号事件" in found
    assert "缺失：case:0 的第 3 至第 3 条记录" in found
    assert "第 2 号封存应有 5 条事件，现有 4 条" in found


def test_an_altered_event_is_found(check, rows, seals):
    for change in ({"body": '{"n":1}'}, {"actor": "staff:1"}, {"hall": 2}, {"at": "2026-01-01T00:00:00.000000+00:00"}):
        altered = [*rows[:6], replace(rows[6], **change), *rows[7:]]
        assert check(altered, seals)["findings"] == ["被改动：第 6 至第 10 号事件与第 2 号封存时的内容不符。"]


def test_a_cut_end_is_found_by_the_root_from_outside(check, rows, seals):
    assert check(rows[:5], seals[:1])["findings"] == []
    assert check(rows[:5], seals[:1], "--root", seals[1].hash)["findings"] == [
        "缺失：给出的根值不在封存链中，台账的末尾被截去，或整个台账被换过。"
    ]


def test_a_file_that_ends_too_early_is_found(check, rows, seals):
    found = check(rows, seals, change=lambda lines: lines[:-1])["findings"]
    assert found == ["缺失：导出文件没有完整的结尾行，或行数与结尾行不符。"]


def test_swapped_changed_and_missing_seals_are_found(check, rows):
    seals = sealed(rows, 4)
    assert any("封存链断裂" in sentence for sentence in check(rows, [seals[1], seals[0], seals[2]])["findings"])
    assert any("封存链断裂" in sentence for sentence in check(rows, [seals[0], seals[2]])["findings"])
    plain = replace(seals[1], root="0" * 64)
    assert any("自己的根值" in sentence for sentence in check(rows, [seals[0], plain, seals[2]])["findings"])
    forged = resealed(seals[1], root="0" * 64)
    assert any("封存链断裂" in sentence for sentence in check(rows, [seals[0], forged, seals[2]])["findings"])
    endless = resealed(seals[2], last=10**15)
    assert any("第 3 号封存应有" in sentence for sentence in check(rows, [*seals[:2], endless])["findings"])


def test_swapped_events_are_found(check, rows, seals):
    rows[6], rows[7] = replace(rows[7], position=7), replace(rows[6], position=8)
    assert check(rows, seals)["findings"]


def test_an_event_twice_is_found(check, rows, seals):
    again = [*rows[:3], rows[2], *rows[3:]]
    assert any("出现了两次" in sentence for sentence in check(again, seals)["findings"])


@pytest.mark.parametrize(
    "content", ["", "x", "[]", '{"ledger": {"version": 2}}', '{"ledger": {"version": 1}}\n{"event": {}}']
)
def test_what_is_not_an_export_is_said_so(tmp_path, content):
    file = tmp_path / "other.txt"
    file.write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(file)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, "不是台账的导出文件" in done.stderr) == (2, True)


def test_both_verifiers_agree_on_random_damage(rows, seals):
    """Whatever our own rules find in a damaged ledger, the stand-alone verifier finds something too, and the reverse."""
    import random

    from yichuang.ledger.rules import verify

    dice = random.Random(7)
    for _ in range(150):
        some, chain = list(rows), list(seals)
        for _ in range(dice.randint(0, 2)):
            place = dice.randrange(len(some))
            kind = dice.choice(["drop", "alter", "swap", "seal", "unseal"])
            if kind == "drop":
                del some[place]
            elif kind == "alter":
                some[place] = replace(some[place], body=f'{{"n":{dice.randrange(99)}}}')
            elif kind == "swap" and place:
                some[place - 1], some[place] = some[place], some[place - 1]
            elif kind == "seal" and chain:
                chain[0] = replace(chain[0], count=chain[0].count + dice.randint(0, 1))
            elif chain:
                chain = chain[1:]
        ledger = verify_ledger.Ledger()
        for entry in some:
            ledger.add_event(asdict(entry))
        ledger.seals = [asdict(seal) for seal in chain]
        ledger.end = {"events": len(ledger.leaves), "seals": len(ledger.seals)}
        assert bool(list(ledger.findings(""))) == bool(list(verify(some, chain)))
