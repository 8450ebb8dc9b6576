from collections import Counter

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from tests.support.processes import run_in_processes
from yichuang.search import queries
from yichuang.search.actions import indexing
from yichuang.search.models import IndexedEntry, Posting, Term


def consistent():
    counted = Counter(Posting.objects.values_list("term", flat=True))
    told = {term: n for term, n in Term.objects.values_list("id", "frequency") if n}
    assert told == dict(counted)
    assert set(Posting.objects.values_list("entry", flat=True)) == set(
        IndexedEntry.objects.values_list("id", flat=True)
    )


def put(*rows):
    with transaction.atomic():
        indexing.put([indexing.Entry("item", *row) for row in rows])


def test_put_replaces(small_catalogue):
    put(("A01", "餐饮服务许可", "市场监管局"))
    assert queries.find("item", "餐饮服务许可")[0].key == "A01"
    assert "A01" not in {h.key for h in queries.find("item", "食品经营许可核发")}
    consistent()


def test_filing_the_same_again_writes_nothing(small_catalogue):
    rows = [indexing.Entry("item", "C01", "最低生活保障", "民政局")]
    with CaptureQueriesContext(connection) as caught, transaction.atomic():
        indexing.put(rows)
    assert not [q for q in caught.captured_queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_the_last_of_two_with_one_key_stays(db):
    put(("1", "河道采砂许可", "水务局"), ("1", "取水许可", "水务局"))
    assert [h.title for h in queries.find("item", "许可")] == ["取水许可"]
    consistent()


def test_remove(small_catalogue):
    with transaction.atomic():
        indexing.remove("item", ["C01", "C02", "nowhere"])
        indexing.remove("other", ["C03"])
    assert not {"C01", "C02"} & {h.key for words in ("最低生活保障", "临时救助") for h in queries.find("item", words)}
    assert queries.find("item", "特困人员")[0].key == "C03"
    consistent()


@pytest.mark.django_db(transaction=True)
def test_filing_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        indexing.put([indexing.Entry("item", "1", "河道采砂许可", "水务局")])
    assert not IndexedEntry.objects.exists()


def refile(number: int, rounds: int) -> int:
    """File the same keys again and again under changing names, in an order of its own."""
    for round_ in range(rounds):
        rows = [
            indexing.Entry("item", f"{n:03d}", f"许可事项{(number + round_ + n) % 7}号登记", "审批局")
            for n in range(40)
        ]
        if number % 2:
            rows.reverse()
        with transaction.atomic():
            indexing.put(rows)
    return rounds


def search_on(number: int, rounds: int) -> list[int]:
    """Search while others file: every answer is whole, never empty and never an error."""
    return sorted({len(queries.find("item", "许可事项登记", limit=50)) for _ in range(rounds)})


def work(what: str, number: int, rounds: int):
    return {"refile": refile, "search": search_on}[what](number, rounds)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_searching_while_several_file_anew():
    """Four processes refile forty entries under changing names, two search all the while.

    Guards removed by hand, one at a time. Frequencies set (``frequency = excluded.frequency``) instead of added to:
    ``consistent`` failed on both databases. Entries filed in the order given instead of sorted: PostgreSQL reported a
    deadlock. Old postings read before the upsert that locks the entries: frequencies too high on PostgreSQL.
    """
    put(*[(f"{n:03d}", f"许可事项{n % 7}号登记", "审批局") for n in range(40)])
    arguments = [["refile", n, 6] for n in range(4)] + [["search", 0, 30], ["search", 1, 30]]
    results = run_in_processes("yichuang.search.tests.test_indexing:work", arguments)
    assert results[:4] == [6, 6, 6, 6]
    assert results[4] == results[5] == [40]
    consistent()
