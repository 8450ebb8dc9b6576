"""Parked events (搁置的事件): a person has the worker try again what a subscriber failed on."""

from django.db import transaction
from django.utils import timezone

from yichuang.ledger.actions.record import record
from yichuang.ledger.models import Parked
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, NotFound, Refused

PERMISSION = "worker.retry"


def retry(pk: int, *, by: Actor) -> None:
    """Ask for one more attempt; the worker makes it within a second or so."""
    if not by.may(PERMISSION):
        raise Refused("您没有让后台任务重新执行的权限。", permission=PERMISSION)
    row = Parked.objects.filter(pk=pk, parked_at__isnull=False).first()
    if row is None:
        raise NotFound("没有找到这条搁置的事件，它可能已由后台处理。")
    with transaction.atomic():
        asked = Parked.objects.filter(pk=pk, done_at=None, retry_at=None).update(retry_at=timezone.now())
        if not asked:
            raise Conflict("这条事件已经重新执行或正在等待执行，请刷新页面查看。")
        record("delivery.retried", f"subscriber:{row.subscriber}", by=by, body={"event": row.event_id})
