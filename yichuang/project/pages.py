"""Public pages about the installation itself: trusting its certificate, reading its API."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja.openapi.schema import get_schema
from ninja.responses import NinjaJSONEncoder

from yichuang.kit.audience import public
from yichuang.lib.errors import NotFound
from yichuang.project import tls
from yichuang.project.api import api


def _authority() -> tls.Files:
    files = tls.files_in(settings.DATA_DIR / "tls")
    if not files.authority.exists():
        raise NotFound("本服务没有启用 HTTPS（yichuang serve --tls），没有证书可供安装。")
    return files


@public
@require_safe
def tls_guide(request: HttpRequest) -> HttpResponse:
    """How to install the certificate, step by step for each kind of computer."""
    context = {"fingerprint": tls.fingerprint(_authority().authority), "address": settings.PUBLIC_URL}
    return render(request, "project/tls_guide.html", context)


@public
@require_safe
def tls_authority(request: HttpRequest) -> HttpResponse:
    content = _authority().authority.read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="yichuang-ca.crt"'}
    return HttpResponse(content, content_type="application/x-x509-ca-cert", headers=headers)


@public
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document of this installation, as committed in docs/openapi.json."""
    return JsonResponse(get_schema(api, path_prefix="/api/v1/"), encoder=NinjaJSONEncoder)
