"""A walk as each role through everything its menu offers, at the desk and on the phone; pictures are left to look at."""

import pytest

from tests.journeys.people import enter, good_page

pytestmark = pytest.mark.looks

# The entrance's person, a name for the pictures, and addresses beyond the menu that belong to the role.
ROLES = [
    ("王芳", "window-clerk", ["/desk/counter/?q=办饭店", "/desk/cases/?q=没有这样的办件"]),
    ("周建军", "issuing-clerk", ["/desk/issuing/?q=没有"]),
    ("徐婷", "middle-desk", []),
    ("胡文斌", "hall-manager", []),
    ("马晓东", "guide", []),
    ("董婷婷", "village-clerk", []),
    ("江海", "handler", []),
    ("雷蕾", "reviewer", []),
    ("姚勇", "approver", []),
    ("侯亮", "chief-representative", []),
    (
        "郭美玲",
        "bureau",
        ["/places/composition", "/places/departments/", "/places/divisions/", "/places/departments/new"],
    ),
    ("高洁", "system-admin", ["/staff/new", "/accounts/"]),
    ("林海涛", "security-admin", []),
    ("罗小红", "auditor", []),
]
EXAMINED = set()
SHAPE = "document.querySelector('main').innerHTML.replace(/>[^<]+</g, '><').length"
PUBLIC = [
    "/",
    "/halls",
    "/guide/",
    "/guide/?q=办饭店",
    "/guide/departments",
    "/progress",
    "/login",
    "/demo/",
    "/ledger/root",
]


@pytest.mark.parametrize(("person", "role", "more"), ROLES, ids=[role for _, role, _ in ROLES])
def test_the_walk_of_a_role(demo_server, new_tab, person, role, more):
    """Every page at the desk's size with axe, then narrowed to a phone: nothing may scroll sideways."""
    tab = new_tab(demo_server)
    enter(tab, person)
    menu = tab.page.locator(".desk-header .nav-link").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert menu, "nobody stands before an empty menu"
    for number, address in enumerate([*dict.fromkeys(menu), *more]):
        assert tab.go(address) == 200, address
        name, shape = f"{role}-{number:02d}", tab.page.evaluate(SHAPE)
        # The same page with the same buttons, shown to another role, has been examined.
        good_page(tab, name, examine=(address, shape) not in EXAMINED)
        EXAMINED.add((address, shape))
        tab.resize("phone")
        assert tab.overflow() <= 0, address
        tab.picture(name)
        tab.resize("desk")


@pytest.mark.parametrize("size", ["desk", "phone", "board"])
def test_the_public_pages(demo_server, new_tab, size):
    tab = new_tab(demo_server, size)
    for number, address in enumerate(PUBLIC):
        assert tab.go(address) == 200, address
        good_page(tab, f"public-{number:02d}")
    tab.go("/guide/?q=食品经营许可证")
    tab.page.locator("main a[href^='/guide/5']").first.click()
    good_page(tab, "public-guide")


def test_large_print_grows_the_page_and_stays(demo_server, new_tab):
    tab = new_tab(demo_server, "phone")
    tab.go("/")
    before = tab.page.evaluate("getComputedStyle(document.body).fontSize")
    tab.press("大字版")
    assert tab.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > float(before.removesuffix("px"))
    tab.go("/guide/")
    assert tab.page.evaluate("document.documentElement.classList.contains('large-print')")
    good_page(tab, "public-large-print")
