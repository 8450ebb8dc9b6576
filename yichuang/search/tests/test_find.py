import json
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from yichuang.search import queries
from yichuang.search.actions import indexing

SNAPSHOT = Path(__file__).parent / "data" / "order.json"

HOSTILE = [
    "",
    " ",
    "\u3000\n\t",
    "食" * 10_000,
    "食品经营许可" * 2_000,
    "a" * 10_000,
    "shi" * 4_000,
    "%",
    "_",
    "%食品%",
    "'; DROP TABLE search_term; --",
    "\\",
    "😀🏢",
    "食品\x00经营",
    "\ud800",
    "|b食品",
    "()（）《》",
    "١٢٣",
    "ﷺ" * 50,
    "ǖ",
    "1",
    "x",
    "公安 " * 500,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_neither_fail_nor_cost_more(small_catalogue, words):
    with CaptureQueriesContext(connection) as caught:
        hits = queries.find("item", words)
    assert len(hits) <= 10
    assert len(caught) <= 3


def test_wildcards_mean_nothing(small_catalogue):
    assert queries.find("item", "%") == queries.find("item", "_") == []
    assert [h.key for h in queries.find("item", "%食品经营许可核发_")] == [
        h.key for h in queries.find("item", "食品经营许可核发")
    ]


@pytest.mark.parametrize(
    "words", ["食品经营许可", "医", "yibao", "spjyxk", "公安局", "公安 居住证", "办饭店", "不存在的东西"]
)
def test_three_round_trips_at_most(small_catalogue, words):
    with CaptureQueriesContext(connection) as caught:
        queries.find("item", words, department="公安局")
    assert len(caught) <= 3


def test_same_keys_in_the_same_order_on_every_database(small_catalogue):
    """The committed list holds for both databases: CI runs this test on each."""
    expected = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert len(expected) >= 30
    found = {words: [f"{h.key} {h.score}" for h in queries.find("item", words)] for words in expected}
    assert found == expected


def test_order_does_not_depend_on_the_order_of_filing(db):
    from yichuang.search.tests.conftest import entries

    rows = entries()
    with transaction.atomic():
        indexing.put(rows[::-1])
    expected = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert {w: [f"{h.key} {h.score}" for h in queries.find("item", w)] for w in expected} == expected


def test_equal_entries_come_by_key(db):
    with transaction.atomic():
        indexing.put([indexing.Entry("item", key, "河道采砂许可", "水务局") for key in ("c", "a", "b")])
    assert [h.key for h in queries.find("item", "采砂")] == ["a", "b", "c"]


def test_a_department_narrows_and_a_named_one_lifts(small_catalogue):
    assert {h.department for h in queries.find("item", "许可证", department="水务局")} == {"水务局"}
    assert queries.find("item", "公安 登记")[0].key == "B02"
    assert {h.department for h in queries.find("item", "民政局")} == {"民政局"}


def test_why_says_how_it_was_found(small_catalogue):
    why = {
        words: queries.find("item", words)[0].why
        for words in ("居住证办理", "juzhuzheng", "jzzbl", "卖烟", "居住正办理")
    }
    assert why == {
        "居住证办理": "名称相同",
        "juzhuzheng": "拼音",
        "jzzbl": "拼音首字母",
        "卖烟": "常用说法“卖烟”",
        "居住正办理": "名称相近，差一个字",
    }


def test_kinds_do_not_mix(small_catalogue):
    with transaction.atomic():
        indexing.put([indexing.Entry("hall", "H", "居住证办理大厅", "")])
    assert [h.key for h in queries.find("hall", "居住证")] == ["H"]
    assert "H" not in {h.key for h in queries.find("item", "居住证")}


def test_aliases_are_found(db):
    with transaction.atomic():
        indexing.put([indexing.Entry("item", "1", "河道采砂许可", "水务局", aliases=("捞砂石批文",))])
    assert queries.find("item", "捞砂石")[0].key == "1"
    assert queries.find("item", "laoshashi")[0].key == "1"
