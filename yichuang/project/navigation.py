"""The main menu of the desks: one row an entry, shown to whom the permission belongs."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from yichuang.lib.actor import Actor

# (label, URL name, permission)
MENU = (
    ("工作台", "workbench:home", "desk.enter"),
    ("前台受理", "workbench:counter", "cases.accept"),
    ("部门待办", "workbench:todo", "cases.decide"),
    ("统一出件", "workbench:issuing", "cases.deliver"),
    ("办件查询", "workbench:cases", "cases.view"),
    ("事项库", "catalogue:list", "catalogue.view"),
    ("群众说法", "search:phrases", "search.synonyms"),
    ("大厅与窗口", "places:halls", "places.view"),
    ("工作日历", "calendars:year", "calendars.view"),
    ("人员与岗位", "staff:list", "staff.view"),
    ("账号", "staff:accounts", "staff.accounts"),
    ("审计台账", "ledger:events", "ledger.view"),
    ("后台任务", "ledger:worker", "worker.retry"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    href: str
    is_here: bool


def navigation(request: HttpRequest) -> list[Entry]:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return []
    entries = []
    for label, name, permission in MENU:
        if not actor.may(permission):
            continue
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        is_here = request.path == href or (href != "/desk/" and request.path.startswith(href))
        entries.append(Entry(label, href, is_here))
    return entries
