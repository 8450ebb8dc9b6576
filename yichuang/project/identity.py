"""``request.actor``: who is asking, with posts and scope, in one query after the session's."""

from collections.abc import Callable

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from yichuang.lib.actor import Actor
from yichuang.staff import queries as staff_queries


class Identity:
    """Reads the session only where a cookie was sent; forgets a session whose account changed its password."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor | None:
        account_id = request.session.get(SESSION_KEY)
        if account_id is None:
            return None
        found = staff_queries.actor_of(int(account_id), session_hash=request.session.get(HASH_SESSION_KEY, ""))
        if found is None:
            request.session.flush()
        return found
