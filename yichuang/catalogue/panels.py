"""What pages show of an item beside its own fields: what changed between versions, and the doubts of an import."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from yichuang.catalogue.models import ImportRun, ItemVersion
from yichuang.catalogue.rules.content import CONTENT, MATERIAL_CONTENT

_YES_NO = {True: "是", False: "否", None: "（空）", "": "（空）"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between a version and the one before it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: ItemVersion
    changes: list[Change]


@dataclass(slots=True)
class Doubt:
    """One sentence of a report with every row it was said about."""

    reason: str
    rows: list[int] = field(default_factory=list)


def version_rows(history: Sequence[ItemVersion]) -> list[VersionRow]:
    """Versions, the newest first, each with its differences from its predecessor. No query."""
    earlier = [*history[1:], None]
    return [VersionRow(version, changes(before, version)) for version, before in zip(history, earlier, strict=True)]


def changes(before: ItemVersion | None, after: ItemVersion) -> list[Change]:
    if before is None:
        return []
    found = [
        Change(label, _shown(before, name), _shown(after, name))
        for name, label in CONTENT.items()
        if getattr(before, name) != getattr(after, name)
    ]
    return found + _material_changes(before, after)


def _material_changes(before: ItemVersion, after: ItemVersion) -> list[Change]:
    """By name: a material that stands in another place has not changed."""
    old = {m.name: m for m in before.materials.all()}
    new = {m.name: m for m in after.materials.all()}
    found = [Change("材料", name, "（不再需要）") for name in old if name not in new]
    found += [Change("材料", "（没有）", name) for name in new if name not in old]
    for name in old.keys() & new.keys():
        for column, label in MATERIAL_CONTENT.items():
            if column != "order" and getattr(old[name], column) != getattr(new[name], column):
                found.append(Change(f"材料“{name}”的{label}", _shown(old[name], column), _shown(new[name], column)))
    return found


def _shown(row: object, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return _YES_NO.get(value, str(value)) if isinstance(value, bool | None | str) else str(value)


def report_of(run: ImportRun) -> dict[str, object]:
    """The stored report; empty while an import runs or when it was cut off."""
    loaded: dict[str, object] = json.loads(run.report) if run.report else {}
    return loaded


def doubts(notes: object) -> list[Doubt]:
    """Equal sentences together, the most frequent first: a thousand rows often share a dozen reasons."""
    grouped: dict[str, Doubt] = {}
    for note in notes if isinstance(notes, list) else []:
        grouped.setdefault(note["reason"], Doubt(note["reason"])).rows.append(note["row"])
    return sorted(grouped.values(), key=lambda doubt: (-len(doubt.rows), doubt.rows[0]))


def limit_words(versions: Iterable[ItemVersion]) -> list[list[str]]:
    """Rows of a published list, as they stand on paper and in a file."""
    return [
        [
            version.name,
            version.item.code,
            version.item.department.name,
            version.regime_label,
            version.promised_label,
            version.item.placement_label,
            version.item.placement_basis,
        ]
        for version in versions
    ]
