"""An empty installation, from the code on the console to the first colleague at work, in a real browser."""

import re

import pytest

from tests.journeys.people import good_page

PEOPLE = {"系统管理": ("钱系统", "qian"), "安全保密管理": ("冯安全", "feng"), "安全审计": ("卫审计", "wei")}
CHOSEN = "quiet-river-1958"


def log_in(tab, username, initial):
    """The first login: the initial password opens nothing but the page where it is replaced."""
    tab.go("/login")
    tab.fill("用户名", username)
    tab.fill("密码", initial)
    tab.press("登录")
    assert tab.page.url.endswith("/password")
    tab.fill("原密码", initial)
    tab.fill("新密码", CHOSEN)
    tab.fill("再输一遍新密码", CHOSEN)
    tab.page.locator("main").get_by_role("button", name="修改").click()
    tab.page.wait_for_url("**/desk/")


def once_shown(tab):
    return tab.page.locator("#secret").inner_text()


@pytest.fixture(scope="module")
def empty_server(new_server):
    return new_server()


def test_from_the_console_to_the_first_colleague(empty_server, new_tab):
    code = re.search(r"任命三员：(\S+)", empty_server.output)[1]
    tab = new_tab(empty_server)
    assert tab.go("/setup") == 200
    good_page(tab, "setup")
    tab.fill("初始化码", code)
    for role, (name, username) in PEOPLE.items():
        tab.fill(f"{role}人员的姓名", name)
        tab.fill(f"{role}人员的用户名", username)
    tab.press("任命三员并启用")
    good_page(tab, "founded")
    initial = dict(zip(("qian", "feng", "wei"), tab.page.locator("td code").all_inner_texts(), strict=True))
    assert tab.go("/setup") == 404

    system, security = new_tab(empty_server), new_tab(empty_server)
    log_in(system, "qian", initial["qian"])
    log_in(security, "feng", initial["feng"])
    system.go("/staff/new")
    system.fill("姓名", "郑华")
    system.fill("工号", "0101")
    system.press("登记")
    person = system.page.url
    system.press("建立账号")
    system.fill("用户名", "zheng.hua")
    system.press("建立")
    good_page(system, "initial-password")
    password = once_shown(system)

    security.page.goto(person)
    security.press("授予岗位")
    security.page.get_by_label("岗位").first.select_option(label="审批局")
    security.press("授予")
    assert "审批局" in security.text()
    good_page(security, "person")

    bureau = new_tab(empty_server, "phone")
    log_in(bureau, "zheng.hua", password)
    assert bureau.go("/places/") == 200 or bureau.go("/places/halls/") == 200
    assert bureau.go("/accounts/") == 403
    assert "系统管理" in bureau.text()
    good_page(bureau, "refused")
    for page, name in ((system, "accounts"), (security, "approvals")):
        page.go("/accounts/" if page is system else "/tokens/approvals")
        good_page(page, f"staff-{name}")


@pytest.mark.looks
def test_a_screen_that_nobody_touches_does_not_stay_readable(demo_server, new_tab):
    """The clock of the page is moved on; the server's answer, that the session is over, is put in its place."""
    from tests.journeys.people import enter

    tab = new_tab(demo_server)
    enter(tab, "王芳")
    tab.page.clock.install()
    tab.page.route("**/presence", lambda route: route.fulfill(status=200, body="away"))
    tab.go("/desk/counter/?q=a")
    tab.page.clock.fast_forward("29:00")
    assert "/desk/" in tab.page.url
    tab.page.clock.fast_forward("05:00")
    tab.page.wait_for_url("**/login?next=%2Fdesk%2Fcounter%2F%3Fq%3Da")
