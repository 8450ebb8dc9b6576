"""Whatever a file holds: nothing crashes, and every row is accounted for."""

import copy
import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.effort import times
from yichuang.catalogue.formats import files
from yichuang.catalogue.formats.entry import FileRefused
from yichuang.catalogue.models import Item, ItemVersion
from yichuang.catalogue.tests.conftest import HEAD, csv_row, exchange_entry, in_custom, in_list

ODD = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "无",
            "——",
            "－",
            "0",
            "-1",
            "1e9",
            "９９９９９",
            "=cmd()",
            "\x00",
            "\ud800",
            "1" * 300,
            "采" * 30_000,
            "<b>",
        ]
    ),
)
ANY = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), ODD),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
MANGLE_DATABASE = settings(
    max_examples=times(40, 2000), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@st.composite
def csv_files(draw):
    """Rows of a real shape: dropped, shuffled, with fields mangled, cut and added; quoting as a writer does it or not."""
    rows = [csv_row(serial).split(",") for serial in draw(st.lists(st.integers(1, 6), min_size=1, max_size=12))]
    for _ in range(draw(st.integers(0, 6))):
        row = draw(st.sampled_from(rows))
        place = draw(st.integers(0, len(row)))
        if place == len(row):
            row.append(draw(ODD))
        elif draw(st.booleans()):
            row[place] = draw(ODD)
        elif len(row) > 1:
            row.pop(place)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD.split(","))
    for row in draw(st.permutations(rows)):
        if draw(st.booleans()):
            writer.writerow([cell.replace("\x00", "") for cell in row])
        else:
            out.write(",".join(row) + "\n")
    return out.getvalue().encode("utf-8", "replace")


@st.composite
def exchange_files(draw):
    entries = [exchange_entry(str(n)) for n in draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))]
    for _ in range(draw(st.integers(0, 8))):
        entry = draw(st.sampled_from(entries))
        table = draw(st.sampled_from(sorted(entry) or ["AUDIT_ITEM"]))
        if isinstance(entry.get(table), dict) and draw(st.booleans()):
            key = draw(st.sampled_from(sorted(entry[table]) or ["task_name"]))
            entry[table][key] = draw(ANY)
        else:
            entry[table] = draw(ANY)
    entries = [copy.deepcopy(entry) for entry in draw(st.permutations(entries))]
    return in_custom(entries[0]) if draw(st.booleans()) else in_list(*entries)


@settings(max_examples=times(300, 20_000))
@given(st.one_of(csv_files(), exchange_files(), st.binary(max_size=200), ANY.map(lambda v: json.dumps(v).encode())))
def test_reading_never_crashes(content):
    try:
        parsed = files.parse(content, {})
    except FileRefused as refusal:
        assert str(refusal)
        return
    for entry in parsed.entries:
        assert (entry.item is None) == bool(entry.rejection)
        entry.raw.encode()
        if entry.item:
            assert entry.item.digest == entry.item.digest


@MANGLE_DATABASE
@given(content=st.one_of(csv_files(), exchange_files()))
@pytest.mark.django_db
def test_every_row_is_accounted_for_and_a_second_run_changes_nothing(take_in, content):
    try:
        expected = len(files.parse(content, {}).entries)
    except FileRefused:
        return
    report = take_in(content)
    assert report.read == expected
    assert report.read == report.created + report.updated + report.unchanged + len(report.rejected)
    assert all(note.reason and note.row >= 1 for note in [*report.rejected, *report.warnings])
    versions, items = ItemVersion.objects.count(), Item.objects.count()
    again = take_in(content)
    assert (again.read, again.created, again.updated) == (expected, 0, 0)
    assert again.unchanged == report.created + report.updated + report.unchanged
    assert (ItemVersion.objects.count(), Item.objects.count()) == (versions, items)
    assert not Item.objects.filter(versions=None).exists()
