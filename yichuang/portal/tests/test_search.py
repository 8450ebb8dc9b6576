import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from yichuang.search import queries
from yichuang.search.actions import indexing


@pytest.fixture
def items(db, monkeypatch):
    monkeypatch.setattr(queries, "_known", None)
    names = ["食品经营许可核发", "居住证办理", "最低生活保障", "<b>河道</b>采砂许可"]
    with transaction.atomic():
        indexing.put([indexing.Entry("item", f"X-{n}", name, "样例局") for n, name in enumerate(names)])


@pytest.mark.plan("D1-accept")
@pytest.mark.parametrize("words", ["办饭店", "shipinjingying", "spjyxk", "食品经菅许可", "我要办食品经营许可"])
def test_a_citizen_finds_the_guide(client, items, words):
    page = client.get("/guide/", {"q": words}).content.decode()
    assert 'href="/guide/X-0"' in page
    assert f'value="{words}"' in page


def test_while_typing_only_the_hits_come(client, items):
    fragment = client.get("/guide/", {"q": "居住证"}, headers={"HX-Request": "true"})
    assert 'href="/guide/X-1"' in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert "HX-Request" in fragment["Vary"]


def test_nothing_found_says_what_to_do_next(client, items):
    page = client.get("/guide/", {"q": "qqqqq"}).content.decode()
    assert "没有找到“qqqqq”" in page
    assert "导办台" in page


@pytest.mark.parametrize("words", ["", "   ", "%", "<script>alert(1)</script>", "\x00", "食" * 5000, "%(x)s %d", "😀"])
def test_hostile_words(client, items, words):
    response = client.get("/guide/", {"q": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_names_are_escaped(client, items):
    page = client.get("/guide/", {"q": "采砂"}).content.decode()
    assert "&lt;b&gt;河道" in page
    assert "<b>河道" not in page


def test_a_search_costs_no_more_than_the_search_itself(client, items):
    with CaptureQueriesContext(connection) as caught:
        client.get("/guide/", {"q": "居住证"}, headers={"HX-Request": "true"})
    assert len(caught) <= 3
