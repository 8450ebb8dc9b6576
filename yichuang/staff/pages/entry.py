"""Coming in, leaving, one's own password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yichuang.accounts.actions import account as accounts
from yichuang.accounts.actions import entry
from yichuang.accounts.models import Account
from yichuang.accounts.queries import account_of, is_new
from yichuang.kit.audience import MUST_CHANGE_PASSWORD, public, staff
from yichuang.kit.guard import StaffRequest
from yichuang.lib.errors import Invalid
from yichuang.staff.forms import LoginForm, PasswordForm, attempted
from yichuang.staff.pages._form import without_trace
from yichuang.staff.queries import actor_of_account

# Names the session's origin only; nothing loads it (yichuang/project/identity.py knows who is asking).
_BACKEND = "yichuang.accounts"
HOME = "/desk/"


def _target(request: HttpRequest) -> str:
    """Where to go after coming in: a page of ours, else the desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or HOME
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else HOME


@public
@require_http_methods(["GET", "POST"])
def login_page(request: HttpRequest) -> HttpResponse:
    form = LoginForm(request.POST or None)
    target = _target(request)

    def act() -> None:
        values = form.cleaned_data
        found = entry.authenticate(values["username"], values["password"], address=request.META.get("REMOTE_ADDR", ""))
        _come_in(request, found)

    if request.method == "POST" and attempted(form, act):
        return redirect(target)
    context = {
        "form": form,
        "target": target,
        "is_return": target != HOME,
        "is_new": is_new(),
        "minutes": settings.IDLE_MINUTES,
    }
    return without_trace(render(request, "staff/login.html", context, status=422 if form.errors else 200))


def _come_in(request: HttpRequest, account: Account) -> None:
    actor = actor_of_account(account)
    if actor is None:
        raise Invalid({"password": entry.WRONG})
    entry.enter(account, by=actor)
    # Gives the session a new key: one that was planted beforehand opens nothing.
    login(request, account, backend=_BACKEND)


@public
@require_POST
def logout_page(request: StaffRequest) -> HttpResponse:
    if request.actor is not None:
        entry.leave(int(request.session[SESSION_KEY]), by=request.actor)
    request.session.flush()
    messages.success(request, "您已退出。")
    return redirect(settings.LOGIN_URL)


@staff("staff.password")
@require_http_methods(["GET", "POST"])
def password_page(request: StaffRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    account = account_of(int(request.session[SESSION_KEY]))

    def act() -> None:
        accounts.change_password(account, form.cleaned_data["old"], form.cleaned_data["new"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        request.session.cycle_key()
        request.session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        messages.success(request, "密码已修改。您在其他电脑上的登录已经全部退出。")
        return redirect(HOME)
    context = {"form": form, "is_first": request.actor.may(MUST_CHANGE_PASSWORD)}
    return render(request, "staff/password.html", context, status=422 if form.errors else 200)


@public
@require_safe
def presence(request: HttpRequest) -> HttpResponse:
    """Asked by idle.js while somebody types into a long form (the request itself is the sign of life), and when nobody does."""
    here = getattr(request, "actor", None) is not None
    return HttpResponse(status=204) if here else HttpResponse("away", content_type="text/plain")
