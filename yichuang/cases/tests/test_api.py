"""The road over HTTP, for machines: the same acts, problem+json for what did not happen."""

import json

import pytest

from yichuang.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client_of):
    def send(person, path, body, **headers):
        client = client_of(person)
        answer = client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers)
        return answer.status_code, json.loads(answer.content), answer

    return send


@pytest.fixture
def payload(item):
    required = item.materials.all()[0]
    return {
        "item_code": item.item.code,
        "applicant_kind": "person",
        "applicant_name": "何晓岚",
        "id_type": "resident_id",
        "identifier": "510811199003070017",
        "materials": [{"material": required.pk, "originals": 1}],
    }


@pytest.mark.plan("D1-accept")
@pytest.mark.plan("D2-counter")
@pytest.mark.plan("F5")
def test_the_whole_road(post, payload, wang_fang, sun_li, zhou_jie, client_of):
    status, case, _ = post(wang_fang, "/cases", payload, **{"Idempotency-Key": "road-0001"})
    assert status == 201
    assert case["applicant_identifier"] == "510*************17"
    number = case["number"]
    status, decided, _ = post(sun_li, f"/cases/{number}/decision", {"outcome": "grant", "opinion": "同意"})
    assert (status, decided["outcome_label"]) == (201, "准予")
    status, _, _ = post(zhou_jie, f"/cases/{number}/delivery", {"relation": "applicant", "identity_checked": True})
    assert status == 201
    anyone = client_of(wang_fang)
    anyone.cookies.clear()
    progress = anyone.post(
        "/api/v1/progress",
        json.dumps({"number": number, "code": case["query_code"]}),
        content_type="application/json",
    ).json()
    assert progress["status_label"] == "已送达，办结"
    assert len(progress["timeline"]) == 3


def test_a_repeated_key_returns_the_same_case_and_other_content_is_409(post, payload, wang_fang):
    first = post(wang_fang, "/cases", payload, **{"Idempotency-Key": "press-0001"})
    again = post(wang_fang, "/cases", payload, **{"Idempotency-Key": "press-0001"})
    assert first[1]["number"] == again[1]["number"]
    other = post(wang_fang, "/cases", payload | {"applicant_name": "罗长顺"}, **{"Idempotency-Key": "press-0001"})
    assert other[0] == 409
    assert other[2]["Content-Type"] == "application/problem+json"
    assert Case.objects.count() == 1


def test_bad_input_names_its_fields_in_chinese(post, payload, wang_fang):
    status, problem, answer = post(
        wang_fang, "/cases", payload | {"identifier": "510811199003070018"}, **{"Idempotency-Key": "press-0001"}
    )
    assert status == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["errors"][0]["field"] == "identifier"
    assert "校验" in problem["errors"][0]["detail"]
    assert post(wang_fang, "/cases", payload)[0] == 422  # no key


def test_who_may_not_is_told_who_may(post, payload, zhao_min):
    status, problem, _ = post(zhao_min, "/cases", payload, **{"Idempotency-Key": "press-0001"})
    assert status == 403
    assert "综合窗口" in problem["who"]


def test_without_a_login_it_is_401_never_a_redirect(client, payload):
    answer = client.post("/api/v1/cases", json.dumps(payload), content_type="application/json")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_lists_and_reads_show_nothing_foreign(accepted, client_of, wang_fang, li_qiang, chen_mo, zhao_min):
    """Lesson 19: list, search and read leak nothing across halls and departments."""
    for person, sees in ((wang_fang, 1), (zhao_min, 1), (li_qiang, 0), (chen_mo, 0)):
        client = client_of(person)
        for query in ("", f"?q={accepted.number}", "?q=何晓岚", "?q=食品经营"):
            assert len(client.get(f"/api/v1/cases{query}").json()["cases"]) == sees, (person, query)
        assert client.get(f"/api/v1/cases/{accepted.number}").status_code == (200 if sees else 404)


def test_the_list_goes_on_by_key(accepted, application, client_of, wang_fang, actor_of, monkeypatch):
    from yichuang.cases import api
    from yichuang.cases.actions import acceptance

    monkeypatch.setattr(api, "PAGE", 2)
    by = actor_of(wang_fang)
    for n in range(4):
        acceptance.accept(application(), key=f"another-case-{n}", by=by)
    client, seen, after = client_of(wang_fang), [], ""
    for _ in range(5):
        page = client.get(f"/api/v1/cases?after={after}").json()
        seen += [case["number"] for case in page["cases"]]
        after = page["after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("after", ["x", "9" * 20, "-1", "9" * 19])
def test_a_broken_page_key_is_a_sentence(after, client_of, wang_fang):
    assert client_of(wang_fang).get(f"/api/v1/cases?after={after}").status_code == 422


def test_an_acceptance_costs_what_it_costs(payload, wang_fang, client_of):
    """Session, person, key, item, materials, hall, party: 7 reads; party, number and case: 3 short transactions (pinned)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(wang_fang)

    def accept(key, identifier):
        sent = json.dumps(payload | {"identifier": identifier})
        headers = {"Idempotency-Key": key}
        assert client.post("/api/v1/cases", sent, content_type="application/json", headers=headers).status_code == 201

    accept("press-0001", "51081119561105002X")
    with CaptureQueriesContext(connection) as seen:
        accept("press-0002", "510811199003070017")
    first_words = [query["sql"].split()[0] for query in seen.captured_queries]
    assert first_words.count("SELECT") == 7
    assert first_words.count("INSERT") == 10
    assert first_words.count("UPDATE") == 0
