"""Imports that end badly, and imports that meet: in real processes, against a file database and against PostgreSQL."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.processes import ROOT, child_environment, run_in_processes
from yichuang.catalogue.actions import version
from yichuang.catalogue.actions.importing import import_file
from yichuang.catalogue.models import ImportRun, Item, ItemVersion
from yichuang.catalogue.tests.conftest import CURATE, actor, csv_file, csv_row
from yichuang.ledger.models import Event
from yichuang.lib.errors import Conflict
from yichuang.search.models import IndexedEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
ROWS = 200


def many(rows=ROWS):
    return csv_file(*(csv_row(serial, name=f"河道采砂许可第{serial}号") for serial in range(1, rows + 1)))


def import_there(path):
    report = import_file(Path(path), "many.csv", by=actor(1, CURATE))
    return [report.read, report.created, report.updated, report.unchanged, [note.reason for note in report.rejected]]


def whole():
    """Every item has its version, its event and its place in the index: no row is half there."""
    items = set(Item.objects.values_list("code", flat=True))
    published = set(ItemVersion.objects.filter(state="published").values_list("item__code", flat=True))
    recorded = {
        json.loads(body)["code"] for body in Event.objects.filter(kind="item.imported").values_list("body", flat=True)
    }
    indexed = set(IndexedEntry.objects.values_list("key", flat=True))
    assert items == published == recorded == indexed
    return len(items)


def test_an_import_killed_half_way_leaves_whole_rows_and_is_completed_by_the_next(tmp_path):
    """With items and versions written outside the transaction of the batch (``_door.write`` with its ``atomic`` moved below
    them), items were left without event and index, three times of three."""
    file = tmp_path / "many.csv"
    file.write_bytes(many())
    child = subprocess.Popen([sys.executable, "-m", "yichuang", "import-items", str(file)], env=child_environment(), cwd=ROOT,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    deadline = time.monotonic() + 60
    while Item.objects.count() < 40 and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    left = whole()
    assert 0 < left < ROWS, "the child was to be killed in the middle"
    assert left % 20 == 0
    assert ImportRun.objects.get().finished_at is None

    read, created, updated, unchanged, rejected = import_there(str(file))
    assert (read, created, updated, unchanged, rejected) == (ROWS, ROWS - left, 0, left, [])
    assert whole() == ROWS


def test_two_imports_of_one_file_at_once_make_every_item_once(tmp_path):
    """With the second attempt taken out (``IntegrityError`` refusing the batch's rows), whole batches came back as written
    by somebody else, on both databases. Nothing but the unique codes keeps an item from being there twice."""
    file = tmp_path / "many.csv"
    file.write_bytes(many(100))
    here = "yichuang.catalogue.tests.test_killed:import_there"
    results = run_in_processes(here, [[str(file)]] * 3)
    assert [(read, rejected) for read, _, _, _, rejected in results] == [(100, [])] * 3
    assert sum(created for _, created, _, _, _ in results) == 100
    assert all(updated == 0 for _, _, updated, _, _ in results)
    assert ItemVersion.objects.count() == whole() == 100


def amend_there(code, days):
    limits = version.Limits("promised", days, "working", None, "working")
    try:
        return version.amend_limits(code, limits, f"第{days}号文", based_on=1, by=actor(days, CURATE)).number
    except Conflict as error:
        return str(error)


def test_of_several_who_edit_one_version_at_once_one_succeeds(tmp_path):
    """The unique number of a version and the compare-and-swap of its predecessor each suffice: with one of them removed
    the test still passed. With both removed (constraints dropped on PostgreSQL, ``_retire`` without its state) several
    versions were in force, and the index met one item twice."""
    file = tmp_path / "one.csv"
    file.write_bytes(many(1))
    import_there(str(file))
    code = Item.objects.get().code
    results = run_in_processes(
        "yichuang.catalogue.tests.test_killed:amend_there", [[code, days] for days in (3, 4, 5, 6)]
    )
    assert sorted(map(str, results)) == ["2"] + ["刚刚有别人修改了这个事项，请刷新页面后再试。"] * 3
    assert ItemVersion.objects.count() == 2
    assert ItemVersion.objects.filter(state="published").count() == 1
