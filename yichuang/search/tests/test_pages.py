"""The bureau writes down what people say, and the next search at a counter knows it."""

import pytest

from yichuang.search import queries

pytestmark = pytest.mark.django_db


def test_a_phrase_is_written_down_and_found(small_catalogue, zheng_hua, client_of):
    bureau = client_of(zheng_hua)
    assert "还没有本区自己的说法" in bureau.get("/phrases/").content.decode()
    answer = bureau.post("/phrases/", {"say": "整个馆子", "means": "食品经营许可核发"}, follow=True)
    assert "已保存“整个馆子”" in answer.content.decode()
    assert queries.find("item", "整个馆子")[0].key == "A01"


def test_an_empty_phrase_is_a_sentence_and_nothing_typed_is_lost(small_catalogue, zheng_hua, client_of):
    answer = client_of(zheng_hua).post("/phrases/", {"say": "！！", "means": "食品<b>"})
    assert answer.status_code == 422
    assert "请填写群众的说法" in answer.content.decode()
    assert 'value="食品&lt;b&gt;"' in answer.content.decode()


def test_a_clerk_is_told_who_may(wang_fang, client_of):
    answer = client_of(wang_fang).get("/phrases/")
    assert answer.status_code == 403
    assert "审批局" in answer.content.decode()
