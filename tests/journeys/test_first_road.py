"""The first road: accepted at a counter, decided in its department, handed over, followed by the citizen."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import accept, enter, good_page, progress


@pytest.mark.plan("D1-accept")
@pytest.mark.plan("D2-counter")
@pytest.mark.plan("F5")
@pytest.mark.parametrize("outcome", ["grant", "deny"])
def test_the_road(demo_server, new_tab, outcome):
    clerk = new_tab(demo_server)
    enter(clerk, "王芳")
    number, code = accept(clerk, "办饭店", "食品经营许可证核发（新办）")
    good_page(clerk, f"accepted-{outcome}")
    citizen = new_tab(demo_server, "phone")
    assert "审查中" in progress(citizen, number, code)
    good_page(citizen, f"progress-{outcome}")
    approver = new_tab(demo_server)
    enter(approver, "部门批准")
    approver.go("/desk/todo/")
    good_page(approver, "todo")
    approver.page.get_by_role("link", name=number).click()
    approver.page.get_by_label("准予" if outcome == "grant" else "不予", exact=True).check()
    approver.page.get_by_label("办理意见").fill("材料齐全，符合条件。")
    if outcome == "deny":
        approver.page.get_by_label("不予的理由").fill("经营场所未达到卫生要求。")
        approver.page.get_by_label("法律依据").fill("《中华人民共和国食品安全法》第三十三条")
    good_page(approver, f"decision-{outcome}")
    approver.press("提交决定")
    expect(approver.page.locator(".served")).to_contain_text("待领取" if outcome == "grant" else "待送达")
    assert "待领取" in progress(citizen, number, code) or "不予" in progress(citizen, number, code)
    issuer = new_tab(demo_server)
    enter(issuer, "出件窗口")
    issuer.go(f"/desk/issuing/?q={number}")
    good_page(issuer, "issuing")
    issuer.page.get_by_role("link", name=number).click()
    issuer.page.get_by_label("已核对领取人身份证件").check()
    good_page(issuer, f"delivery-{outcome}")
    issuer.press("确认发放")
    expect(issuer.page.locator(".served")).to_contain_text("办结")
    assert "办结" in progress(citizen, number, code)
    good_page(citizen, f"progress-done-{outcome}")
    assert "被改动" not in demo_server.command("ledger", "verify")
