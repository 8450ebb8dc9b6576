"""Roles, what each may do, and which exclude one another. Read by pages, API, tests and docs/permissions.md alike."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    WINDOW_CLERK = "window_clerk"
    ISSUING_CLERK = "issuing_clerk"
    MIDDLE_DESK = "middle_desk"
    HANDLER = "handler"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    CHIEF_REPRESENTATIVE = "chief_representative"
    HALL_MANAGER = "hall_manager"
    BUREAU = "bureau"
    GUIDE = "guide"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"


ROLE_LABELS = {
    Role.WINDOW_CLERK: "综合窗口",
    Role.ISSUING_CLERK: "出件窗口",
    Role.MIDDLE_DESK: "中台",
    Role.HANDLER: "部门承办",
    Role.REVIEWER: "部门审核",
    Role.APPROVER: "部门批准",
    Role.CHIEF_REPRESENTATIVE: "首席事务代表",
    Role.HALL_MANAGER: "大厅管理",
    Role.BUREAU: "审批局",
    Role.GUIDE: "导办",
    Role.SYSTEM_ADMIN: "系统管理",
    Role.SECURITY_ADMIN: "安全保密管理",
    Role.AUDITOR: "安全审计",
}

EVERYONE = frozenset(Role)
# 三员: GB/T 22239-2019 (等级保护, level 3) 8.1.5 wants system, security and audit administration in different hands.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
BUSINESS = EVERYONE - ADMINISTRATORS

HALL_ROLES = frozenset({Role.WINDOW_CLERK, Role.ISSUING_CLERK, Role.MIDDLE_DESK, Role.HALL_MANAGER, Role.GUIDE})
DEPARTMENT_ROLES = frozenset({Role.HANDLER, Role.REVIEWER, Role.APPROVER, Role.CHIEF_REPRESENTATIVE})
WIDE_ROLES = EVERYONE - HALL_ROLES - DEPARTMENT_ROLES

_DECIDERS = DEPARTMENT_ROLES
_COUNTERS = frozenset({Role.WINDOW_CLERK, Role.ISSUING_CLERK})
_SEES_CASES = BUSINESS - {Role.GUIDE}
_BUREAU = frozenset({Role.BUREAU})
_SYSTEM = frozenset({Role.SYSTEM_ADMIN})
_SECURITY = frozenset({Role.SECURITY_ADMIN})
_LEADS = frozenset({Role.HALL_MANAGER, Role.BUREAU})

OWN_PASSWORD = "staff.password"  # noqa: S105 - the name of a permission

# A permission is what one may do, never where: the reach (halls, departments) comes from the post.
PERMISSIONS: dict[str, tuple[str, frozenset[Role]]] = {
    "desk.enter": ("进入自己的工作台", EVERYONE),
    OWN_PASSWORD: ("修改自己的密码", EVERYONE),
    "cases.view": ("查看本大厅或本部门的办件", _SEES_CASES),
    "cases.accept": ("在窗口受理申请", frozenset({Role.WINDOW_CLERK})),
    "cases.decide": ("对本部门的办件作出决定", _DECIDERS),
    "cases.deliver": ("在出件窗口送达结果", frozenset({Role.ISSUING_CLERK})),
    "parties.reveal": ("显示完整证件号码和电话，每次都留痕", _COUNTERS | _DECIDERS),
    "catalogue.view": ("查看事项库", EVERYONE),
    "catalogue.import": ("导入事项", _BUREAU),
    "catalogue.edit": ("修改、发布、停用事项", _BUREAU),
    "search.synonyms": ("维护搜索用的群众说法", _BUREAU),
    "calendars.view": ("查看工作日历", EVERYONE),
    "calendars.edit": ("修改工作日历", _BUREAU),
    "places.view": ("查看大厅、窗口和部门", EVERYONE),
    "places.edit": ("设立和修改大厅、窗口、部门", _BUREAU),
    "places.run": ("开始和结束营业日，临时调整服务时间和窗口", _LEADS),
    "staff.view": ("查看人员和岗位", ADMINISTRATORS | _LEADS),
    "staff.edit": ("登记人员、修改姓名工号和互补岗", _SYSTEM | _BUREAU),
    "staff.qualify": ("登记人员的技能和职业技能等级证书", _LEADS),
    "staff.accounts": ("建立、锁定、解锁账号，重置密码", _SYSTEM),
    "staff.tokens": ("签发和吊销接口令牌", _SYSTEM),
    "staff.grant": ("授予和终止岗位，批准接口令牌", _SECURITY),
    "ledger.view": ("查看审计台账", frozenset({Role.AUDITOR})),
    "worker.retry": ("让停下的后台任务重新执行", _SYSTEM),
}


@lru_cache(maxsize=1024)
def _permissions(roles: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name, (_, holders) in PERMISSIONS.items() if holders & roles)


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    return _permissions(frozenset(roles))


def holders() -> dict[str, str]:
    """Who may, in words for people: "综合窗口、大厅管理"."""
    return {name: in_words(allowed) for name, (_, allowed) in PERMISSIONS.items()}


def in_words(roles: frozenset[Role]) -> str:
    if roles == EVERYONE:
        return "全体工作人员"
    if roles == BUSINESS:
        return "全体业务岗位人员"
    return "、".join(label for role, label in ROLE_LABELS.items() if role in roles)


def clash(roles: Iterable[str]) -> str:
    """The empty string, or the sentence why one person cannot hold all these roles at the same time."""
    held = {Role(role) for role in roles}
    administrators = [role for role in ROLE_LABELS if role in held & ADMINISTRATORS]
    others = [role for role in ROLE_LABELS if role in held - ADMINISTRATORS]
    if len(administrators) > 1:
        first, second = administrators[:2]
        return f"“{ROLE_LABELS[first]}”和“{ROLE_LABELS[second]}”必须由不同的人担任（三员分立）。"
    if administrators and others:
        return f"“{ROLE_LABELS[administrators[0]]}”不能兼任业务岗位“{ROLE_LABELS[others[0]]}”（三员分立）。"
    return ""


def place_fault(role: Role, *, has_hall: bool, has_department: bool) -> str:
    """The empty string, or what the place of a post lacks."""
    if role in HALL_ROLES and (not has_hall or has_department):
        return f"“{ROLE_LABELS[role]}”岗位要选择大厅，不选部门。"
    if role in DEPARTMENT_ROLES and (not has_department or has_hall):
        return f"“{ROLE_LABELS[role]}”岗位要选择部门，不选大厅。"
    if role in WIDE_ROLES and (has_hall or has_department):
        return f"“{ROLE_LABELS[role]}”岗位不限大厅和部门，请都留空。"
    return ""


# Plan 三（二）4, 持证上岗: the plan says "explore", so who has none is warned about and works on.
CERTIFIED_ROLES = frozenset({Role.WINDOW_CLERK, Role.ISSUING_CLERK})


class Level(StrEnum):
    """Levels of the occupational certificate of window clerks (行政办事员职业技能等级), lowest first."""

    FIVE = "five"
    FOUR = "four"
    THREE = "three"
    TWO = "two"
    ONE = "one"


LEVEL_LABELS = {
    Level.FIVE: "五级（初级工）",
    Level.FOUR: "四级（中级工）",
    Level.THREE: "三级（高级工）",
    Level.TWO: "二级（技师）",
    Level.ONE: "一级（高级技师）",
}
