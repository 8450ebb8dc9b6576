"""Posts of one person, granted and ended."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.staff import queries
from yichuang.staff.actions import post
from yichuang.staff.forms import PostEndForm, PostForm, attempted
from yichuang.staff.models import Post
from yichuang.staff.pages._form import Sheet, done, show
from yichuang.staff.pages.people import href


@staff("staff.grant")
@require_http_methods(["GET", "POST"])
def grant(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    form = PostForm(request.POST or None)

    def act() -> None:
        role, place = form.role_and_place()
        post.grant(someone, role, by=request.actor, at=place, term=form.term())

    if request.method == "POST" and attempted(form, act):
        return done(request, f"已授予{someone.name}岗位。", href(someone))
    lead = "系统管理、安全保密管理、安全审计三者不得兼任，也不得兼任业务岗位。"
    return show(request, form, Sheet(f"授予岗位：{someone.name}", "授予", href(someone), lead))


@staff("staff.grant")
@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Post.objects.select_related("staff"), pk=pk)
    form = PostEndForm(request.POST or None)

    def act() -> None:
        post.end(row, by=request.actor, last_day=form.cleaned_data["last_day"])

    if request.method == "POST" and attempted(form, act):
        return done(request, f"已终止{row.staff.name}的“{row.role_label}”岗位。", href(row.staff))
    sheet = Sheet(f"终止岗位：{row.staff.name} · {row.role_label}", "终止", href(row.staff), is_grave=True)
    return show(request, form, sheet)
