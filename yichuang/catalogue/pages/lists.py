"""The lists a hall publishes (事项清单), for everyone, on a page and as a file."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yichuang.catalogue import panels, queries
from yichuang.catalogue.rules.lists import LISTS
from yichuang.kit.audience import public

_HEAD = ["事项名称", "事项编码", "主管部门", "事项类型", "承诺时限", "进驻方式", "批准文件"]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@public
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    counted = [(key, entry, queries.in_list(key).count()) for key, entry in LISTS.items()]
    return render(request, "catalogue/lists.html", {"lists": counted})


@public
@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    if key not in LISTS:
        raise Http404
    context = {"key": key, "list": LISTS[key], "rows": list(queries.in_list(key))}
    return render(request, "catalogue/list.html", context)


@public
@require_GET
def file(request: HttpRequest, key: str) -> HttpResponse:
    """CSV with a mark, so that Excel reads it as UTF-8; a cell that looks like a formula is made text."""
    if key not in LISTS:
        raise Http404
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for row in panels.limit_words(queries.in_list(key)):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    headers = {"Content-Disposition": f'attachment; filename="items-{key}.csv"'}
    return HttpResponse("﻿" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
