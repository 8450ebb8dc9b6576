"""People (人员): the list, one person, registering and changing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.staff import queries
from yichuang.staff.actions import person
from yichuang.staff.forms import LastDayForm, PersonForm, attempted
from yichuang.staff.models import Staff
from yichuang.staff.pages._form import Sheet, done, show


def href(someone: Staff) -> str:
    return reverse("staff:person", args=[someone.pk])


@staff("staff.view")
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    words, after = request.GET.get("q", "").strip()[:60], request.GET.get("after", "")[:20]
    page = queries.people(request.actor, words, after=after)
    context = {"page": page, "words": words, "today": timezone.localdate(), "lacks": queries.lacks_certificate}
    return render(request, "staff/people.html", context)


@staff("staff.view")
@require_safe
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    today = timezone.localdate()
    posts = list(someone.posts.select_related("hall", "department"))
    context = {
        "person": someone,
        "posts": [post for post in posts if post.valid_to is None or post.valid_to >= today],
        "former": [post for post in posts if post.valid_to is not None and post.valid_to < today],
        "certificates": someone.certificates.all(),
        "today": today,
        "is_without": queries.lacks_certificate(someone),
        "is_self": request.actor.reference == someone.subject,
    }
    return render(request, "staff/person.html", context)


@staff("staff.edit")
@require_http_methods(["GET", "POST"])
def registration(request: StaffRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    made: list[Staff] = []

    def act() -> None:
        made.append(person.register(form.particulars(), by=request.actor))

    if request.method == "POST" and attempted(form, act):
        return done(request, f"已登记{made[0].name}。", href(made[0]))
    return show(
        request,
        form,
        Sheet("登记人员", "登记", reverse("staff:list"), "登记后可以建立账号；岗位由安全保密管理人员授予。"),
    )


@staff("staff.edit")
@require_http_methods(["GET", "POST"])
def particulars(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    known = {"name": someone.name, "number": someone.number, "phone": someone.phone, "deputy": someone.deputy}
    form = PersonForm(request.POST or None, initial=known)

    def act() -> None:
        person.change(someone, form.particulars(), by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, "已保存。", href(someone))
    return show(request, form, Sheet(f"修改：{someone.name}", "保存", href(someone)))


@staff("staff.edit")
@require_http_methods(["GET", "POST"])
def leaving(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    form = LastDayForm(request.POST or None)

    def act() -> None:
        person.leave(someone, last_day=form.cleaned_data["last_day"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, f"已登记{someone.name}离岗。", href(someone))
    lead = "从次日起，本人的账号和接口令牌都不能再用；办过的事仍然记着。"
    return show(request, form, Sheet(f"离岗：{someone.name}", "登记离岗", href(someone), lead, is_grave=True))
