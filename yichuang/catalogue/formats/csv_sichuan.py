"""The CSV of Sichuan's catalogue: one row an item, without limits and materials unless columns for them are added."""

import csv
from collections import Counter
from collections.abc import Iterator

from yichuang.catalogue.formats import checks, codes, values
from yichuang.catalogue.formats.entry import Entry, FileRefused, Learned, Notes, Parsed, ParsedItem, RowRefused
from yichuang.catalogue.formats.tables import regime_of
from yichuang.catalogue.rules import CASE_KIND_LABELS, GB_ITEM_TYPES, UNIT_LABELS, CaseKind, Unit

FORMAT = "csv_sichuan"
# Column to the names it goes by.
_NEEDED = {
    "department": {"department", "部门", "实施部门", "主管部门"},
    "item_name": {"item_name", "事项名称", "业务办理项名称"},
    "item_code": {"item_code", "事项编码", "业务办理项编码"},
    "task_type": {"task_type", "事项类型"},
}
_OPTIONAL = {
    "main_item": {"main_item", "主项", "主项名称"},
    "department_code": {"department_code", "部门代码"},
    "area_code": {"area_code", "区划代码"},
    "case_kind": {"case_kind", "办件类型"},
    "statutory_limit": {"statutory_limit", "法定时限"},
    "promised_limit": {"promised_limit", "承诺时限"},
    "limit_unit": {"limit_unit", "时限单位"},
    "phone": {"phone", "咨询电话"},
}
_COLUMNS = _NEEDED | _OPTIONAL
_NO_MAIN_ITEM = "未分类"
_TYPE_WORDS = {"行政许可": "01", "行政给付": "05", "行政确认": "07", "行政奖励": "08", "行政裁决": "09",
               "其他行政权力": "10", "公共服务": "20", "行政处罚": "02", "行政强制": "03", "行政征收": "04",
               "行政检查": "06"}  # fmt: skip
_KIND_WORDS = {label: kind for kind, label in CASE_KIND_LABELS.items()}
_UNIT_WORDS = {label: unit for unit, label in UNIT_LABELS.items()} | {"天": Unit.NATURAL, "日": Unit.NATURAL}


class _Lines:
    """Hands lines to the CSV reader and remembers which of them made the present row."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines(keepends=True)
        self.position = 0
        self.first = 0

    def __iter__(self) -> Iterator[str]:
        while self.position < len(self._lines):
            self.position += 1
            yield self._lines[self.position - 1]

    def taken(self) -> str:
        raw = "".join(self._lines[self.first : self.position]).rstrip("\r\n")
        self.first = self.position
        return raw.replace("\x00", "␀")


def parse(text: str, learned: Learned) -> Parsed:
    lines = _Lines(text)
    head_line = text.splitlines()[0]
    delimiter = "\t" if "\t" in head_line and "," not in head_line else ","
    reader = csv.reader(iter(lines), delimiter=delimiter)
    try:
        header = next(reader)
    except (csv.Error, StopIteration) as error:
        raise FileRefused("读不出表头，请确认第一行是列名、以逗号分隔。") from error
    lines.taken()
    columns, remarks = _columns(header)
    entries = []
    for number, raw, cells in _rows(reader, lines):
        entries.append(_entry(number, raw, cells, (columns, len(header), learned)))
    if not entries:
        raise FileRefused("文件只有表头，没有事项。")
    return Parsed(FORMAT, entries, remarks)


def _columns(header: list[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each known column stands. A known column that stands twice cannot be decided."""
    names = [cell.strip().strip("﻿").casefold() for cell in header]
    found: dict[str, int] = {}
    for column, aliases in _COLUMNS.items():
        places = [i for i, name in enumerate(names) if name in aliases]
        if len(places) > 1:
            raise FileRefused(f"表头中“{header[places[0]].strip()}”一列出现了 {len(places)} 次，无法判断以哪一列为准。")
        if places:
            found[column] = places[0]
    if missing := [column for column in _NEEDED if column not in found]:
        raise FileRefused(
            f"表头缺少 {'、'.join(missing)} 列。需要 department、item_name、item_code、task_type（或中文列名），可另有 {'、'.join(_OPTIONAL)}。"
        )
    known = set(found.values())
    unread = [header[i].strip()[:30] for i in range(len(header)) if i not in known and header[i].strip()]
    twice = [name for name, n in Counter(unread).items() if n > 1]
    remarks = [f"这些列没有对应，未读取：{'、'.join(unread[:20])}。"] if unread else []
    remarks += [f"这些列在表头中重复：{'、'.join(twice)}。"] if twice else []
    return found, tuple(remarks)


def _rows(reader: Iterator[list[str]], lines: _Lines) -> Iterator[tuple[int, str, list[str] | None]]:
    """Line number of the start, text and cells of every row that is not blank; no cells where CSV itself breaks."""
    while True:
        number = lines.first + 1
        cells: list[str] | None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        raw = lines.taken()
        if raw.strip():
            yield number, raw, cells


def _entry(number: int, raw: str, cells: list[str] | None, table: tuple[dict[str, int], int, Learned]) -> Entry:
    columns, width, learned = table
    notes = Notes(learned)
    row: dict[str, str] = {}
    try:
        if cells is None:
            raise RowRefused("引号没有配对，或者有一格太长，这一行读不懂。")  # noqa: TRY301 - one place that catches
        if len(cells) != width:
            raise RowRefused(f"应有 {width} 列，这一行有 {len(cells)} 列，可能多了或少了逗号。")  # noqa: TRY301
        row = {column: cells[place] for column, place in columns.items()}
        item = _item(row, notes)
    except RowRefused as refusal:
        code = row.get("item_code", "").strip()[: codes.LONGEST]
        return Entry(number, raw, code, None, str(refusal), tuple(notes.warnings), tuple(notes.unknown))
    return Entry(number, raw, item.code, item, "", tuple(notes.warnings), tuple(notes.unknown))


def _item(row: dict[str, str], notes: Notes) -> ParsedItem:
    parts = codes.take_apart(values.required(row["item_code"], "事项编码", notes, limit=codes.LONGEST))
    name = values.text(values.required(row["item_name"], "事项名称", notes, limit=200), "事项名称", notes)
    department = values.required(row["department"], "部门", notes, limit=80)
    stated_type = values.required(row["task_type"], "事项类型", notes, limit=100)
    regime = regime_of(_TYPE_WORDS.get(stated_type, stated_type), notes)
    if parts.type_hint and GB_ITEM_TYPES[parts.type_hint] != regime:
        notes.warn(f"编码中的类型字母与事项类型“{stated_type}”不一致，以事项类型为准。")
    if parts.scheme == "other":
        notes.warn(f"编码“{parts.code}”不是已知的编码规则，原样保留。")
    stated_body = values.text(row.get("department_code", ""), "部门代码", notes, limit=100)
    main_item = values.text(row.get("main_item", ""), "主项", notes, limit=200)
    found: dict[str, object] = {"name": name, "regime": regime} | _limits(row, notes)
    for sentence in checks.contradictions(found):
        notes.warn(sentence)
    return ParsedItem(
        code=parts.code,
        code_scheme=parts.scheme,
        basic_code=parts.basic,
        department=department,
        uscc=codes.body_of(parts, stated_body, notes),
        division=_division(row, parts, notes),
        main_item="" if main_item == _NO_MAIN_ITEM else main_item,
        values=found,
    )


def _division(row: dict[str, str], parts: codes.ItemCode, notes: Notes) -> str:
    stated = values.text(row.get("area_code", ""), "区划代码", notes, limit=40)
    if stated and parts.area and stated.ljust(12, "0") != parts.area:
        notes.warn(f"区划代码“{stated}”与事项编码中的 {parts.area} 不一致，以区划代码列为准。")
    division = stated or parts.area
    if not division:
        raise RowRefused("没有区划代码，事项编码里也看不出区划。")
    return division


def _limits(row: dict[str, str], notes: Notes) -> dict[str, object]:
    """Columns that a hall may add to complete its limits; what is not filled in is not spoken of."""
    found: dict[str, object] = {}
    kind = values.text(row.get("case_kind", ""), "办件类型", notes, limit=20)
    if kind:
        found |= _worded(
            "case_kind", kind, _KIND_WORDS | {"即办": CaseKind.IMMEDIATE, "承诺": CaseKind.PROMISED}, notes
        )
    unit = values.text(row.get("limit_unit", ""), "时限单位", notes, limit=20)
    unit_found = _worded("unit", unit, _UNIT_WORDS, notes).get("unit") if unit else None
    for column, label in (("statutory", "法定时限"), ("promised", "承诺时限")):
        days = values.number(row.get(f"{column}_limit", ""), label, notes)
        if not days:
            continue
        if unit_found is None:
            notes.warn(f"填了{label}却没有填可识别的时限单位（工作日或自然日），{label}未采用。")
            continue
        found |= {f"{column}_limit": days, f"{column}_unit": str(unit_found)}
    if phone := values.text(row.get("phone", ""), "咨询电话", notes, limit=200):
        found["phone"] = phone
    return found


def _worded(column: str, word: str, words: dict[str, CaseKind] | dict[str, Unit], notes: Notes) -> dict[str, object]:
    meaning = words.get(word)
    if meaning is None:
        notes.warn(f"“{word}”不在可填写的范围内（{'、'.join(words)}），未采用。")
        return {}
    return {column: str(meaning)}
