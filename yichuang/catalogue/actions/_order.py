"""The order in which the entries of one file are taken, and what is done with codes that occur twice."""

from collections.abc import Sequence
from dataclasses import replace

from yichuang.catalogue.formats.entry import Entry
from yichuang.catalogue.formats.report import Report


def in_order_of_versions(entries: Sequence[Entry]) -> list[Entry]:
    """The versions of one item in ascending order, in the places that these entries had in the file."""
    places: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        if entry.item and entry.item.source_version.isdecimal():
            places.setdefault(entry.code, []).append(place)
    ordered = list(entries)
    for group in places.values():
        sorted_group = sorted((entries[place] for place in group), key=_version_number)
        for place, entry in zip(group, sorted_group, strict=True):
            ordered[place] = entry
    return ordered


def _version_number(entry: Entry) -> int:
    return int(entry.item.source_version) if entry.item else 0


def twins(entries: Sequence[Entry], report: Report) -> list[Entry]:
    """Of entries with the same code and source version the first counts: an equal one is said, another is refused.

    Which of two different rows is right nobody can know here; taking the later one would change the item at every run.
    """
    first: dict[tuple[str, str], Entry] = {}
    kept = []
    for entry in entries:
        if entry.item is None:
            kept.append(entry)
            continue
        earlier = first.setdefault((entry.code, entry.item.source_version), entry)
        if earlier is entry:
            kept.append(entry)
        elif earlier.item is not None and earlier.item.digest == entry.item.digest:
            kept.append(replace(entry, warnings=(*entry.warnings, f"与第 {earlier.row} 行完全重复。")))
        else:
            sentence = f"编码与第 {earlier.row} 行相同而内容不同，无法判断以哪一行为准，未导入这一行。"
            kept.append(replace(entry, item=None, rejection=sentence))
    return kept
