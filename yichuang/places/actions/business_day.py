"""The business day of a hall (服务日): opened in the morning, closed in the evening."""

from django.db import IntegrityError
from django.utils import timezone

from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict
from yichuang.places.actions._door import RUNNING, check_may_edit, insert, update
from yichuang.places.models import BusinessDay, Hall
from yichuang.places.queries import business_day, day_of_service


def open_day(hall: Hall, *, by: Actor) -> BusinessDay:
    """Begin the hall's present day. Pressed twice, the second is told that it has begun."""
    check_may_edit(by=by, hall=hall, permission=RUNNING)
    if hall.closed_on is not None:
        raise Conflict(f"“{hall.name}”已经关闭。")
    now = timezone.now()
    row = BusinessDay(hall=hall, day=business_day(hall, now), opened_at=now, opened_by=by.reference)
    try:
        insert(row, "business_day.opened", by=by, body={"hall": hall.code, "day": row.day.isoformat()})
    except IntegrityError as error:
        raise Conflict("今天已经开厅。") from error
    return row


def close_day(hall: Hall, *, by: Actor) -> BusinessDay:
    check_may_edit(by=by, hall=hall, permission=RUNNING)
    row = day_of_service(hall)
    if row is None or row.closed_at is not None:
        raise Conflict("今天还没有开厅。" if row is None else "今天已经闭厅。")
    ended = {"closed_at": timezone.now(), "closed_by": by.reference}
    update(row, ended, "business_day.closed", by=by, body={"hall": hall.code, "day": row.day.isoformat()})
    return row


def reopen_day(hall: Hall, *, by: Actor) -> BusinessDay:
    """Go on after a day was closed too early; both moments stay in the ledger."""
    check_may_edit(by=by, hall=hall, permission=RUNNING)
    row = day_of_service(hall)
    if row is None or row.closed_at is None:
        raise Conflict("今天还没有闭厅。")
    anew = {"closed_at": None, "closed_by": ""}
    update(row, anew, "business_day.reopened", by=by, body={"hall": hall.code, "day": row.day.isoformat()})
    return row
