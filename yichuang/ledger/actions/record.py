"""Recording (记账): what an act did, written at its end and in its transaction."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone

from yichuang.kit.secret import encrypt, seal, unseal
from yichuang.ledger.models import Detail, Event, PartyKey
from yichuang.ledger.rules import detail_hash
from yichuang.lib.actor import Actor
from yichuang.lib.canonical import canonical
from yichuang.lib.ids import new_id

INSTALLATION = 0
_NEXT = (
    "INSERT INTO ledger_head (subject, seq, last_id) VALUES (%s, 1, %s) ON CONFLICT (subject) DO UPDATE SET "
    "seq = ledger_head.seq + 1, last_id = CASE WHEN ledger_head.last_id < excluded.last_id "
    "THEN excluded.last_id ELSE ledger_head.last_id + %s END RETURNING seq, last_id"
)
# An act that waited for the subject made its id too early and gets one a random half millisecond after the last; plus
# one would meet the next id of the process that it waited for.
_JUMP = 1 << 20


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be written. ``detail`` is free text; ``party`` names whose key it lies under."""

    kind: str
    subject: str
    body: Mapping[str, object] = field(default_factory=dict)
    detail: str = ""
    party: int | None = None


def record(
    kind: str,
    subject: str,
    *,
    by: Actor,
    body: Mapping[str, object],
    detail: str = "",
    party: int | None = None,
) -> None:
    """Write one event: the last statements of an act, because they lock the subject until its end.

    The body holds references, codes and dates: never a name, a number of a person, or free text (that is ``detail``).
    """
    record_all([NewEvent(kind, subject, body, detail, party)], by=by)


def record_all(entries: Sequence[NewEvent], *, by: Actor) -> None:
    """Write the events of one act that touches several subjects.

    Heads are taken in the order of their subjects, whatever order the act names them in: two acts never wait for each
    other in a ring. Several calls of ``record`` in one transaction do not have that promise.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event is written in the transaction of its act")
    at = timezone.now()
    events, details = [], []
    for entry in sorted(entries, key=lambda e: e.subject):
        salt = secrets.token_bytes(16)
        body = dict(entry.body) | ({"detail_sm3": detail_hash(salt, entry.detail)} if entry.detail else {})
        text = canonical(body)
        seq, event_id = _next(entry.subject)
        events.append(
            Event(
                id=event_id,
                subject=entry.subject,
                seq=seq,
                kind=entry.kind,
                actor=by.reference,
                on_behalf_of=by.on_behalf_of or "",
                hall=by.hall,
                window=by.window,
                at=at,
                body=text,
            ),
        )
        if entry.detail:
            details.append(_detail(event_id, entry, salt))
    Event.objects.bulk_create(events)
    if details:
        Detail.objects.bulk_create(details)


def _next(subject: str) -> tuple[int, int]:
    """The next number of a subject and an id that is larger than its last one; locks the subject until the end."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [subject, new_id(), 1 + secrets.randbelow(_JUMP)])
        row = cursor.fetchone()
    return int(row[0]), int(row[1])


def _detail(event_id: int, entry: NewEvent, salt: bytes) -> Detail:
    row, key = party_key(INSTALLATION if entry.party is None else entry.party)
    sealed = encrypt(salt + entry.detail.encode(), place=f"detail|{event_id}", key=key)
    return Detail(event_id=event_id, key_id=row.pk, sealed=base64.urlsafe_b64encode(sealed).decode())


def party_key(party: int) -> tuple[PartyKey, bytes]:
    """The living key of a party, made on first use; of two processes that make it at once, one makes it."""
    row = PartyKey.objects.filter(party=party, destroyed_at=None).first()
    if row is None:
        fresh = new_id()
        wrapped = seal(secrets.token_hex(16), table="party_key", column="wrapped", row=fresh)
        PartyKey.objects.bulk_create([PartyKey(id=fresh, party=party, wrapped=wrapped)], ignore_conflicts=True)
        row = PartyKey.objects.get(party=party, destroyed_at=None)
    return row, bytes.fromhex(unseal(row.wrapped, table="party_key", column="wrapped", row=row.pk))
