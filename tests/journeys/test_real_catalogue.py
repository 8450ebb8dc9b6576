"""The road on an item of a real catalogue: imported, searched, accepted; an officer is appointed for its department."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.people import accept, enter, good_page, progress
from tests.support.browser import Tab

CATALOGUE = Path(__file__).resolve().parents[3] / "shared" / "data" / "guangan_items.csv"
ITEM, DEPARTMENT = "食品小经营店备案发放", "区市监局"


@pytest.fixture(scope="module")
def hall(new_server):
    """The demo district with the catalogue of a real district beside its own."""
    if not CATALOGUE.exists():
        pytest.skip("the real catalogue is not beside the project; the road is walked on items of the demo elsewhere")
    server = new_server(demo=True)
    report = json.loads(server.command("import-items", str(CATALOGUE), "--json"))
    assert report["read"] == 1135
    assert report["read"] == report["created"] + report["updated"] + report["unchanged"] + len(report["rejected"])
    return server


def appoint(tab, name, department):
    """The security administrator gives a colleague an approver's post in a department, through the pages."""
    enter(tab, "林海涛")
    tab.go(f"/staff/?q={name}")
    tab.page.get_by_role("link", name=name).first.click()
    tab.press("授予岗位")
    tab.page.locator("[name=role]").select_option(label="部门批准")
    chosen = tab.page.locator("[name=department] option", has_text=department).first.get_attribute("value")
    tab.page.locator("[name=department]").select_option(value=chosen)
    tab.page.locator("main form").get_by_role("button", name="授予").click()
    tab.page.wait_for_load_state("load")
    assert department in tab.text()


@pytest.fixture(scope="module")
def appointed(hall, browser):
    tab = Tab(browser, hall.url)
    appoint(tab, "侯亮", DEPARTMENT)
    tab.close()
    return hall


@pytest.mark.plan("D1-accept")
@pytest.mark.plan("D2-counter")
@pytest.mark.plan("F5")
@pytest.mark.parametrize(("outcome", "waiting"), [("准予", "待领取"), ("不予", "待送达")])
def test_a_real_item_goes_the_whole_way(appointed, new_tab, outcome, waiting):
    clerk = new_tab(appointed)
    enter(clerk, "王芳")
    number, code = accept(clerk, "小经营店备案", ITEM, written=("备案申请表", "身份证复印件"))
    good_page(clerk, "real-accepted")
    clerk.page.get_by_text("这个日期是怎么算的").click()
    assert "未公布办理时限" in clerk.page.locator("details").inner_text()
    officer = new_tab(appointed, "phone")
    enter(officer, "侯亮")
    officer.go("/desk/todo/")
    officer.page.get_by_role("link", name=number).click()
    officer.page.get_by_label(outcome, exact=True).check()
    officer.page.get_by_label("办理意见").fill("已审查。")
    if outcome == "不予":
        officer.press("提交决定")
        assert "不予决定必须说明理由" in officer.text()
        officer.page.get_by_label("不予的理由").fill("经营场所不符合要求。")
        officer.page.get_by_label("法律依据").fill("《中华人民共和国食品安全法》第三十六条")
    good_page(officer, "real-decision")
    officer.press("提交决定")
    expect(officer.page.locator(".served")).to_contain_text(waiting)
    issuer = new_tab(appointed)
    enter(issuer, "周建军")
    issuer.go(f"/desk/cases/{number}/")
    issuer.page.get_by_label("代理人").first.check()
    issuer.page.get_by_label("代理人姓名").fill("罗长顺")
    issuer.page.get_by_label("代理人身份证号").fill("51081119561105002X")
    issuer.page.get_by_label("已核对领取人身份证件").check()
    issuer.press("确认发放")
    expect(issuer.page.locator(".served")).to_contain_text("办结")
    citizen = new_tab(appointed, "phone")
    text = progress(citizen, number, code)
    assert "办结" in text
    assert "罗长顺" not in text
    assert "何晓岚" not in text
