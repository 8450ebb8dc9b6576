"""The page that lets one enter as any role in one click. Outside demo mode it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yichuang.accounts.models import Account
from yichuang.accounts.queries import is_demo
from yichuang.demo.people import ENTRANCES, Entrance
from yichuang.kit.audience import public


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Asks the database at each request: no switch, no cache can open this door in a real hall."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_demo():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@public
@require_GET
@demo_only
def entrance(request: HttpRequest) -> HttpResponse:
    groups: dict[str, list[Entrance]] = {}
    for row in ENTRANCES:
        groups.setdefault(row.group, []).append(row)
    return render(request, "demo/entrance.html", {"groups": groups})


@public
@require_POST
@demo_only
def enter(request: HttpRequest) -> HttpResponse:
    """Log in as one of the listed demo accounts, and no other."""
    username = request.POST.get("username", "")
    if username not in {row.username for row in ENTRANCES}:
        raise Http404
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise Http404
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("workbench:home")
