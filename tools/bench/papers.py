"""Acceptance notices a second, the whole way: opened, laid out with their QR code, made a PDF/A, encrypted and on the disk.

Run inside a Django process whose database is empty and may be written to.
"""

import statistics
import time

from django.db import transaction

from tools.bench.figure import percentile
from yichuang.documents.actions.issuing import issue
from yichuang.documents.actions.rendering import pdf_of
from yichuang.documents.models import Paper
from yichuang.documents.tests.contents import CLERK, CONTENTS

PAPERS = 200


def _issued(number: int) -> Paper:
    case = f"51081120230418-{number:04d}-0"
    content: dict[str, object] = {**CONTENTS["acceptance_notice"], "number": case, "applicant": f"第{number}位申请人"}
    with transaction.atomic():
        return issue("acceptance_notice", f"case:{number}", content, by=CLERK)


def run() -> dict[str, object]:
    pdf_of(_issued(0))  # The first paper of a process reads the fonts.
    took = []
    for number in range(1, PAPERS + 1):
        paper = _issued(number)
        start = time.perf_counter()
        pdf_of(paper)
        took.append((time.perf_counter() - start) * 1000)
    return {
        "name": "papers",
        "value": round(1000 * len(took) / sum(took), 1),
        "unit": "papers/s",
        "p50_ms": round(statistics.median(took), 2),
        "p99_ms": percentile(took, 0.99),
    }
