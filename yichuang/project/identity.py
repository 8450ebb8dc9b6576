"""``request.actor``: who is asking, with posts and scope, in one query after the session's. Here also the idle lock."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from yichuang.accounts import rules
from yichuang.lib.actor import Actor
from yichuang.staff import queries as staff_queries

SEEN = "seen"


class Identity:
    """Reads the session only where a cookie was sent; ends it when idle, locked, or when the password changed since."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor | None:
        account_id = request.session.get(SESSION_KEY)
        if account_id is None:
            return None
        if self._is_idle_over(request):
            request.session.flush()
            return None
        found = staff_queries.actor_of(int(account_id), session_hash=request.session.get(HASH_SESSION_KEY, ""))
        if found is None:
            request.session.flush()
        return found

    def _is_idle_over(self, request: HttpRequest) -> bool:
        """True when the session has seen nobody for too long; else note that somebody was here.

        What a page asks for by itself, again and again (``X-Poll: 1``), is nobody.
        """
        now, limit = timezone.now().timestamp(), settings.IDLE_MINUTES * 60
        seen = request.session.get(SEEN)
        if seen is not None and rules.is_idle_over(seen, now, limit):
            return True
        if seen is None or (request.headers.get("X-Poll") != "1" and rules.needs_new_sign(seen, now, limit)):
            request.session[SEEN] = now
        return False
