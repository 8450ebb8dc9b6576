"""The national exchange JSON: AUDIT_* tables, in ``data.list[]`` with single objects or in ``CUSTOM`` with lists of one."""

import json
from collections.abc import Iterator, Mapping

from yichuang.catalogue.formats import checks, codes, exchange_fields, values
from yichuang.catalogue.formats.entry import Entry, FileRefused, Learned, Notes, Parsed, ParsedItem, RowRefused
from yichuang.catalogue.formats.tables import ITEM_STATE, regime_of
from yichuang.catalogue.rules import State

FORMAT = "exchange_json"
_HEAD, _EXTEND, _MATERIAL = "AUDIT_ITEM", "AUDIT_ITEM_EXTEND", "AUDIT_MATERIAL"
_DEEPEST = 40
_WRONG_JSON = "不是完整的 JSON 文件（第 {line} 行附近读不懂），可能没有下载完整。"
_NOT_EXCHANGE = "这个 JSON 文件不是事项交换数据：没有 data.list，也没有 CUSTOM。"


def load(text: str) -> object:
    """The document; raises FileRefused for what is no JSON, and for nesting and numbers made to break readers."""
    try:
        document: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise FileRefused(_WRONG_JSON.format(line=error.lineno)) from error
    except RecursionError as error:
        raise FileRefused("JSON 嵌套太深，不是正常的事项数据，未导入。") from error
    except ValueError as error:
        raise FileRefused("JSON 中有长得不合理的数字，不是正常的事项数据，未导入。") from error
    if _depth(document) > _DEEPEST:
        raise FileRefused("JSON 嵌套太深，不是正常的事项数据，未导入。")
    return document


def _depth(document: object) -> int:
    """Without recursion: a document may be nested as deep as the reader allowed."""
    deepest, waiting = 0, [(document, 1)]
    while waiting:
        value, depth = waiting.pop()
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        deepest = max(deepest, depth)
        if depth <= _DEEPEST:
            waiting.extend((part, depth + 1) for part in inner if isinstance(part, dict | list))
    return deepest


def parse(document: object, learned: Learned) -> Parsed:
    listed = list(_listed(document))
    if not listed:
        raise FileRefused("文件里没有事项（列表是空的）。")
    entries = [_entry(number, entry, learned) for number, entry in enumerate(listed, start=1)]
    return Parsed(FORMAT, entries, _announced(document, len(listed)))


def _listed(document: object) -> Iterator[object]:
    """The entries of either envelope."""
    if not isinstance(document, dict):
        raise FileRefused(_NOT_EXCHANGE)
    data, custom = document.get("data"), document.get("CUSTOM")
    if isinstance(data, dict) and isinstance(data.get("list"), list):
        yield from data["list"]
    elif custom is not None:
        yield from custom if isinstance(custom, list) else [custom]
    elif _HEAD in document:
        yield document
    else:
        raise FileRefused(_NOT_EXCHANGE)


def _announced(document: object, count: int) -> tuple[str, ...]:
    """The envelope says how many entries it holds; a difference is worth knowing."""
    envelope = document.get("data", document.get("CUSTOM")) if isinstance(document, dict) else None
    stated = envelope.get("RETURNITEMSUNNUM") if isinstance(envelope, dict) else None
    if isinstance(stated, int | str) and str(stated).isdecimal() and int(stated) != count:
        return (f"文件自称有 {stated} 条，实际读到 {count} 条。",)
    return ()


def _entry(number: int, raw: object, learned: Learned) -> Entry:
    notes = Notes(learned)
    shown = (
        json.dumps(raw, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode().replace("\x00", "␀")
    )
    try:
        if not isinstance(raw, dict):
            raise RowRefused("这一条不是对象，读不出事项。")  # noqa: TRY301 - one place that catches
        item = _item(raw, notes)
    except RowRefused as refusal:
        code = _head_code(raw)
        return Entry(number, shown, code, None, str(refusal), tuple(notes.warnings), tuple(notes.unknown))
    return Entry(number, shown, item.code, item, "", tuple(notes.warnings), tuple(notes.unknown))


def _head_code(raw: object) -> str:
    heads = values.rows_of(raw.get(_HEAD), _HEAD, Notes()) if isinstance(raw, dict) else []
    return values.text(heads[0].get("task_code"), "事项编码", Notes(), limit=codes.LONGEST) if heads else ""


def _item(raw: Mapping[str, object], notes: Notes) -> ParsedItem:
    heads = values.rows_of(raw.get(_HEAD), "事项基本信息", notes)
    if not heads:
        raise RowRefused("缺少事项基本信息（AUDIT_ITEM），这一条没有编码和名称，未导入。")
    if len(heads) > 1:
        raise RowRefused(f"一条里有 {len(heads)} 份事项基本信息（AUDIT_ITEM），无法判断以哪份为准。")
    head = heads[0]
    extends = values.rows_of(raw.get(_EXTEND), "事项扩展信息", notes)
    extend = extends[0] if extends else {}
    parts = codes.take_apart(values.required(head.get("task_code"), "事项编码", notes, limit=codes.LONGEST))
    regime = regime_of(values.required(head.get("task_type"), "事项类型", notes, limit=100), notes)
    found = exchange_fields.of_version(head, extend, raw, notes) | {"regime": regime}
    for sentence in checks.contradictions(found):
        notes.warn(sentence)
    stated_body = values.text(head.get("dept_code"), "实施主体代码", notes, limit=100)
    return ParsedItem(
        code=parts.code,
        code_scheme=parts.scheme,
        basic_code=parts.basic or values.text(head.get("catalog_code"), "基本编码", notes, limit=40),
        department=_department(head, extend, notes),
        uscc=codes.body_of(parts, stated_body, notes),
        division=values.required(head.get("areacode") or parts.body[2:8] or None, "区划代码", notes, limit=40),
        source_version=values.text(head.get("task_version"), "事项版本", notes, limit=20),
        state=State(values.coded(head.get("task_state"), ITEM_STATE, notes, State.PUBLISHED)),
        values=found,
        materials=exchange_fields.materials(raw[_MATERIAL], notes) if _MATERIAL in raw else None,
    )


def _department(head: Mapping[str, object], extend: Mapping[str, object], notes: Notes) -> str:
    """Some provinces leave the name out of the head and give only the leading department."""
    named = values.text(head.get("dept_name"), "实施主体", notes, limit=80)
    return named or values.required(extend.get("lead_dept"), "实施主体（dept_name）", notes, limit=80)
