"""Quarantined codes (隔离代码): somebody says what one means, and from then on imports understand it."""

from django.db import transaction
from django.utils import timezone

from yichuang.catalogue.actions._door import IMPORT, check_may
from yichuang.catalogue.formats.tables import TABLES
from yichuang.catalogue.models import Quarantine
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Invalid


def resolve(entry: Quarantine, meaning: str, *, by: Actor) -> Quarantine:
    """Say what a foreign code means. Items that were left out for it come in when their file is imported again."""
    check_may(IMPORT, by=by)
    table = TABLES.get(entry.field)
    if table is None or meaning not in table.meanings:
        raise Invalid({"meaning": "请选择这个代码的含义。"})
    now = timezone.now()
    changes = {"meaning": meaning, "resolved_at": now, "resolved_by": by.reference}
    with transaction.atomic():
        if not Quarantine.objects.filter(pk=entry.pk, meaning="").update(**changes):
            raise Conflict("这个代码刚刚已有人确认，请刷新页面。")
        body = {"format": entry.source_format, "field": entry.field, "code": entry.value, "meaning": meaning}
        record("quarantine.resolved", f"quarantine:{entry.pk}", by=by, body=body)
    entry.meaning, entry.resolved_at, entry.resolved_by = meaning, now, by.reference
    return entry
