"""What the worker does for the ledger, as steps: each does a little, says how much, and is safe in several workers at once."""

import logging
from collections.abc import Sequence
from datetime import datetime

from yichuang.ledger.actions.delivery import deliver, deliver_again
from yichuang.ledger.actions.numbering import number_events
from yichuang.ledger.actions.sealing import seal_events
from yichuang.ledger.ports import Subscriber
from yichuang.lib.faults import fault

_log = logging.getLogger(__name__)


def number() -> int:
    """Number what was committed."""
    return number_events()


def seal(*, now: datetime) -> int:
    """Seal what is numbered, when it is time."""
    return 0 if seal_events(now=now) is None else 1


def tell(subscribers: Sequence[Subscriber], *, now: datetime) -> int:
    """Let every subscriber hear what waits for it. One that fails never keeps the others from hearing."""
    done = 0
    for subscriber in subscribers:
        try:
            done += deliver(subscriber, now=now)
        except Exception as error:  # noqa: BLE001 - not even its failure could be written; the next round tries again
            _log.error("subscriber %s: %s", subscriber.name, fault(error))
    return done + deliver_again(subscribers, now=now)
