"""The account of an import: every row in exactly one of created, updated, unchanged and rejected."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from yichuang.catalogue.formats.entry import Entry


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about a row. ``row`` is the line of a CSV file, or the number of the entry."""

    row: int
    code: str
    reason: str


@dataclass(slots=True)
class Report:
    run: int
    file: str
    source_format: str
    remarks: list[str] = field(default_factory=list)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    warnings: list[Note] = field(default_factory=list)
    rejected: list[Note] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.created + self.updated + self.unchanged + len(self.rejected)

    def take(self, outcomes: Iterable[tuple[Entry, str, str]]) -> None:
        for entry, outcome, reason in outcomes:
            if outcome == "rejected":
                self.refuse(entry, reason)
                continue
            setattr(self, outcome, getattr(self, outcome) + 1)
            self._warn(entry)

    def refuse(self, entry: Entry, reason: str) -> None:
        self.rejected.append(Note(entry.row, entry.code, reason))
        self._warn(entry)

    def _warn(self, entry: Entry) -> None:
        self.warnings += [Note(entry.row, entry.code, sentence) for sentence in entry.warnings]

    def counts(self) -> dict[str, int]:
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "warnings": len(self.warnings),
            "rejected": len(self.rejected),
        }

    def as_dict(self) -> dict[str, object]:
        """As ``yichuang import-items --json`` prints it; rows in the order of the file."""
        by_row = sorted(self.warnings, key=lambda note: note.row), sorted(self.rejected, key=lambda note: note.row)
        return {
            "run": self.run,
            "file": self.file,
            "format": self.source_format,
            "remarks": self.remarks,
            **self.counts(),
            "warnings": [asdict(note) for note in by_row[0]],
            "rejected": [asdict(note) for note in by_row[1]],
        }
