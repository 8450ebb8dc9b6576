"""Accounts (账号): who can log in; opened, locked, unlocked, reset."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.staff import queries
from yichuang.staff.actions import account, person
from yichuang.staff.forms import UsernameForm, attempted
from yichuang.staff.models import Staff
from yichuang.staff.pages._form import Secret, Sheet, done, show, show_once
from yichuang.staff.pages.people import href

_ONCE = "请当面或封装交给本人。本页关闭后不会再显示；本人第一次登录时必须改掉它。"


@staff("staff.accounts")
@require_safe
def accounts(request: StaffRequest) -> HttpResponse:
    words, after = request.GET.get("q", "").strip()[:60], request.GET.get("after", "")[:20]
    page = queries.people(request.actor, words, after=after)
    return render(request, "staff/accounts.html", {"page": page, "words": words})


@staff("staff.accounts")
@require_http_methods(["GET", "POST"])
def opening(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    form = UsernameForm(request.POST or None)
    made: list[str] = []

    def act() -> None:
        made.append(person.open_account(someone, form.cleaned_data["username"], by=request.actor))

    if request.method == "POST" and attempted(form, act):
        return _initial(request, someone, made[0])
    return show(
        request, form, Sheet(f"建立账号：{someone.name}", "建立", href(someone), "初始密码由系统生成，只显示一次。")
    )


@staff("staff.accounts")
@require_POST
def lock(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    account.lock(someone, by=request.actor)
    return done(request, f"已锁定{someone.name}的账号，正在使用的登录和令牌立即失效。", href(someone))


@staff("staff.accounts")
@require_POST
def unlock(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    account.unlock(someone, by=request.actor)
    return done(request, f"已解锁{someone.name}的账号。", href(someone))


@staff("staff.accounts")
@require_POST
def reset(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    return _initial(request, someone, account.reset(someone, by=request.actor))


def _initial(request: StaffRequest, someone: Staff, password: str) -> HttpResponse:
    secret = Secret(f"{someone.name}的初始密码", "初始密码", password, _ONCE, reverse("staff:accounts"))
    return show_once(request, secret)
