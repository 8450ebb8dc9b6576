"""Tokens for machines (接口令牌): made by the system administrator, approved by the security administrator."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yichuang.accounts.models import Token
from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.staff import queries
from yichuang.staff.actions import token
from yichuang.staff.forms import TokenForm, attempted
from yichuang.staff.pages._form import Secret, Sheet, done, show, show_once
from yichuang.staff.pages.people import href
from yichuang.staff.rules import permissions_of

_ONCE = "请立即存入使用它的系统。本页关闭后不会再显示；安全保密管理人员批准后生效。"


@staff("staff.tokens")
@require_safe
def tokens(request: StaffRequest) -> HttpResponse:
    return render(request, "staff/tokens.html", {"rows": queries.tokens(), "now": timezone.now(), "acts": "revoke"})


@staff("staff.grant")
@require_safe
def approvals(request: StaffRequest) -> HttpResponse:
    rows = queries.tokens().filter(approved_at=None, revoked_at=None)
    return render(request, "staff/tokens.html", {"rows": rows, "now": timezone.now(), "acts": "approve"})


@staff("staff.tokens")
@require_http_methods(["GET", "POST"])
def creation(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    form = TokenForm(request.POST or None, allowed=permissions_of(queries.roles_of(someone)))
    made: list[str] = []

    def act() -> None:
        made.append(token.create(someone, **form.cleaned_data, by=request.actor)[1])

    if request.method == "POST" and attempted(form, act):
        title = f"{someone.name}的接口令牌"
        return show_once(request, Secret(title, "令牌", made[0], _ONCE, reverse("staff:tokens")))
    lead = "程序用令牌以本人的名义调用接口，所做的一切都记在本人名下。"
    return show(request, form, Sheet(f"签发接口令牌：{someone.name}", "签发", href(someone), lead))


@staff("staff.grant")
@require_POST
def approval(request: StaffRequest, pk: int) -> HttpResponse:
    token.approve(get_object_or_404(Token, pk=pk), by=request.actor)
    return done(request, "令牌已批准，现在可以使用。", reverse("staff:token_approvals"))


@staff("staff.tokens")
@require_POST
def revocation(request: StaffRequest, pk: int) -> HttpResponse:
    token.revoke(get_object_or_404(Token, pk=pk), by=request.actor)
    return done(request, "令牌已吊销。", reverse("staff:tokens"))
