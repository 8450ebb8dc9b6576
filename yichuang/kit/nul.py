"""No NUL gets past the door: SQLite would store it, PostgreSQL refuse it with a trace; here it is a sentence."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from yichuang.lib.canonical import canonical

_SENTENCE = "内容里有不可见的空字符（NUL），请删除后重试。"


class RefuseNul:
    """Looks at addresses and JSON bodies; form fields are checked by their forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return _refusal() if _has_nul(request) else self.get_response(request)


def _has_nul(request: HttpRequest) -> bool:
    if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    return request.content_type == "application/json" and b"\\u0000" in request.body


def _refusal() -> HttpResponse:
    body = {"type": "about:blank", "title": "请求有误", "status": 400, "detail": _SENTENCE, "code": "bad_request"}
    return HttpResponse(canonical(body), status=400, content_type="application/problem+json")
