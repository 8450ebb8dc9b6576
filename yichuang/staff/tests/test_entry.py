"""Logging in, leaving, the password page, the idle lock: through the pages."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from yichuang.accounts.actions import account as accounts
from yichuang.accounts.rules import VISITOR
from yichuang.ledger.models import Event


@pytest.fixture
def clock(monkeypatch):
    """Time stands still until it is moved."""
    now = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: now[0])

    def move(**by):
        now[0] += timedelta(**by)

    return move


@pytest.fixture
def credentials(wang_fang, password):
    return {"username": "wang_fang", "password": password}


def kinds():
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_wang_fang_logs_in_and_out(client, wang_fang, credentials):
    answer = client.post("/login", {**credentials, "username": " WANG_FANG "})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.get("/presence").status_code == 204
    assert kinds()[-1] == "account.logged_in"
    assert Event.objects.order_by("-id").first().actor == wang_fang.subject
    wang_fang.account.refresh_from_db()
    assert wang_fang.account.last_login is not None
    assert client.get("/logout").status_code == 405, "a link or a picture must not log anybody out"
    assert client.post("/logout")["Location"] == "/login"
    assert kinds()[-1] == "account.logged_out"
    assert client.get("/presence").status_code == 200


def test_every_wrong_login_looks_the_same(client, wang_fang, credentials):
    pages = []
    for typed in ({"username": "nobody", "password": "x"}, {**credentials, "password": "x"}):
        answer = client.post("/login", typed)
        assert answer.status_code == 422
        assert typed["username"] in answer.content.decode(), "nothing typed is lost"
        pages.append(answer.content.decode().replace(typed["username"], "…"))
    strip = [page.split("用户名或密码不正确")[1][:40] for page in pages]
    assert strip[0] == strip[1]


def test_after_five_failures_the_page_says_how_long(client, wang_fang, credentials, clock):
    for _ in range(5):
        client.post("/login", {**credentials, "password": "x"})
    answer = client.post("/login", credentials)
    assert "请在 1 分钟后再试" in answer.content.decode()
    clock(seconds=61)
    assert client.post("/login", credentials).status_code == 302


def test_a_locked_account_and_a_person_who_left_do_not_come_in(client, wang_fang, credentials):
    accounts.lock(wang_fang.account, by=VISITOR)
    assert "用户名或密码不正确" in client.post("/login", credentials).content.decode()


def test_a_planted_session_key_is_not_kept(client, wang_fang, credentials):
    client.get("/login")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    planted = session.session_key
    client.post("/login", credentials)
    assert client.cookies["sessionid"].value != planted
    other = Client()
    other.cookies["sessionid"] = planted
    assert other.get("/presence").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/places/halls/?a=1", "/places/halls/?a=1"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("/\\evil.example", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
        ("evil", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_next_leads_nowhere_else(client, wang_fang, credentials, wanted, target):
    assert client.post("/login", {**credentials, "next": wanted})["Location"] == target
    assert client.post(f"/login?next={wanted}", credentials)["Location"] == target


def test_after_logging_in_one_is_where_one_was(client, wang_fang, credentials):
    assert client.get("/desk/?a=1&b=2")["Location"] == "/login?next=/desk/%3Fa%3D1%26b%3D2"
    posted = client.post("/password", {}, HTTP_REFERER="http://testserver/desk/cases/1/")
    assert posted["Location"] == "/login?next=/desk/cases/1/", "a form comes back to the page it stood on"
    assert client.post("/password", {}, HTTP_REFERER="http://evil.example/x")["Location"] == "/login?next=/desk/"
    fragment = client.get("/desk/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/desk/todo/?page=2")
    assert fragment.status_code == 401
    assert fragment["HX-Redirect"] == "/login?next=/desk/todo/%3Fpage%3D2"


def test_csrf_is_asked_at_the_login(wang_fang, credentials):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/login", credentials).status_code == 403


def test_the_initial_password_opens_the_password_page_only(client, wang_fang, password):
    initial = accounts.reset_password(wang_fang.account, by=VISITOR)
    client.post("/login", {"username": "wang_fang", "password": initial})
    assert client.get("/desk/")["Location"] == "/password"
    assert client.get("/desk/", HTTP_HX_REQUEST="true")["HX-Redirect"] == "/password"
    new = {"old": initial, "new": "a-good-new-one", "again": "a-good-new-one"}
    assert client.post("/password", new)["Location"] == "/desk/"
    assert client.get("/desk/").status_code != 302


def test_changing_the_password_keeps_this_browser_and_ends_the_others(client_of, wang_fang, password):
    here, there = client_of(wang_fang), client_of(wang_fang)
    key = here.cookies["sessionid"].value
    new = {"old": password, "new": "a-good-new-one", "again": "a-good-new-one"}
    assert here.post("/password", new).status_code == 302
    assert here.cookies["sessionid"].value != key
    assert here.get("/presence").status_code == 204
    assert there.get("/presence").status_code == 200
    assert kinds()[-1] == "account.password_changed"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "wrong"}, "原密码不正确"),
        ({"again": "different-one"}, "两次输入的新密码不一样"),
        ({"new": "1234567890", "again": "1234567890"}, "密码"),
    ],
)
def test_a_bad_change_says_why_and_changes_nothing(client_of, wang_fang, password, typed, sentence):
    browser = client_of(wang_fang)
    form = {"old": password, "new": "a-good-new-one", "again": "a-good-new-one", **typed}
    answer = browser.post("/password", form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    wang_fang.account.refresh_from_db()
    assert wang_fang.account.check_password(password)


def test_nobody_there_ends_the_session_on_the_server(client_of, wang_fang, clock, settings):
    settings.IDLE_MINUTES = 30
    browser = client_of(wang_fang)
    for _ in range(5):
        clock(minutes=29)
        assert browser.get("/presence").status_code == 204
    clock(minutes=31, seconds=1)
    copied = browser.cookies["sessionid"].value
    assert browser.get("/desk/")["Location"] == "/login?next=/desk/"
    # The cookie that the browser kept opens nothing either: the session itself is gone.
    thief = Client()
    thief.cookies["sessionid"] = copied
    assert thief.get("/presence").status_code == 200


def test_what_a_page_asks_for_by_itself_is_nobody(client_of, wang_fang, clock, settings):
    settings.IDLE_MINUTES = 30
    browser = client_of(wang_fang)
    browser.get("/presence")
    for _ in range(3):
        clock(minutes=10)
        assert browser.get("/presence", HTTP_X_POLL="1").status_code == 204
    clock(minutes=2)
    assert browser.get("/presence", HTTP_X_POLL="1").status_code == 200


def test_a_sign_of_life_is_one_write_a_minute(client_of, wang_fang, clock, django_assert_num_queries):
    browser = client_of(wang_fang)
    browser.get("/presence")
    clock(seconds=59)
    with django_assert_num_queries(2):
        browser.get("/presence")
    clock(seconds=2)
    before = browser.session["seen"]
    browser.get("/presence")
    assert browser.session["seen"] > before


def test_no_password_and_no_name_in_the_ledger(client, wang_fang, credentials):
    client.post("/login", {**credentials, "password": "typed-by-mistake"})
    client.post("/login", credentials)
    written = json.dumps([f"{e.subject}{e.actor}{e.body}" for e in Event.objects.all()], ensure_ascii=False)
    for secret in (credentials["password"], "typed-by-mistake", "王芳", "wang_fang"):
        assert secret not in written
