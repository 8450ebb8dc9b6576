"""Public pages about the installation itself: how a counter computer comes to trust this server."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yichuang.kit.audience import public
from yichuang.lib.errors import NotFound
from yichuang.project import tls


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
