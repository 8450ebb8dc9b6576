"""What an event's bytes are, how seals chain, and what a reader of the ledger checks. Pure: an auditor can follow it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from yichuang.lib.canonical import canonical
from yichuang.lib.merkle import leaf_hash, root
from yichuang.lib.sm3 import sm3

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it is hashed. ``at`` is ISO 8601 in UTC with microseconds; ``body`` is canonical JSON text."""

    id: int
    subject: str
    seq: int
    kind: str
    actor: str
    at: str
    body: str
    position: int | None = None

    @property
    def leaf(self) -> bytes:
        """The SM3 leaf hash (RFC 6962 form) over the canonical JSON of everything but the position."""
        return leaf_hash(
            canonical(
                {
                    "id": self.id,
                    "subject": self.subject,
                    "seq": self.seq,
                    "kind": self.kind,
                    "actor": self.actor,
                    "at": self.at,
                    "body": self.body,
                },
            ).encode(),
        )


@dataclass(frozen=True, slots=True)
class SealEntry:
    """A seal over the events ``first`` … ``last`` (positions, both included); hashes as 64 hex digits."""

    number: int
    first: int
    last: int
    root: str
    previous: str
    hash: str
    sealed_at: str

    @property
    def expected_hash(self) -> str:
        content = {
            "number": self.number,
            "first": self.first,
            "last": self.last,
            "root": self.root,
            "previous": self.previous,
            "sealed_at": self.sealed_at,
        }
        return sm3(canonical(content).encode()).hex()


def merkle_root(entries: Sequence[Entry]) -> str:
    return root([entry.leaf for entry in entries]).hex()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the ledger, as a sentence."""

    kind: str
    sentence: str


def check(entries: Iterable[Entry], seals: Sequence[SealEntry]) -> Iterator[Finding]:
    """Everything wrong with a ledger given in order of position: holes, altered events, broken chains.

    Memory is bounded by one seal's events and one number per subject.
    """
    yield from _check_chain(seals)
    waiting = list(seals)
    block: list[Entry] = []
    expected = 1
    last_seq: dict[str, int] = {}
    for entry in entries:
        position = entry.position or 0
        if position != expected:
            yield Finding("missing", f"缺失：第 {expected} 至第 {position - 1} 号事件不在台账中。")
        expected = position + 1
        before = last_seq.get(entry.subject, 0)
        if entry.seq <= before:
            yield Finding("order", f"次序错乱：{entry.subject} 的第 {entry.seq} 条出现在第 {before} 条之后。")
        last_seq[entry.subject] = max(before, entry.seq)
        while waiting and position > waiting[0].last:
            yield from _check_block(waiting.pop(0), block)
            block = []
        if waiting:
            block.append(entry)
            if position == waiting[0].last:
                yield from _check_block(waiting.pop(0), block)
                block = []
    for seal in waiting:
        yield from _check_block(seal, block)
        block = []


def _check_block(seal: SealEntry, block: Sequence[Entry]) -> Iterator[Finding]:
    inside = [entry for entry in block if seal.first <= (entry.position or 0) <= seal.last]
    count = seal.last - seal.first + 1
    if len(inside) != count:
        yield Finding("missing", f"缺失：第 {seal.number} 号封存应有 {count} 条事件，现有 {len(inside)} 条。")
    elif merkle_root(inside) != seal.root:
        yield Finding("altered", f"被改动：第 {seal.number} 号封存（第 {seal.first}–{seal.last} 号事件）与封存时的根值不符。")


def _check_chain(seals: Sequence[SealEntry]) -> Iterator[Finding]:
    previous, next_number, next_first = GENESIS, 1, 1
    for seal in seals:
        if seal.number != next_number or seal.first != next_first or seal.last < seal.first:
            yield Finding("chain", f"封存链断裂：第 {seal.number} 号封存与前一号不相接。")
        if seal.hash != seal.expected_hash:
            yield Finding("chain", f"被改动：第 {seal.number} 号封存自身的内容与其校验值不符。")
        if seal.previous != previous:
            yield Finding("chain", f"封存链断裂：第 {seal.number} 号封存不承接第 {seal.number - 1} 号。")
        previous, next_number, next_first = seal.hash, seal.number + 1, seal.last + 1
