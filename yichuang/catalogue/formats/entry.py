"""The intermediate form: what a row or entry of any source was understood to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yichuang.catalogue.rules import State
from yichuang.lib.canonical import canonical
from yichuang.lib.errors import Invalid
from yichuang.lib.sm3 import sm3

# (field, foreign value) to the internal value that a person has said it means.
Learned = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One version of one item. ``values`` holds only the columns of a version on which the source speaks.

    On what is not there, and on materials that are None, the source is silent: an import leaves what is known.
    """

    code: str
    code_scheme: str
    department: str
    division: str
    values: Mapping[str, object]
    basic_code: str = ""
    uscc: str = ""
    main_item: str = ""
    source_version: str = ""
    state: State = State.PUBLISHED
    is_sample: bool = False
    materials: tuple[Mapping[str, object], ...] | None = None

    @property
    def digest(self) -> str:
        """Equal for equal content: what decides whether an import makes a new version."""
        said = {
            "department": self.department,
            "division": self.division,
            "main_item": self.main_item,
            "source_version": self.source_version,
            "state": str(self.state),
            "values": dict(self.values),
            "materials": None if self.materials is None else list(self.materials),
        }
        return sm3(canonical(said).encode()).hex()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A foreign code without a meaning here."""

    field: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row or entry as read: an item, or the reason why there is none."""

    row: int
    raw: str
    code: str = ""
    item: ParsedItem | None = None
    rejection: str = ""
    warnings: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A whole file. ``remarks`` concern the file, not a row of it."""

    source_format: str
    entries: Sequence[Entry]
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Notes:
    """Collects doubts while an entry is being read."""

    learned: Learned = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)

    def warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)


class RowRefused(Exception):  # noqa: N818 - said like the errors of lib
    """Raised for an entry that cannot become an item; the text is the sentence for people."""


class FileRefused(Invalid):
    """Nothing of this file can be read; the text is the sentence for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__({"file": sentence})
