"""How the people of the demo get to their desks, and the few things every journey does there."""

import re

from playwright.sync_api import expect

PERSON = ("510811199003070017", "何晓岚")


def enter(tab, name):
    """Through the demo's front page as the person of that name."""
    tab.page.context.clear_cookies()
    tab.go("/demo/")
    tab.page.get_by_role("button", name=name).first.click()
    expect(tab.page.get_by_role("heading", name="您好")).to_be_visible()


def good_page(tab, name, *, examine=True):
    """What must hold of every page: nothing serious for axe, no sideways scrolling; and a picture to look at."""
    if examine:
        assert tab.axe() == [], name
    assert tab.overflow() <= 0, name
    tab.picture(name)


def accept(tab, words, item, identifier=PERSON[0], name=PERSON[1], written=("营业执照复印件",)):
    """At the front desk: search, choose, fill in, accept. Returns number and query code."""
    tab.go("/desk/counter/")
    tab.page.get_by_label("群众要办什么事").fill(words)
    tab.page.locator("#hits").get_by_role("link", name=item).first.click()
    tab.page.get_by_label("证件号码").fill(identifier)
    tab.page.get_by_label("姓名或名称").fill(name)
    if tab.page.get_by_role("button", name="全部已收").count():
        tab.page.get_by_role("button", name="全部已收").click()
    for row, material in enumerate(written):
        tab.page.locator(f"[name=x-{row}-name]").fill(material)
    expect(tab.page.locator("[data-mirror=id_name]")).to_have_text(name)
    tab.page.keyboard.press("F9")
    tab.page.wait_for_url(re.compile(r"/accepted$"))
    numbers = tab.page.locator(".big-number").all_inner_texts()
    return numbers[0].strip(), numbers[1].strip()


def progress(tab, number, code):
    """What a citizen reads, as text."""
    tab.go(f"/progress?number={number}")
    tab.page.get_by_label("查询码").fill(code)
    tab.page.locator("main").get_by_role("button").first.click()
    tab.page.wait_for_load_state("load")
    return tab.text()
