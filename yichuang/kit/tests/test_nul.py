"""A NUL in an address or a body was a 500 on PostgreSQL and nothing at all on SQLite."""

import json

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/items/a%00b", "/api/v1/items?q=%00", "/guide/a%00b"])
def test_an_address_with_nul_is_a_sentence(client, address):
    assert client.get(address).status_code in {400, 404}


@pytest.mark.django_db
def test_a_body_with_nul_is_a_sentence(client):
    sent = json.dumps({"number": "5108\u0000", "code": "123456"})
    answer = client.post("/api/v1/progress", sent, content_type="application/json")
    assert answer.status_code == 400
    assert "空字符" in answer.json()["detail"]


@pytest.mark.parametrize("address", ["/desk/cases/?q=%00", "/desk/counter/a%00b/acceptance", "/desk/cases/1%00/"])
def test_a_desk_says_it_on_a_page(wang_fang, client_of, address):
    answer = client_of(wang_fang).get(address)
    assert answer.status_code == 400
    assert "空字符" in answer.content.decode()
