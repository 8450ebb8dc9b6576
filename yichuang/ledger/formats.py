"""The export of the ledger: JSON lines, one event or seal a line, in order, to be checked without our code.

``{"event": {…}}`` lines come in order of position, each ``{"seal": {…}}`` after its last event; the first line is
``{"ledger": {…}}``, the last ``{"end": {"events": n, "seals": n}}``. ``tools/verify_ledger.py`` reads it.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from yichuang.ledger.rules import Entry, SealEntry

VERSION = 1


def _line(kind: str, content: dict[str, object]) -> str:
    return json.dumps({kind: content}, ensure_ascii=False, separators=(",", ":")) + "\n"


def export_lines(chunks: Iterable[Sequence[Entry]], seals: Sequence[SealEntry], *, exported_at: str) -> Iterator[str]:
    """The lines of an export."""
    yield _line("ledger", {"version": VERSION, "hash": "SM3", "exported_at": exported_at})
    waiting = list(reversed(seals))
    events = 0
    for chunk in chunks:
        for entry in chunk:
            while waiting and (entry.position or 0) > waiting[-1].last:
                yield _line("seal", asdict(waiting.pop()))
            yield _line("event", asdict(entry))
            events += 1
    while waiting:
        yield _line("seal", asdict(waiting.pop()))
    yield _line("end", {"events": events, "seals": len(seals)})
