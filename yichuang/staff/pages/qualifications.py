"""Skills and certificates of one person."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.staff import queries
from yichuang.staff.actions import qualification
from yichuang.staff.forms import CertificateForm, SkillsForm, attempted
from yichuang.staff.models import Certificate
from yichuang.staff.pages._form import Sheet, done, show
from yichuang.staff.pages.people import href


@staff("staff.qualify")
@require_http_methods(["GET", "POST"])
def skills(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    form = SkillsForm(request.POST or None, initial={"skills": "、".join(skill.name for skill in someone.skills.all())})

    def act() -> None:
        qualification.set_skills(someone, form.names(), by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, "已保存技能。", href(someone))
    return show(request, form, Sheet(f"技能：{someone.name}", "保存", href(someone)))


@staff("staff.qualify")
@require_http_methods(["GET", "POST"])
def certificate(request: StaffRequest, pk: int) -> HttpResponse:
    someone = queries.staff_for(request.actor, pk)
    form = CertificateForm(request.POST or None)

    def act() -> None:
        qualification.add_certificate(someone, form.text(), by=request.actor)

    if request.method == "POST" and attempted(form, act):
        return done(request, "已登记证书。", href(someone))
    return show(request, form, Sheet(f"登记证书：{someone.name}", "登记", href(someone)))


@staff("staff.qualify")
@require_POST
def certificate_withdrawal(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Certificate.objects.select_related("staff"), pk=pk)
    qualification.withdraw_certificate(row, by=request.actor)
    return done(request, "证书已注销，记录保留。", href(row.staff))
