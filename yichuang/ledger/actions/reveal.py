"""Revealing (查看说明文字): the free text of an event is read one at a time, and that it was read is an event."""

from dataclasses import dataclass

from django.db import transaction

from yichuang.ledger.actions.record import record
from yichuang.ledger.models import Event
from yichuang.ledger.queries import Text, text_of
from yichuang.lib.actor import Actor
from yichuang.lib.errors import NotFound, Refused

PERMISSION = "ledger.view"


@dataclass(frozen=True, slots=True)
class Revealed:
    event: Event
    text: Text


def reveal(event_id: int, *, by: Actor) -> Revealed:
    """The text, or why there is none; recorded only when there was something to read."""
    if not by.may(PERMISSION):
        raise Refused("您没有查看审计台账的权限。", permission=PERMISSION)
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        raise NotFound
    text = text_of(event)
    if text.plain:
        with transaction.atomic():
            record("detail.revealed", event.subject, by=by, body={"event": event.pk})
    return Revealed(event, text)
