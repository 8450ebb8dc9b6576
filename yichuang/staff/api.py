"""Who may call an operation of the API. Each operation carries exactly one of these as ``auth=``."""

from django.http import HttpRequest
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from yichuang.kit.audience import MUST_CHANGE_PASSWORD, Audience, Guard
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Refused
from yichuang.staff.queries import actor_of_token


class StaffAuth(AuthBase):
    """A browser session with its CSRF token, or ``Authorization: Bearer``. A request that shows a token is judged by it alone."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_name = "StaffAuth"

    def __init__(self, permission: str) -> None:
        self.guard = Guard(Audience.STAFF, permission)
        super().__init__()

    def __call__(self, request: HttpRequest) -> Actor | None:
        header = request.headers.get("Authorization")
        actor = _by_session(request) if header is None else _by_token(header)
        if actor is None:
            return None
        if actor.may(MUST_CHANGE_PASSWORD):
            raise Refused("请先登录网页，修改初始密码。", who="账号本人")
        if not actor.may(self.guard.permission):
            raise Refused("您没有办理这件事的权限。", permission=self.guard.permission)
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def staff_api(permission: str) -> StaffAuth:
    """Open to staff members (and their tokens) who hold ``permission``."""
    if not permission:
        raise ValueError("a staff operation names a permission")
    return StaffAuth(permission)


class PublicAuth:
    """The mark of an operation that is open to anyone."""

    guard = Guard(Audience.PUBLIC)

    def __call__(self, request: HttpRequest) -> bool:
        return True


public_api = PublicAuth()


def _by_token(header: str) -> Actor | None:
    scheme, _, raw = header.partition(" ")
    return actor_of_token(raw.strip()) if scheme.lower() == "bearer" and raw.strip() else None


def _by_session(request: HttpRequest) -> Actor | None:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None and check_csrf(request) is not None:
        raise Refused("请求缺少 CSRF 令牌，或令牌已过期。网页请刷新后重试，程序请使用 Bearer 令牌。")
    return actor
