from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yichuang.cases import queries as cases
from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.lib.actor import Actor


@dataclass(frozen=True, slots=True)
class Card:
    """One thing a person can do now: a figure that leads to the list behind it."""

    title: str
    url_name: str
    icon: str
    figure: int | None
    hint: str
    urgent: bool = False


def _cards(by: Actor) -> list[Card]:
    cards = []
    if by.may("cases.accept"):
        cards.append(
            Card("前台受理", "workbench:counter", "bi-person-vcard", None, "查事项、核材料、受理，打印受理通知书")
        )
    if by.may("cases.decide"):
        waiting = cases.todo(by)
        overdue = waiting.filter(due_on__lt=timezone.localdate()).count()
        hint = f"其中 {overdue} 件已超期，请先办理" if overdue else "按到期日排列，最急的在最前"
        cards.append(Card("部门待办", "workbench:todo", "bi-inbox", waiting.count(), hint, urgent=bool(overdue)))
    if by.may("cases.deliver"):
        cards.append(
            Card(
                "统一出件",
                "workbench:issuing",
                "bi-box-arrow-up-right",
                cases.to_hand_over(by).count(),
                "结果已做好，等待领取",
            )
        )
    if by.may("cases.view"):
        cards.append(Card("办件查询", "workbench:cases", "bi-search", None, "按编号、申请人或事项名称查找"))
    return cards


@staff("desk.enter")
def home(request: StaffRequest) -> HttpResponse:
    return render(request, "workbench/home.html", {"cards": _cards(request.actor)})
