"""No NUL gets past the desks and the API: SQLite would store it, PostgreSQL refuse it with a trace; here it is a sentence."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from yichuang.kit.audience import Audience, declared_by, operations_of
from yichuang.lib.canonical import canonical

_SENTENCE = "内容里有不可见的空字符（NUL），请删除后重试。"


class RefuseNul:
    """Looks at addresses and JSON bodies. Form fields are checked by their forms, public pages answer for themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not _has_nul(request):
            return None
        if operations_of(view) is not None:
            return _problem()
        guards = [one.guard for one in declared_by(view)]
        if any(guard is not None and guard.audience is Audience.PUBLIC for guard in guards):
            return None
        return render(request, "kit/refused.html", {"sentence": _SENTENCE, "who": "", "status": 400}, status=400)


def _has_nul(request: HttpRequest) -> bool:
    if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    return request.content_type == "application/json" and b"\\u0000" in request.body


def _problem() -> HttpResponse:
    body = {"type": "about:blank", "title": "请求有误", "status": 400, "detail": _SENTENCE, "code": "bad_request"}
    return HttpResponse(canonical(body), status=400, content_type="application/problem+json")
