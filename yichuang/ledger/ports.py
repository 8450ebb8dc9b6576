"""What others plug into the ledger: those who hear of events."""

from collections.abc import Callable
from typing import NamedTuple

from yichuang.ledger.rules import Entry


class Subscriber(NamedTuple):
    """Somebody who hears of events in order of position, each exactly once.

    ``hear`` runs in the transaction that moves the cursor: what it writes and the cursor stand or fall together. It must
    be quick, and must not reach outside the database (that is what ``ports.Outgoing`` is for). ``kinds`` names the
    events it wants; empty means all.
    """

    name: str
    hear: Callable[[Entry], None]
    kinds: frozenset[str] = frozenset()
