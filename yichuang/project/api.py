"""The API: OpenAPI 3.1 at /api/docs, errors as RFC 9457 problem+json with a Chinese sentence."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from yichuang import __version__
from yichuang.cases.api import router as cases
from yichuang.kit.guard import who_may
from yichuang.lib.canonical import canonical
from yichuang.lib.errors import DomainError, Invalid, Refused, TooMany
from yichuang.portal.api import router as public

api = NinjaAPI(
    title="一窗 Yichuang",
    version=__version__,
    description="政务服务综合窗口平台接口。错误一律为 application/problem+json，detail 是可以直接给人看的中文句子。",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
api.add_router("", public)
api.add_router("", cases)

TITLES = {
    400: "请求有误",
    401: "需要登录",
    403: "没有权限",
    404: "没有找到",
    409: "状态冲突",
    422: "内容有误",
    429: "尝试过多",
}


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    body = {"type": "about:blank", "title": TITLES.get(status, "出错了"), "status": status, "detail": detail} | more
    return HttpResponse(canonical(body), status=status, content_type="application/problem+json")


@api.exception_handler(DomainError)
def on_domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    more: dict[str, Any] = {"code": error.code}
    if isinstance(error, Invalid):
        more["errors"] = [{"field": name, "detail": sentence} for name, sentence in error.fields.items()]
    if isinstance(error, Refused):
        more["who"] = error.who or (who_may(error.permission) if error.permission else "")
    response = problem(error.status, str(error), **more)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    return response


@api.exception_handler(AuthenticationError)
def on_no_login(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem(401, "请先登录，或在 Authorization 头中提供有效的 Bearer 令牌。", code="unauthenticated")
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ValidationError)
def on_bad_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [
        {"field": ".".join(str(part) for part in entry["loc"]), "detail": _sentence(entry)} for entry in error.errors
    ]
    return problem(422, "提交的内容有误，请对照 errors 逐项修改。", code="invalid", errors=fields)


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    sentence = "请求内容不是合法的 JSON。" if error.status_code == 400 else str(error)
    return problem(error.status_code, sentence, code="bad_request")


_SENTENCES = {
    "missing": "缺少这一项。",
    "string_too_long": "太长了。",
    "string_too_short": "太短了。",
    "string_type": "应为文字。",
    "int_parsing": "应为整数。",
    "int_type": "应为整数。",
    "bool_type": "应为 true 或 false。",
    "bool_parsing": "应为 true 或 false。",
    "enum": "不在允许的取值之内。",
    "greater_than_equal": "数值太小。",
    "less_than_equal": "数值太大。",
    "string_pattern_mismatch": "格式不正确。",
    "too_long": "条目太多。",
}


def _sentence(entry: dict[str, Any]) -> str:
    return _SENTENCES.get(str(entry.get("type", "")), "内容不正确。")
