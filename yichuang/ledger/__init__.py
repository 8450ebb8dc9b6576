"""The ledger (审计台账): what happened, who did it, in an order nobody can change afterwards.

- ``actions.record``: ``record`` and ``record_all`` write events at the end of an act, in its transaction.
- ``jobs``: the leading worker numbers events, seals them in Merkle trees and hands them to ``ports.Subscriber``.
- ``queries.text_of``: the free text of an event, which lies encrypted beside it; ``actions.erasure`` destroys its key.
- ``rules.verify``: what a reader checks; ``yichuang ledger verify`` and ``export`` for people, ``tools/verify_ledger.py``
  for those who do not want to trust our code.

Bodies hold references, codes and dates only: never a name, a number of a person, or free text.
"""
