"""Who may call the API: a session with its CSRF token, or an approved token; 401 and 403 as problem+json, never a redirect."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from yichuang.accounts.actions import account as accounts
from yichuang.accounts.models import Token
from yichuang.lib.actor import Actor, ActorKind, Scope
from yichuang.lib.errors import Conflict, Invalid, Refused
from yichuang.staff import queries
from yichuang.staff.actions import post, token
from yichuang.staff.rules import PERMISSIONS

BY = Actor(ActorKind.WORKER, "test", permissions=frozenset(PERMISSIONS), scope=Scope(everything=True))
CASES = "/api/v1/cases"


@pytest.fixture
def new_token(system_admin, security_admin, actor_of):
    """A token in somebody's name, approved unless said otherwise."""

    def make(staff, *scopes, approved=True, days=30):
        made, raw = token.create(staff, label="试验", scopes=scopes, days=days, by=actor_of(system_admin))
        if approved:
            token.approve(made, by=actor_of(security_admin))
        return made, raw

    return make


def call(raw, path=CASES, scheme="Bearer", **more):
    return Client(enforce_csrf_checks=True).get(path, HTTP_AUTHORIZATION=f"{scheme} {raw}", **more)


def problem(answer, status):
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


@pytest.mark.django_db
def test_nobody_is_told_to_log_in_with_a_status_not_a_redirect():
    answer = Client().get(CASES)
    assert "登录" in problem(answer, 401)["detail"]
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_reads(client_of, wang_fang):
    assert client_of(wang_fang).get(CASES).status_code == 200


def test_a_session_writes_only_with_its_csrf_token(client_of, wang_fang):
    browser = client_of(wang_fang, enforce_csrf_checks=True)
    assert "CSRF" in problem(browser.post(CASES, {}, content_type="application/json"), 403)["detail"]
    browser.get("/password")
    headers = {"HTTP_X_CSRFTOKEN": browser.cookies["csrftoken"].value}
    answer = browser.post(CASES, {}, content_type="application/json", **headers)
    assert answer.status_code == 422, "passed the guard; the content is what is wrong"


def test_a_token_needs_no_csrf_and_gives_its_scopes_only(wang_fang, new_token):
    _, raw = new_token(wang_fang, "cases.view")
    assert call(raw).status_code == 200
    refused = Client(enforce_csrf_checks=True).post(
        CASES, {}, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {raw}"
    )
    assert problem(refused, 403)["who"] == "综合窗口"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_as_http_says(wang_fang, new_token, scheme):
    assert call(new_token(wang_fang, "cases.view")[1], scheme=scheme).status_code == 200


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer yc_nothing", "Basic d2FuZw==", "Bearer 王芳"])
def test_a_bad_header_is_401_even_beside_a_good_session(client_of, wang_fang, header):
    answer = client_of(wang_fang).get(CASES, headers={"Authorization": header.encode().decode("latin-1")})
    problem(answer, 401)


def test_a_token_is_nothing_before_approval_and_after_its_end(wang_fang, new_token, actor_of, system_admin):
    made, raw = new_token(wang_fang, "cases.view", approved=False)
    assert call(raw).status_code == 401
    token.approve(made, by=BY)
    assert call(raw).status_code == 200
    token.revoke(made, by=actor_of(system_admin))
    assert call(raw).status_code == 401
    with pytest.raises(Conflict):
        token.revoke(made, by=BY)
    with pytest.raises(Conflict):
        token.approve(made, by=BY)


def test_a_token_ends_on_its_moment(wang_fang, new_token, monkeypatch):
    _, raw = new_token(wang_fang, "cases.view", days=1)
    later = timezone.now() + timedelta(days=1, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert call(raw).status_code == 401


def test_a_token_falls_with_the_post_and_with_the_account(wang_fang, li_qiang, new_token):
    _, raw = new_token(wang_fang, "cases.view")
    post.end(wang_fang.posts.get(), by=BY)
    assert problem(call(raw), 403)
    _, raw = new_token(li_qiang, "cases.view")
    accounts.lock(li_qiang.account, by=BY)
    assert call(raw).status_code == 401


def test_a_token_opens_no_pages(wang_fang, new_token):
    _, raw = new_token(wang_fang, "cases.view", "desk.enter")
    assert call(raw, path="/desk/")["Location"].startswith("/login")


def test_whose_token_is_one_query(wang_fang, new_token, django_assert_num_queries):
    _, raw = new_token(wang_fang, "cases.view", "cases.accept")
    with django_assert_num_queries(1):
        actor = queries.actor_of_token(raw)
    assert actor.permissions == {"cases.view", "cases.accept"}
    assert actor.reference == wang_fang.subject


def test_a_token_is_at_most_its_holder(wang_fang, system_admin, actor_of):
    for scopes in (["cases.decide"], ["cases.view", "ledger.view"], []):
        with pytest.raises(Invalid) as caught:
            token.create(wang_fang, label="试验", scopes=scopes, days=30, by=actor_of(system_admin))
        assert "scopes" in caught.value.fields


def test_making_and_approving_are_two_persons(wang_fang, system_admin, security_admin, actor_of):
    made, _ = token.create(wang_fang, label="试验", scopes=["cases.view"], days=30, by=actor_of(system_admin))
    with pytest.raises(Refused):
        token.approve(made, by=actor_of(system_admin))
    with pytest.raises(Refused):
        token.create(wang_fang, label="试验", scopes=["cases.view"], days=30, by=actor_of(security_admin))
    with pytest.raises(Refused, match="两个人"):
        token.approve(
            made, by=Actor(ActorKind.STAFF, actor_of(system_admin).id, permissions=frozenset({"staff.grant"}))
        )


def test_tokens_through_the_pages(client_of, system_admin, security_admin, wang_fang):
    system, security = client_of(system_admin), client_of(security_admin)
    page = system.get(f"/staff/{wang_fang.pk}/tokens").content.decode()
    assert "cases.accept" in page
    assert "cases.decide" not in page
    form = {"label": "自助终端取号", "scopes": ["cases.view"], "days": 30}
    shown = system.post(f"/staff/{wang_fang.pk}/tokens", form)
    assert shown["Cache-Control"] == "no-store"
    made = Token.objects.get()
    raw = shown.content.decode().split('id="secret">')[1].split("<")[0]
    assert raw not in system.get("/tokens/").content.decode()
    assert raw not in f"{made.hash}{made.scopes}{made.label}"
    assert "待批准" in system.get("/tokens/").content.decode()
    assert "自助终端取号" in security.get("/tokens/approvals").content.decode()
    assert security.post(f"/tokens/{made.pk}/approval").status_code == 302
    assert call(raw).status_code == 200
    assert system.post(f"/tokens/{made.pk}/revocation").status_code == 302
    assert call(raw).status_code == 401


def test_with_the_initial_password_the_api_is_closed(client_of, wang_fang):
    accounts.reset_password(wang_fang.account, by=BY)
    wang_fang.account.refresh_from_db()
    assert "修改初始密码" in problem(client_of(wang_fang).get(CASES), 403)["detail"]
