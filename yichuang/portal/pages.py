"""The citizen's pages: each one task, each readable on a telephone, none that needs a script."""

import io

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from yichuang.cases.queries import public_progress
from yichuang.kit.audience import public
from yichuang.lib.errors import NotFound, TooMany
from yichuang.places.rules.kinds import HallKind
from yichuang.portal import formats
from yichuang.portal.forms import ProgressForm
from yichuang.portal.queries import guides as guide_queries
from yichuang.portal.queries import halls as hall_queries
from yichuang.search.queries import find

_HITS = 20
_MOST_WORDS = 60
_LONGEST_CODE = 100


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    halls = hall_queries.halls(HallKind.DISTRICT, HallKind.PARK)
    return render(request, "portal/home.html", {"topics": formats.topics(), "halls": halls})


@public
@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/halls.html", {"groups": hall_queries.halls_by_kind()})


@public
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """Search: the whole page, or only the hits when htmx asks while somebody types."""
    words = request.GET.get("q", "").strip()[:_MOST_WORDS]
    hits = find("item", words, limit=_HITS) if words else []
    template = "portal/_hits.html" if "HX-Request" in request.headers else "portal/guides.html"
    response = render(request, template, {"words": words, "hits": hits})
    patch_vary_headers(response, ["HX-Request"])
    return response


@public
@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/departments.html", {"departments": guide_queries.departments_with_guides()})


@public
@require_safe
def department(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        name, items, more = guide_queries.guides_of(pk, _number(request.GET.get("after", "")))
    except NotFound as error:
        return _missing(request, error)
    return render(request, "portal/department.html", {"pk": pk, "name": name, "items": items, "more": more})


@public
@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    try:
        found = guide_queries.guide(_code(code))
    except NotFound:
        return _missing(request, NotFound(gettext("没有这份办事指南，可能已经停办或者地址抄错了。请重新查找。")))
    return render(request, "portal/guide.html", {"guide": found, "address": _address(found.code)})


@public
@require_safe
def guide_qr(request: HttpRequest, code: str) -> HttpResponse:
    """The address of a guide as a QR code: whoever reads the paper has the page in hand."""
    if not guide_queries.is_published(_code(code)):
        raise NotFound
    image = io.BytesIO()
    segno.make(_address(code), error="m", micro=False).save(image, kind="svg", scale=4, border=4)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """Progress by number and query code. The code never stands in an address, so the answer to the form is the page."""
    if request.method != "POST":
        form = ProgressForm(initial={"number": request.GET.get("number", "")[:40]})
        return _progress_form(request, form)
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return _progress_form(request, form, status=422)
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    try:
        found = public_progress(number, code, address=request.META.get("REMOTE_ADDR", ""))
    except (NotFound, TooMany) as error:
        response = _progress_form(request, form, sentence=str(error), status=error.status)
        if isinstance(error, TooMany):
            response["Retry-After"] = str(error.retry_after)
        return response
    return render(request, "portal/progress_result.html", {"found": found})


def _progress_form(request: HttpRequest, form: ProgressForm, sentence: str = "", status: int = 200) -> HttpResponse:
    return render(request, "portal/progress.html", {"form": form, "sentence": sentence}, status=status)


def _missing(request: HttpRequest, error: NotFound) -> HttpResponse:
    return render(request, "portal/missing.html", {"sentence": str(error)}, status=404)


def _code(raw: str) -> str:
    """An item code from an address; one that no catalogue can hold (NUL, too long) is simply not there."""
    if not raw.isprintable() or len(raw) > _LONGEST_CODE:
        raise NotFound
    return raw


def _number(raw: str) -> int:
    """A row number from an address; anything else counts as none. Eighteen digits fit every database."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 18 else 0


def _address(code: str) -> str:
    return str(settings.PUBLIC_URL) + reverse("portal:guide", args=[code])
