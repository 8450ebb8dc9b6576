"""Every route is asked as every role and as nobody; each answers exactly as staff.rules.PERMISSIONS says.

New routes join by themselves. "Passes the guard" is anything but a login redirect, 401 and the 403 that says who may.
"""

from pathlib import Path

import pytest
from django.test import Client

from yichuang.project.permissions import document, entrances
from yichuang.staff.rules import PERMISSIONS, ROLE_LABELS, Role, holders

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "permissions.md"


def ask(browser, entrance):
    """What the guard says: "login", "403" or "in". What lies behind it may say what it likes, short of falling over."""
    method = entrance.method or "GET"
    answer = browser.generic(method, entrance.route.example, data="{}", content_type="application/json")
    assert answer.status_code < 500, (method, entrance.route.example, answer.status_code)
    if answer.status_code == 401 or answer.headers.get("Location", "").startswith("/login"):
        return "login"
    if answer.status_code == 403:
        says_who = answer.json().get("who") if entrance.method else answer.content.decode()
        if holders().get(entrance.permission, "-") in says_who:
            return "403"
    return "in"


@pytest.fixture(scope="module")
def every_entrance():
    found = list(entrances())
    assert len(found) > 50
    return found


@pytest.mark.parametrize("role", list(Role))
def test_a_role_enters_where_its_permissions_say_and_nowhere_else(role, person_of_role, client_of, every_entrance):
    browser = client_of(person_of_role(role), raise_request_exception=False)
    wrong = []
    for entrance in every_entrance:
        if entrance.route.name in {"staff:logout", "demo:enter"}:
            continue
        expected = "in" if entrance.is_public or role in PERMISSIONS[entrance.permission][1] else "403"
        if (said := ask(browser, entrance)) != expected:
            wrong.append(f"{entrance.method} {entrance.route.where}: {said}, not {expected}")
    assert not wrong, wrong


@pytest.mark.django_db
def test_nobody_enters_where_staff_is_meant(every_entrance):
    wrong = []
    for entrance in every_entrance:
        said = ask(Client(raise_request_exception=False), entrance)
        # The login page leads to itself, and is open all the same.
        if said != ("in" if entrance.is_public else "login"):
            wrong.append(f"{entrance.method} {entrance.route.where}: {said}")
    assert not wrong, wrong


def test_whoever_has_no_post_enters_nowhere(new_person, client_of, every_entrance):
    browser = client_of(new_person("新人", "newcomer"), raise_request_exception=False)
    said = {ask(browser, entrance) for entrance in every_entrance if not entrance.is_public}
    assert said == {"403"}


def test_the_document_is_what_the_code_says():
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "yichuang permissions > docs/permissions.md"


def test_the_document_names_every_permission_and_role():
    page = document()
    for name in PERMISSIONS:
        assert f"`{name}`" in page
    for label in ROLE_LABELS.values():
        assert label in page
