"""The middleware that holds every route to its declared audience, and turns refusals into pages."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from yichuang.kit.audience import MUST_CHANGE_PASSWORD, Audience, declared_by, operations_of
from yichuang.lib.actor import Actor
from yichuang.lib.errors import DomainError, Refused, TooMany


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
        declared = declared_by(view)
        if not declared or any(one.guard is None for one in declared):
            raise ImproperlyConfigured(f"{request.path} declares no audience")
        guard = declared[0].guard
        if operations_of(view) is not None or guard is None or guard.audience is Audience.PUBLIC:
            # An operation of the API is held to its guard by its own ``auth``, which answers with 401 and 403.
            return None
        if guard.audience is not Audience.STAFF:
            # Declared, but nothing here could tell such a visitor: closed, rather than open by oversight.
            raise ImproperlyConfigured(f"{request.path} is for {guard.audience}, whom nobody checks yet")
        return _refusal(request, guard.permission)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        return refused_page(request, error) if isinstance(error, DomainError) else None


def _refusal(request: HttpRequest, permission: str) -> HttpResponseBase | None:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return _elsewhere(request, f"{settings.LOGIN_URL}?next={quote(_place(request))}")
    if actor.may(permission):
        return None
    if actor.may(MUST_CHANGE_PASSWORD):
        return _elsewhere(request, settings.PASSWORD_URL)
    return refused_page(request, Refused("您没有办理这件事的权限。", permission=permission))


def _place(request: HttpRequest) -> str:
    """The page somebody was on: what a form or a fragment asked for is no page to come back to."""
    if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
        return request.get_full_path()
    shown = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(shown, {request.get_host()}, require_https=request.is_secure()):
        return "/desk/"
    parts = urlsplit(shown)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _elsewhere(request: HttpRequest, target: str) -> HttpResponse:
    if "HX-Request" in request.headers:
        # A fragment cannot show a whole page; htmx follows this header with the window.
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    return redirect(target)


def refused_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page (or fragment) that says what did not happen and who may do it."""
    who = getattr(error, "who", "") or (
        who_may(error.permission) if isinstance(error, Refused) and error.permission else ""
    )
    context = {"sentence": str(error), "who": who, "status": error.status}
    template = "kit/_refused.html" if "HX-Request" in request.headers else "kit/refused.html"
    response = render(request, template, context, status=error.status)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    context = {
        "sentence": "页面已过期，请返回上一页刷新后重新提交；您填写的内容仍在浏览器中。",
        "who": "",
        "status": 403,
    }
    return render(request, "kit/refused.html", context, status=403)
