"""The auditor reads the ledger that the real worker numbered and sealed, and an export is checked without our code."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.journeys.people import enter, good_page
from tests.support.server import ROOT


@pytest.mark.looks
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_auditor_reads_the_ledger(demo_server, new_tab, size):
    tab = new_tab(demo_server, size)
    enter(tab, "罗小红")
    tab.go("/ledger/?kind=case.accepted")
    expect(tab.page.get_by_role("cell", name=re.compile("^受理")).first).to_be_visible()
    good_page(tab, "ledger-events")
    tab.page.get_by_role("cell", name=re.compile("^case:")).first.get_by_role("link").click()
    expect(tab.page.get_by_role("heading", name="的全部记录")).to_be_visible()
    good_page(tab, "ledger-history")
    # The worker seals the first events at once: whoever comes later finds them sealed.
    seals = tab.page.get_by_role("row").filter(has_text="–")
    tab.go("/ledger/seals")
    for _ in range(100):
        if seals.count():
            break
        tab.page.wait_for_timeout(200)
        tab.go("/ledger/seals")
    expect(seals.first).to_be_visible()
    good_page(tab, "ledger-seals")
    assert tab.go("/ledger/parked") == 200
    good_page(tab, "ledger-parked")
    tab.go("/ledger/subjects/case:404")
    expect(tab.page.get_by_text("台账中没有这个对象的记录")).to_be_visible()


def test_what_the_public_page_says_proves_the_export(demo_server, new_tab, tmp_path):
    tab = new_tab(demo_server, "phone")
    tab.go("/ledger/root")
    published = re.search(r"[0-9a-f]{64}", tab.text())[0]
    file = tmp_path / "ledger.jsonl"
    demo_server.command("ledger", "export", str(file))
    verifier = [sys.executable, "-I", str(ROOT / "tools" / "verify_ledger.py")]
    done = subprocess.run([*verifier, str(file), "--root", published], capture_output=True, text=True, check=False)
    assert (done.returncode, "没有发现问题" in done.stdout) == (0, True), done.stdout + done.stderr
    changed = re.sub(r'"actor":"(\w+):(\w+)"', r'"actor":"\1:0\2"', file.read_text(encoding="utf-8"), count=1)
    file.write_text(changed, encoding="utf-8")
    done = subprocess.run([*verifier, str(file), "--root", published], capture_output=True, text=True, check=False)
    assert (done.returncode, "被改动" in done.stdout) == (1, True), done.stdout


def test_the_real_ledger_holds_nothing_about_persons(demo_server, tmp_path):
    """Every event that loading the demo caused, through all public verbs, looked at in the export."""
    import json

    from tests.support.ledger_scan import personal_data_in

    file = tmp_path / "ledger.jsonl"
    demo_server.command("ledger", "export", str(file))
    events = [row["event"] for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()) if "event" in row]
    assert len(events) > 100
    found = [
        f"{event['kind']} {event['subject']}: {hit}"
        for event in events
        for hit in personal_data_in([event["subject"], event["actor"], json.loads(event["body"])])
    ]
    assert found == []
