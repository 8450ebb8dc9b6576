"""The progress page before real cases: what number and code open, and what they do not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.items import make_item
from yichuang.cases.actions import acceptance

PERSON = ("何晓岚", "510811199003070017", "13800001003")


@pytest.fixture
def accepted(cast_places, wang_fang, actor_of):
    item = make_item(cast_places.department, materials=[("食品经营许可申请书", "required")])
    required = item.materials.all()[0]
    application = acceptance.Application(
        item_code=item.item.code,
        applicant_kind="person",
        applicant_name=PERSON[0],
        id_type="resident_id",
        identifier=PERSON[1],
        phone=PERSON[2],
        materials=(acceptance.Received(required.name, required.pk, 1, 1, original_seen=True),),
        window=cast_places.window.pk,
    )
    return acceptance.accept(application, key="key", by=actor_of(wang_fang))


def ask(client, number, code):
    return client.post("/progress", {"number": number, "code": code})


@pytest.mark.django_db
@pytest.mark.plan("F5")
def test_the_citizen_follows_the_case_and_nobody_learns_whose_it_is(client, accepted):
    with CaptureQueriesContext(connection) as caught:
        response = ask(client, accepted.number, accepted.query_code)
    page = response.content.decode()
    assert response.status_code == 200
    assert accepted.item_version.name in page
    assert accepted.hall.name in page
    assert all(secret not in page for secret in (*PERSON, accepted.query_code))
    # Most of them count the try before it is made and give it back: guessing must cost more than asking.
    assert len(caught) <= 15


@pytest.mark.django_db
def test_a_wrong_number_and_a_wrong_code_look_the_same(client, accepted):
    wrong_code = "000000" if accepted.query_code != "000000" else "111111"
    wrong = [ask(client, accepted.number, wrong_code), ask(client, "510811202304180000001", accepted.query_code)]
    assert [answer.status_code for answer in wrong] == [404, 404]
    alerts = [answer.content.decode().split('role="alert">')[1].split("</div>")[0] for answer in wrong]
    assert alerts[0] == alerts[1]
    assert "没有查到" in alerts[0]


@pytest.mark.django_db
def test_guessing_is_stopped_even_with_the_right_code(client, accepted):
    wrong_code = "000000" if accepted.query_code != "000000" else "111111"
    statuses = [ask(client, accepted.number, wrong_code).status_code for _ in range(30)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    response = ask(client, accepted.number, accepted.query_code)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
