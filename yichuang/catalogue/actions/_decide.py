"""Deciding what becomes of a version: what is new, what it takes over from its predecessor, whom it replaces."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from yichuang.catalogue.formats.entry import ParsedItem
from yichuang.catalogue.models import Item, ItemVersion, Material
from yichuang.catalogue.rules import CaseKind, Origin, State
from yichuang.catalogue.rules.content import CONTENT, MATERIAL_CONTENT
from yichuang.places.models import Department


@dataclass(slots=True)
class Known:
    """An item with all its versions, oldest first; it grows while the versions of one file are decided in turn."""

    item: Item | None = None
    versions: list[ItemVersion] = field(default_factory=list)
    materials: dict[int, list[Material]] = field(default_factory=dict)  # by number of the version

    @property
    def published(self) -> ItemVersion | None:
        return next((v for v in self.versions if v.state == State.PUBLISHED), None)

    @property
    def base(self) -> ItemVersion | None:
        """What a new version continues: the one in force, else the latest."""
        return self.published or (self.versions[-1] if self.versions else None)


@dataclass(slots=True)
class Plan:
    """What is to be written. ``replaced`` are stored versions that cease to be in force."""

    item: Item
    version: ItemVersion
    materials: list[Material]
    event: str
    item_changes: dict[str, object] = field(default_factory=dict)
    replaced: ItemVersion | None = None


def is_unchanged(known: Known, parsed: ParsedItem) -> bool:
    """Whether the latest import under the same source version already says this. Local edits are not compared."""
    same = [v for v in known.versions if v.origin == Origin.IMPORT and v.source_version == parsed.source_version]
    return bool(same) and same[-1].content_sm3 == parsed.digest


def imported(known: Known, parsed: ParsedItem, department: Department, today: date) -> Plan:
    """The version that an import makes, entered into ``known``."""
    item, changes = _item(known, parsed, department)
    is_past = _is_past(known, parsed)
    state = State.RETIRED if is_past else parsed.state
    base = None if is_past else known.base
    version = ItemVersion(
        **(_content(base) | dict(parsed.values)),
        item=item,
        number=_next_number(known.versions),
        source_version=parsed.source_version,
        state=state,
        origin=Origin.IMPORT,
        content_sm3=parsed.digest,
        effective_from=today,
    )
    rows: Iterable[Mapping[str, object]] = parsed.materials or ()
    if parsed.materials is None and base is not None:
        rows = [material_content(m) for m in known.materials.get(base.number, [])]
    plan = Plan(item, version, [Material(version=version, **row) for row in rows], "item.imported")
    plan.item_changes = {} if is_past else changes
    if not is_past and state != State.DRAFT:
        plan.replaced = _step_down(known)
    known.item = item
    known.versions.append(version)
    known.materials[version.number] = plan.materials
    return plan


def edited(known: Known, values: Mapping[str, object], note: str, today: date) -> Plan:
    """A version made by hand from the one in force (or else the latest), with other values; in the same state."""
    base, item = known.base, known.item
    assert base is not None and item is not None  # noqa: S101, PT018 - callers load an existing item
    version = ItemVersion(
        **(_content(base) | dict(values)),
        item=item,
        number=_next_number(known.versions),
        source_version=base.source_version,
        state=base.state,
        origin=Origin.EDIT,
        change_note=note,
        effective_from=today,
    )
    rows = [material_content(m) for m in known.materials.get(base.number, [])]
    plan = Plan(item, version, [Material(version=version, **row) for row in rows], "item.amended")
    plan.replaced = _step_down(known) if base.state == State.PUBLISHED else None
    return plan


def material_content(material: Material) -> dict[str, object]:
    return {name: getattr(material, name) for name in MATERIAL_CONTENT}


def _content(base: ItemVersion | None) -> dict[str, object]:
    return {"case_kind": CaseKind.OTHER} if base is None else {name: getattr(base, name) for name in CONTENT}


def _next_number(versions: Sequence[ItemVersion]) -> int:
    return max((v.number for v in versions), default=0) + 1


def _step_down(known: Known) -> ItemVersion | None:
    """The version in force stops being so; one that is not stored yet simply never is."""
    former = known.published
    if former is None:
        return None
    former.state = State.RETIRED
    return former if former.pk is not None else None


def _is_past(known: Known, parsed: ParsedItem) -> bool:
    """A version older than one already here is kept as history and never put in force."""
    if not parsed.source_version.isdecimal():
        return False
    newer = (v.source_version for v in known.versions if v.origin == Origin.IMPORT and v.source_version.isdecimal())
    return any(int(number) > int(parsed.source_version) for number in newer)


def _item(known: Known, parsed: ParsedItem, department: Department) -> tuple[Item, dict[str, object]]:
    values = {
        "department": department,
        "division_code": parsed.division[:12],
        "main_item": parsed.main_item or (known.item.main_item if known.item else ""),
        "basic_code": parsed.basic_code or (known.item.basic_code if known.item else ""),
    }
    if known.item is None:
        item = Item(code=parsed.code, code_scheme=parsed.code_scheme, is_sample=parsed.is_sample, **values)
        return item, {}
    differing = {name: value for name, value in values.items() if getattr(known.item, name) != value}
    for name, value in differing.items():
        setattr(known.item, name, value)
    return known.item, differing if known.item.pk is not None else {}
