"""The middleware that holds every route to its declared audience, and turns refusals into pages."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from yichuang.kit.audience import Audience, guard_of
from yichuang.lib.actor import Actor
from yichuang.lib.errors import DomainError, Refused


class StaffRequest(HttpRequest):
    """A request that passed a staff guard: there is somebody."""

    actor: Actor


def who_may(permission: str) -> str:
    """The roles that hold a permission, as words for a person ("综合窗口、大厅管理")."""
    table: dict[str, str] = settings.PERMISSION_HOLDERS
    return table.get(permission, "系统管理员授权的人员")


class GuardMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        guard = guard_of(view)
        if guard is None:
            raise ImproperlyConfigured(f"{request.path} declares no audience")
        if guard.audience is not Audience.STAFF:
            return None
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return _to_login(request)
        if not actor.may(guard.permission):
            return refused_page(request, Refused("您没有办理这件事的权限。", permission=guard.permission))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        return refused_page(request, error) if isinstance(error, DomainError) else None


def _to_login(request: HttpRequest) -> HttpResponse:
    target = f"{settings.LOGIN_URL}?next={quote(request.get_full_path())}"
    if "HX-Request" in request.headers:
        # A fragment cannot show a login page; htmx follows this header with the whole window.
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    return redirect(target)


def refused_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page (or fragment) that says what did not happen and who may do it."""
    who = getattr(error, "who", "") or (
        who_may(error.permission) if isinstance(error, Refused) and error.permission else ""
    )
    context = {"sentence": str(error), "who": who, "status": error.status}
    template = "kit/_refused.html" if "HX-Request" in request.headers else "kit/refused.html"
    return render(request, template, context, status=error.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    context = {
        "sentence": "页面已过期，请返回上一页刷新后重新提交；您填写的内容仍在浏览器中。",
        "who": "",
        "status": 403,
    }
    return render(request, "kit/refused.html", context, status=403)
