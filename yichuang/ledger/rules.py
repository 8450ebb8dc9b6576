"""What an event's bytes are, how seals chain, and what a reader of the ledger checks. Pure: an auditor can follow it."""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from yichuang.lib.canonical import canonical
from yichuang.lib.merkle import leaf_hash, root
from yichuang.lib.sm3 import sm3

GENESIS = "0" * 64
# A seal is written when this many events wait, or when some wait and the last seal is this old.
SEAL_EVENTS = 1_000
SEAL_EVERY = timedelta(minutes=10)
# After this many failures a subscriber goes on without the event, which is shown to people.
FAILURES_UNTIL_PARKED = 5
# The name of the lease by which one worker leads.
WORKER_LEASE = "worker"


def moment_text(moment: datetime) -> str:
    """ISO 8601 with microseconds; the caller passes UTC. One moment, one text, whatever the database returns."""
    return moment.isoformat(timespec="microseconds")


def retry_pause(failures: int) -> timedelta:
    """1, 4, 16, 64 seconds: long enough for a passing fault, short enough that the others do not wait for an hour."""
    return timedelta(seconds=4 ** (failures - 1))


def detail_hash(salt: bytes, text: str) -> str:
    """What the body holds of a free text. The salt lies inside the encrypted detail: nobody can try out likely texts."""
    return sm3(salt + text.encode()).hex()


def detail_matches(expected: object, salt: bytes, text: str) -> bool:
    return isinstance(expected, str) and hmac.compare_digest(detail_hash(salt, text), expected)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it is hashed. ``at`` is ISO 8601 in UTC with microseconds; ``body`` is canonical JSON text."""

    id: int
    subject: str
    seq: int
    kind: str
    actor: str
    on_behalf_of: str
    hall: int | None
    window: int | None
    at: str
    body: str
    position: int | None = None

    @property
    def leaf(self) -> bytes:
        """The SM3 leaf hash (RFC 6962 form) over the canonical JSON of everything but the position.

        The position is the leaf's place in the tree of its seal and needs no second witness.
        """
        content = asdict(self)
        del content["position"]
        return leaf_hash(canonical(content).encode())

    @property
    def facts(self) -> Mapping[str, object]:
        """The body as a mapping."""
        parsed = json.loads(self.body)
        if not isinstance(parsed, dict):
            raise TypeError("the body of an event is a JSON object")
        return parsed


@dataclass(frozen=True, slots=True)
class SealEntry:
    """A seal over the events ``first`` … ``last`` (positions, both included); hashes as 64 hex digits."""

    number: int
    first: int
    last: int
    count: int
    root: str
    previous: str
    hash: str
    sealed_at: str

    @property
    def expected_hash(self) -> str:
        """The value that leaves the house: it covers the root and, through the chain, every seal before."""
        content = asdict(self)
        del content["hash"]
        return sm3(canonical(content).encode()).hex()


def merkle_root(entries: Iterable[Entry]) -> str:
    return root([entry.leaf for entry in entries]).hex()


def next_seal(previous: SealEntry | None, entries: Sequence[Entry], *, sealed_at: str) -> SealEntry | None:
    """The seal over ``entries``, or None when they do not follow the previous one without a gap."""
    first = previous.last + 1 if previous else 1
    if not entries or [entry.position for entry in entries] != list(range(first, first + len(entries))):
        return None
    draft = {
        "number": previous.number + 1 if previous else 1,
        "first": first,
        "last": first + len(entries) - 1,
        "count": len(entries),
        "root": merkle_root(entries),
        "previous": previous.hash if previous else GENESIS,
        "sealed_at": sealed_at,
    }
    return SealEntry(**draft, hash=sm3(canonical(draft).encode()).hex())  # type: ignore[arg-type]


def seal_is_due(waiting: int, since_last: timedelta | None) -> bool:
    """Whether ``waiting`` numbered events get their seal now; ``since_last`` is None before the first seal."""
    return waiting >= SEAL_EVENTS or (waiting > 0 and (since_last is None or since_last >= SEAL_EVERY))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the ledger, as a sentence. ``kind``: missing, altered, chain or order."""

    kind: str
    sentence: str


def verify(entries: Iterable[Entry], seals: Sequence[SealEntry]) -> Iterator[Finding]:
    """Everything wrong with a ledger whose events come in order of position: holes, changes, broken chains.

    Memory is bounded by the events of one seal and one number per subject.
    """
    yield from verify_chain(seals)
    waiting = list(reversed(seals))
    block: list[Entry] = []
    expected = 1
    last_seq: dict[str, int] = {}
    for entry in entries:
        position = entry.position or 0
        yield from _gap(expected, position)
        expected = max(expected, position + 1)
        yield from _sequence(entry, last_seq)
        while waiting and position > waiting[-1].last:
            yield from _verify_block(waiting.pop(), block)
            block = []
        if waiting:
            block.append(entry)
    while waiting:
        yield from _verify_block(waiting.pop(), block)
        block = []


def _gap(expected: int, position: int) -> Iterator[Finding]:
    if position == expected + 1:
        yield Finding("missing", f"缺失：第 {expected} 号事件不在台账中。")
    elif position > expected:
        yield Finding("missing", f"缺失：第 {expected} 至第 {position - 1} 号事件不在台账中。")
    elif position < expected:
        yield Finding("order", f"次序错乱：第 {position} 号事件出现了两次，或排在它后面的事件之后。")


def _sequence(entry: Entry, last_seq: dict[str, int]) -> Iterator[Finding]:
    """Every subject counts 1, 2, 3 … in order of position: a hole there is an event that was taken out."""
    before = last_seq.get(entry.subject, 0)
    if entry.seq > before + 1:
        numbers = f"{before + 1}" if entry.seq == before + 2 else f"{before + 1} 至第 {entry.seq - 1}"
        yield Finding(
            "missing", f"缺失：{entry.subject} 的第 {numbers} 条记录不在台账中（见第 {entry.position} 号事件）。"
        )
    elif entry.seq <= before:
        yield Finding("order", f"次序错乱：{entry.subject} 的第 {entry.seq} 条记录排在第 {before} 条之后。")
    last_seq[entry.subject] = max(before, entry.seq)


def _verify_block(seal: SealEntry, block: Sequence[Entry]) -> Iterator[Finding]:
    inside = [entry for entry in block if seal.first <= (entry.position or 0) <= seal.last]
    if len(inside) != seal.count:
        yield Finding("missing", f"缺失：第 {seal.number} 号封存应有 {seal.count} 条事件，现有 {len(inside)} 条。")
    elif merkle_root(inside) != seal.root:
        span = f"第 {seal.first} 至第 {seal.last} 号事件"
        yield Finding("altered", f"被改动：{span}与第 {seal.number} 号封存时的内容不符。")


def verify_chain(seals: Sequence[SealEntry]) -> Iterator[Finding]:
    """Each seal says what it holds, follows the one before and covers the next events."""
    previous, number, first = GENESIS, 1, 1
    for seal in seals:
        if seal.hash != seal.expected_hash:
            yield Finding("altered", f"被改动：第 {seal.number} 号封存的内容与它自己的根值不符。")
        if seal.number != number:
            yield Finding("chain", f"封存链断裂：应为第 {number} 号封存，却是第 {seal.number} 号。")
        if seal.previous != previous:
            yield Finding("chain", f"封存链断裂：第 {seal.number} 号封存不承接它的前一号。")
        if seal.first != first or seal.last - seal.first + 1 != seal.count or seal.count < 1:
            yield Finding("chain", f"封存链断裂：第 {seal.number} 号封存的起止事件号与前一号不相接。")
        previous, number, first = seal.hash, seal.number + 1, seal.last + 1


def verify_root(seals: Sequence[SealEntry], published: str) -> Iterator[Finding]:
    """A root that was written down outside must be in the chain; otherwise the end was cut off or all was made anew."""
    if all(seal.hash != published.lower() for seal in seals):
        yield Finding("missing", "缺失：给出的根值不在封存链中，台账的末尾被截去，或整个台账被换过。")
