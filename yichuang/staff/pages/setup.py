"""The page of an empty installation: its three administrators, once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yichuang.accounts.queries import is_new
from yichuang.kit.audience import public
from yichuang.lib.errors import NotFound
from yichuang.staff.actions import foundation
from yichuang.staff.forms import SetupForm, attempted
from yichuang.staff.pages._form import without_trace
from yichuang.staff.rules import ROLE_LABELS, Role


@public
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    if not is_new():
        raise NotFound("本平台已经启用，请直接登录。")
    form = SetupForm(request.POST or None)
    passwords: dict[Role, str] = {}

    def act() -> None:
        passwords.update(
            foundation.found(
                form.cleaned_data["code"], form.administrators(), address=request.META.get("REMOTE_ADDR", "")
            )
        )

    if request.method == "POST" and attempted(form, act):
        made = [(ROLE_LABELS[a.role], a.name, a.username, passwords[a.role]) for a in form.administrators()]
        return without_trace(render(request, "staff/founded.html", {"made": made}))
    return without_trace(render(request, "staff/setup.html", {"form": form}, status=422 if form.errors else 200))
