import itertools

import pytest

from yichuang.staff.rules import (
    ADMINISTRATORS,
    BUSINESS,
    DEPARTMENT_ROLES,
    EVERYONE,
    HALL_ROLES,
    PERMISSIONS,
    ROLE_LABELS,
    WIDE_ROLES,
    Role,
    clash,
    holders,
    permissions_of,
    place_fault,
)


def test_every_role_has_a_label_and_a_kind_of_place():
    assert set(ROLE_LABELS) == EVERYONE
    assert HALL_ROLES | DEPARTMENT_ROLES | WIDE_ROLES == EVERYONE
    assert not HALL_ROLES & DEPARTMENT_ROLES


def test_every_permission_names_its_module_and_has_a_holder():
    for name, (sentence, roles) in PERMISSIONS.items():
        assert name.count(".") == 1
        assert sentence
        assert roles <= EVERYONE
        assert roles, name


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(Role, 2)))
def test_three_administrators_stand_apart_and_business_does_not_clash(first, second):
    sentence = clash([first, second])
    apart = bool({first, second} & ADMINISTRATORS)
    assert bool(sentence) == apart
    if apart:
        assert "三员分立" in sentence
        for role in {first, second} & ADMINISTRATORS:
            assert ROLE_LABELS[role] in sentence


def test_no_administrator_holds_a_permission_of_business():
    """System administration makes logins and no decisions; it cannot grant, and security cannot make logins."""
    for role in ADMINISTRATORS:
        held = permissions_of([role])
        assert not {name for name in held if name.startswith(("cases.", "parties.", "documents."))}
        assert not {name for name in held if name.endswith(".edit")} - {"staff.edit"}
    assert "staff.grant" not in permissions_of([Role.SYSTEM_ADMIN])
    assert not {"staff.accounts", "staff.tokens", "staff.edit"} & permissions_of([Role.SECURITY_ADMIN])
    for role in EVERYONE - {Role.AUDITOR}:
        assert "ledger.view" not in permissions_of([role])


def test_who_may_in_words():
    words = holders()
    assert words["cases.accept"] == "综合窗口"
    assert words["desk.enter"] == "全体工作人员"
    assert words["staff.qualify"] == "大厅管理、审批局"
    assert permissions_of([]) == frozenset()
    assert set(words) == set(PERMISSIONS)
    assert BUSINESS


@pytest.mark.parametrize("role", list(Role))
def test_a_post_has_the_place_its_role_needs(role):
    fitting = [
        (hall, department)
        for hall, department in itertools.product([False, True], repeat=2)
        if not place_fault(role, has_hall=hall, has_department=department)
    ]
    assert fitting == [(role in HALL_ROLES, role in DEPARTMENT_ROLES)]
