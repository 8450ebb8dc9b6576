"""Taking files in: upload, what came of it, and codes that wait for an explanation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from yichuang.catalogue import panels, queries
from yichuang.catalogue.actions import quarantine
from yichuang.catalogue.actions.importing import import_file
from yichuang.catalogue.formats.files import refuse_large
from yichuang.catalogue.formats.report import Report
from yichuang.catalogue.formats.tables import TABLES
from yichuang.catalogue.forms import MeaningForm, UploadForm, attempted
from yichuang.catalogue.models import Quarantine
from yichuang.files.queries import read
from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest


@staff("catalogue.import")
@require_http_methods(["GET", "POST"])
def imports(request: StaffRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    reports: list[Report] = []

    def act() -> None:
        upload = form.cleaned_data["file"]
        refuse_large(upload.size)
        reports.append(import_file(upload.read(), upload.name, by=request.actor))

    if request.method == "POST" and attempted(form, act):
        return redirect(reverse("catalogue:run", args=[reports[0].run]))
    context = {"form": form, "runs": queries.runs()}
    return render(request, "catalogue/imports.html", context, status=422 if form.errors else 200)


@staff("catalogue.import")
@require_GET
def run(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.run(pk)
    report = panels.report_of(found)
    context = {"run": found, "report": report, "doubts": panels.doubts(report.get("warnings"))}
    return render(request, "catalogue/run.html", context)


@staff("catalogue.import")
@require_GET
def report_file(request: StaffRequest, pk: int) -> HttpResponse:
    found = queries.run(pk)
    return _download(found.report.encode() or b"{}", "application/json", f"import-{pk}.json")


@staff("catalogue.import")
@require_GET
def source_file(request: StaffRequest, pk: int) -> HttpResponse:
    """The file as it came, byte for byte. Never shown in the browser: it is somebody else's."""
    return _download(read(queries.run(pk).file), "application/octet-stream", f"import-{pk}-source")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)


@staff("catalogue.import")
@require_GET
def quarantined(request: StaffRequest) -> HttpResponse:
    rows = [(row, TABLES[row.field]) for row in queries.quarantined() if row.field in TABLES]
    return render(request, "catalogue/quarantine.html", {"rows": rows})


@staff("catalogue.import")
@require_http_methods(["GET", "POST"])
def resolution(request: StaffRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Quarantine, pk=pk)
    form = MeaningForm(request.POST or None).offer(TABLES[entry.field].meanings)

    def act() -> Quarantine:
        return quarantine.resolve(entry, form.cleaned_data["meaning"], by=request.actor)

    if request.method == "POST" and attempted(form, act):
        messages.success(request, "已确认。重新导入原文件后，未导入的事项会进来。")
        return redirect(reverse("catalogue:quarantine"))
    context = {"form": form, "entry": entry, "table": TABLES[entry.field]}
    return render(request, "catalogue/resolution.html", context, status=422 if form.errors else 200)
