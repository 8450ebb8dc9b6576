import json
import subprocess
import sys
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from yichuang.ledger import jobs
from yichuang.ledger.actions import erasure
from yichuang.ledger.models import Detail, Event, Seal
from yichuang.ledger.tests.ledgers import write
from yichuang.ledger.tests.test_details import say
from yichuang.ledger.tests.test_verifier import VERIFIER
from yichuang.lib.actor import WORKER
from yichuang.project.cli import main


@pytest.fixture
def ledger(db):
    """Twelve events of two subjects, ten sealed, texts of two parties, one of them erased."""
    write(5, subject="case:1")
    write(2, subject="case:2")
    say("甲的情况", party=5, subject="case:2")
    say("乙的情况", party=6, subject="case:2")
    erasure.erase_texts(5, by=WORKER, ground="本人申请")
    jobs.number()
    jobs.seal(now=timezone.now())
    write(2, subject="case:3")
    jobs.number()


@pytest.fixture
def verify(capsys):
    def verify(*arguments):
        capsys.readouterr()
        code = main(["ledger", "verify", "--json", *arguments])
        report = json.loads(capsys.readouterr().out)
        assert code == (1 if report["findings"] else 0)
        return report

    return verify


def without_triggers(*statements):
    """What somebody with the database's password could do."""
    names = ["update", "delete"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in ("event", "seal"):
                for name in names:
                    cursor.execute(f"DROP TRIGGER ledger_{table}_{name}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("event", "seal"):
                cursor.execute(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)


def said(report):
    return "\n".join(finding["sentence"] for finding in report["findings"])


def test_a_true_ledger_verifies(ledger, verify):
    report = verify("--root", Seal.objects.get().hash)
    assert report == {
        "events": 12,
        "seals": 1,
        "unsealed": 2,
        "unnumbered": 0,
        "texts": {"readable": 2, "erased": 1, "broken": 0},
        "root": Seal.objects.get().hash,
        "findings": [],
    }


def test_an_empty_ledger_verifies(db, verify):
    assert verify()["findings"] == []


def test_altered_events_and_holes_are_found(ledger, verify):
    without_triggers(
        "UPDATE ledger_event SET actor = 'staff:1' WHERE position = 3", "DELETE FROM ledger_event WHERE position = 11"
    )
    report = verify()
    assert "被改动：第 1 至第 10 号事件" in said(report)
    assert "缺失：第 11 号事件" in said(report)
    assert "缺失：case:3 的第 1 条记录" in said(report)


def test_a_cut_end_that_was_not_sealed_is_found_by_the_count_of_its_subject(ledger, verify):
    without_triggers("DELETE FROM ledger_event WHERE position >= 11")
    assert said(verify()) == "缺失：case:3 的记录比它的计数少。"


def test_an_unnumbered_event_that_vanished_is_found(ledger, verify):
    write(1, subject="case:9")
    assert verify()["unnumbered"] == 1
    without_triggers("DELETE FROM ledger_event WHERE position IS NULL")
    assert "case:9 的记录比它的计数少" in said(verify())


def test_a_ledger_cut_with_its_seal_is_found_by_the_root_from_outside(ledger, verify):
    published = Seal.objects.get().hash
    without_triggers(
        "DELETE FROM ledger_seal",
        "DELETE FROM ledger_detail",
        "DELETE FROM ledger_event",
        "DELETE FROM ledger_head",
    )
    assert verify()["findings"] == []
    assert "给出的根值不在封存链中" in said(verify("--root", published))


def test_an_altered_text_is_broken_and_an_erased_one_is_not(ledger, verify):
    event = Event.objects.get(subject="case:2", seq=4)
    Detail.objects.filter(event=event).delete()
    report = verify()
    assert report["texts"] == {"readable": 1, "erased": 1, "broken": 1}
    assert said(report) == f"被改动：第 {event.position} 号事件的说明文字与记账时不符或已不在。"


def test_it_says_so_in_words(ledger, capsys):
    assert main(["ledger", "verify"]) == 0
    out = capsys.readouterr().out
    assert "事件 12 条，封存 1 次；尚未封存 2 条，尚未编号 0 条。" in out
    assert "已依法删除 1 条" in out
    assert "台账完整" in out
    without_triggers("UPDATE ledger_event SET kind = 'x.y' WHERE position = 1")
    assert main(["ledger", "verify"]) == 1
    assert "发现 1 处问题" in capsys.readouterr().out


def check_alone(file, *arguments):
    command = [sys.executable, "-I", str(VERIFIER), str(file), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_an_export_is_checked_by_the_verifier_alone(ledger, tmp_path, capsys):
    file = tmp_path / "ledger.jsonl"
    assert main(["ledger", "export", str(file)]) == 0
    assert "第 12 号" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == [file]
    done = check_alone(file, "--root", Seal.objects.get().hash)
    assert (done.returncode, "没有发现问题" in done.stdout) == (0, True)
    assert Seal.objects.get().hash in done.stdout
    text = file.read_text(encoding="utf-8")
    assert "甲的情况" not in text
    file.write_text(text.replace('\\"n\\":3', '\\"n\\":4'), encoding="utf-8")
    assert "被改动" in check_alone(file).stdout


def test_an_export_to_standard_output(ledger, capsys):
    assert main(["ledger", "export", "-"]) == 0
    lines = capsys.readouterr().out.splitlines()
    kinds = [next(iter(json.loads(line))) for line in lines]
    assert kinds == ["ledger", *["event"] * 10, "seal", *["event"] * 2, "end"]


def test_the_hash_covers_every_column_of_the_event(ledger):
    """A column that is added later and forgotten in the hash could be changed unseen."""
    hashed = {f.name for f in Event._meta.concrete_fields} - {"position"}
    entry = Event.objects.first().entry
    for name in hashed:
        value = getattr(entry, name)
        other = (value or 0) + 1 if isinstance(value, int) or value is None else value + "x"
        assert replace(entry, **{name: other}).leaf != entry.leaf, name
