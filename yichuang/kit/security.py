"""Response headers: a strict content security policy without inline script or style, and friends."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_RULES = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "object-src 'self'",
]
POLICY = "; ".join(_RULES)


class SecurityHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        if getattr(request, "actor", None) is not None:
            # What a person saw must not be there for the next one who presses "back".
            response.headers.setdefault("Cache-Control", "no-store")
        return response
