"""Our own format: a catalogue as a hall writes it by hand, in the words of this platform.

``{"format": "yichuang.items/1", "division": "990101", "departments": [{"name": …, "uscc": …, "items": [{…}]}]}``.
Keys of an item are columns of a version; ``type`` is 事项类型 (GB/T 39046 A.1), limits are working days unless they say
otherwise, a material may be just its name.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from yichuang.catalogue.formats import checks, codes, values
from yichuang.catalogue.formats.entry import Entry, FileRefused, Learned, Notes, Parsed, ParsedItem, RowRefused
from yichuang.catalogue.formats.tables import regime_of
from yichuang.catalogue.rules import CASE_KIND_LABELS, FORM_LABELS, NECESSITY_LABELS, SOURCE_LABELS, UNIT_LABELS

FORMAT = "own_json"
_MARK = "yichuang.items/1"
_LINES = {
    "service_objects": ("服务对象", 60),
    "channels": ("办理形式", 60),
    "result_name": ("结果名称", 200),
    "result_type": ("结果类型", 20),
    "four_ways": ("四办", 40),
    "phone": ("咨询电话", 200),
    "complaint_phone": ("投诉电话", 200),
}
_BLOCKS = {
    "statutory_note": "法定时限说明",
    "promised_note": "承诺时限说明",
    "conditions": "受理条件",
    "legal_basis": "设定依据",
    "places_text": "办理地点和时间",
    "questions": "常见问题",
    "special_procedures": "特别程序",
}


def is_ours(document: object) -> bool:
    return isinstance(document, dict) and document.get("format") == _MARK


def parse(document: object, learned: Learned) -> Parsed:
    if not isinstance(document, dict) or not isinstance(document.get("departments"), list):
        raise FileRefused("缺少 departments 列表。")
    is_sample = document.get("sample") is True
    entries = [
        _entry(number, raw, (department, str(document.get("division", "")), is_sample), learned)
        for number, (department, raw) in enumerate(_listed(document["departments"]), start=1)
    ]
    if not entries:
        raise FileRefused("文件里没有事项（列表是空的）。")
    return Parsed(FORMAT, entries)


def _listed(departments: list[object]) -> Iterator[tuple[Mapping[str, object], object]]:
    for department in departments:
        known = department if isinstance(department, dict) else {}
        items = known.get("items")
        for item in items if isinstance(items, list) else []:
            yield known, item


def _entry(number: int, raw: object, around: tuple[Mapping[str, object], str, bool], learned: Learned) -> Entry:
    notes = Notes(learned)
    shown = (
        json.dumps(raw, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode().replace("\x00", "␀")
    )
    try:
        if not isinstance(raw, dict):
            raise RowRefused("这一条不是对象，读不出事项。")  # noqa: TRY301 - one place that catches
        item = _item(raw, around, notes)
    except RowRefused as refusal:
        code = values.text(raw.get("code"), "事项编码", Notes(), limit=codes.LONGEST) if isinstance(raw, dict) else ""
        return Entry(number, shown, code, None, str(refusal), tuple(notes.warnings), tuple(notes.unknown))
    return Entry(number, shown, item.code, item, "", tuple(notes.warnings), tuple(notes.unknown))


def _item(raw: Mapping[str, object], around: tuple[Mapping[str, object], str, bool], notes: Notes) -> ParsedItem:
    department, division, is_sample = around
    parts = codes.take_apart(values.required(raw.get("code"), "事项编码", notes, limit=codes.LONGEST))
    found = _values(raw, notes)
    for sentence in checks.contradictions(found):
        notes.warn(sentence)
    stated_body = values.text(department.get("uscc"), "统一社会信用代码", notes, limit=100)
    return ParsedItem(
        code=parts.code,
        code_scheme=parts.scheme,
        basic_code=parts.basic,
        department=values.required(department.get("name"), "部门", notes, limit=80),
        uscc=codes.body_of(parts, stated_body, notes),
        division=values.required(division or parts.area, "区划代码", notes, limit=40),
        main_item=values.text(raw.get("main_item"), "主项", notes, limit=200),
        is_sample=is_sample,
        values=found,
        materials=_materials(raw["materials"], notes) if "materials" in raw else None,
    )


def _values(raw: Mapping[str, object], notes: Notes) -> dict[str, object]:
    found: dict[str, object] = {
        "name": values.required(raw.get("name"), "事项名称", notes, limit=200),
        "regime": regime_of(values.required(raw.get("type"), "事项类型", notes, limit=20), notes),
        "case_kind": _member(raw, "case_kind", CASE_KIND_LABELS, notes),
    }
    found |= _limit(raw, "statutory", "法定时限", notes) | _limit(raw, "promised", "承诺时限", notes)
    for key, (label, limit) in _LINES.items():
        if key in raw:
            found[key] = values.text(raw[key], label, notes, limit=limit)
    for key, label in _BLOCKS.items():
        if key in raw:
            found[key] = values.text(raw[key], label, notes, multiline=True)
    if "visits" in raw:
        found["visits"] = values.number(raw["visits"], "到现场次数", notes)
    if isinstance(raw.get("has_fee"), bool):
        found["has_fee"] = raw["has_fee"]
    return found


def _limit(raw: Mapping[str, object], kind: str, label: str, notes: Notes) -> dict[str, object]:
    days = values.number(raw.get(f"{kind}_limit"), label, notes)
    if not days:
        return {}
    return {f"{kind}_limit": days, f"{kind}_unit": _member(raw, f"{kind}_unit", UNIT_LABELS, notes)}


def _member(raw: Mapping[str, object], key: str, known: Mapping[Any, str], notes: Notes) -> str:
    """A value of ours; the first of the list where none is given. These files are ours: a wrong word is a mistake."""
    allowed = [str(value) for value in known]
    stated = values.text(raw.get(key), key, notes, limit=20) or {"case_kind": "other"}.get(key, allowed[0])
    if stated not in allowed:
        raise RowRefused(f"{key} 不能是“{stated}”，只能是 {'、'.join(allowed)}。")
    return stated


def _materials(raw: object, notes: Notes) -> tuple[dict[str, object], ...]:
    listed = raw if isinstance(raw, list) else []
    rows = [{"name": row} if isinstance(row, str) else row for row in listed]
    return tuple(_material(order, row, notes) for order, row in enumerate(rows, start=1))


def _material(order: int, row: object, notes: Notes) -> dict[str, object]:
    if not isinstance(row, dict):
        raise RowRefused(f"第 {order} 份材料不是名称，也不是对象。")
    return {
        "order": order,
        "name": values.required(row.get("name"), f"第 {order} 份材料的名称", notes, limit=500),
        "necessity": _member(row, "necessity", NECESSITY_LABELS, notes),
        "form": _member(row, "form", FORM_LABELS, notes),
        "originals": values.number(row.get("originals", 1), "原件份数", notes) or 0,
        "copies": values.number(row.get("copies", 0), "复印件份数", notes) or 0,
        "source": _member(row, "source", SOURCE_LABELS, notes),
        "source_note": values.text(row.get("source_note"), "来源渠道说明", notes, limit=500),
        "acceptance_standard": values.text(row.get("acceptance_standard"), "受理标准", notes, multiline=True),
        "legal_basis": values.text(row.get("legal_basis"), "材料依据", notes, multiline=True),
        "note": values.text(row.get("note"), "填报须知", notes, multiline=True),
        "is_shared": row.get("is_shared") is True,
    }
