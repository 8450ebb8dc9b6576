"""Who hears what: one row a subscriber, told of committed events in order by the worker, each exactly once.

A subscriber writes only to the database, in the transaction of its cursor; what must leave the house goes to an outbox.
"""

from yichuang.ledger.ports import Subscriber

SUBSCRIBERS: list[Subscriber] = []
