"""Importing (导入): a foreign file becomes versions of items, every row accounted for, never half a row."""

from collections.abc import Sequence
from pathlib import Path

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from yichuang.catalogue.actions import _decide, _door
from yichuang.catalogue.actions._departments import Departments
from yichuang.catalogue.actions._order import in_order_of_versions, twins
from yichuang.catalogue.formats import files
from yichuang.catalogue.formats.entry import Entry, Parsed, RowRefused
from yichuang.catalogue.formats.report import Report
from yichuang.catalogue.models import ImportRun, Quarantine
from yichuang.catalogue.queries import learned
from yichuang.files.actions.storing import store
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.canonical import canonical
from yichuang.lib.errors import Conflict

# Small transactions: on SQLite every other writer waits for one to end.
_BATCH = 20
_ATTEMPTS = 3
_OVERTAKEN = "同时有别人在修改这个事项，未导入，请稍后重新导入。"
_NOT_STORABLE = "数据库没有接受这一行的内容，未导入。"


def import_file(source: bytes | Path, name: str, *, by: Actor) -> Report:
    """Take a file in. Raises FileRefused when nothing of it can be read.

    Every batch of rows is one transaction: an import killed anywhere leaves whole rows only, and running it again
    completes it. A second run of the same file changes nothing.
    """
    _door.check_may(_door.IMPORT, by=by)
    content = _bytes_of(source)
    parsed = files.parse(content, learned())
    run = _begin(content, files.shown_name(name), parsed, by=by)
    report = Report(run.pk, run.file_name, parsed.source_format, list(parsed.remarks))
    departments = Departments((entry.item for entry in parsed.entries if entry.item), by=by)
    ready = twins(in_order_of_versions(parsed.entries), report)
    for start in range(0, len(ready), _BATCH):
        _take_in(ready[start : start + _BATCH], _Import(run, departments, report, by))
    report.remarks += departments.remarks
    _finish(run, report, by=by)
    return report


class _Import:
    """What stays the same over all batches of one import."""

    def __init__(self, run: ImportRun, departments: Departments, report: Report, by: Actor) -> None:
        self.run = run
        self.departments = departments
        self.report = report
        self.by = by


def _bytes_of(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    files.refuse_large(source.stat().st_size)
    return source.read_bytes()


def _begin(content: bytes, name: str, parsed: Parsed, *, by: Actor) -> ImportRun:
    blob = store(content, by=by, kind="text/csv" if parsed.source_format.startswith("csv") else "application/json")
    run = ImportRun(file_name=name, file=blob, source_format=parsed.source_format, run_by=by.reference)
    with transaction.atomic():
        run.save(force_insert=True)
        body = {"file": blob.pk, "format": parsed.source_format, "entries": len(parsed.entries)}
        record("import.started", run.subject, by=by, body=body, detail=name)
    return run


def _finish(run: ImportRun, report: Report, *, by: Actor) -> None:
    run.report = canonical(report.as_dict())
    run.finished_at = timezone.now()
    with transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(report=run.report, finished_at=run.finished_at)
        record("import.finished", run.subject, by=by, body=report.counts())


def _take_in(entries: Sequence[Entry], work: _Import) -> None:
    """One transaction for all; where that fails, each row by itself, so that only the one at fault is refused."""
    reason = _OVERTAKEN
    for _ in range(_ATTEMPTS):
        try:
            outcomes = _write(entries, work)
        except (IntegrityError, Conflict):
            # Somebody else wrote one of these items between our reading and our writing.
            continue
        except DataError:
            reason = _NOT_STORABLE
            break
        work.report.take(outcomes)
        return
    if len(entries) == 1:
        work.report.refuse(entries[0], reason)
        return
    for entry in entries:
        _take_in([entry], work)


def _write(entries: Sequence[Entry], work: _Import) -> list[tuple[Entry, str, str]]:
    """Load, decide, write. Returns each entry with its outcome and, for a refused one, the reason."""
    known = _door.load(entry.code for entry in entries if entry.item)
    plans: list[_decide.Plan] = []
    outcomes: list[tuple[Entry, str, str]] = []
    for entry in entries:
        if entry.item is None:
            outcomes.append((entry, "rejected", entry.rejection))
            continue
        about = known.setdefault(entry.code, _decide.Known())
        if _decide.is_unchanged(about, entry.item):
            outcomes.append((entry, "unchanged", ""))
            continue
        try:
            department = work.departments.of(entry.item)
        except RowRefused as refusal:
            outcomes.append((entry, "rejected", str(refusal)))
            continue
        outcomes.append((entry, "created" if about.item is None else "updated", ""))
        plan = _decide.imported(about, entry.item, department, timezone.localdate())
        plan.version.run, plan.version.row, plan.version.raw = work.run, entry.row, entry.raw
        plans.append(plan)
    quarantined = _quarantined(entries, work.run)
    if plans or quarantined:
        _door.write(plans, by=work.by, quarantined=quarantined)
    return outcomes


def _quarantined(entries: Sequence[Entry], run: ImportRun) -> list[Quarantine]:
    return [
        Quarantine(
            run=run,
            source_format=run.source_format,
            row=entry.row,
            item_code=entry.code,
            field=unknown.field,
            value=unknown.value,
            sentence=unknown.sentence,
        )
        for entry in entries
        for unknown in entry.unknown
    ]
