"""Single values of a source: text, whole numbers, lists of codes. Nothing is cut, nothing is guessed."""

import re
import unicodedata
from collections.abc import Mapping

from yichuang.catalogue.formats.entry import Notes, RowRefused
from yichuang.catalogue.formats.tables import Table
from yichuang.lib.clean import clean_text

LONG = 20_000
_LARGEST_NUMBER = 32_767
_DASHES = "-‐‑‒–—―－﹣/／\\ 　.。"
_NOTHING = {"无", "空", "暂无", "没有", "null", "none", "nan", "undefined"}
_FORMULA = "=+@\t"


def is_nothing(text: str) -> bool:
    """Empty, 无, or nothing but dashes of any width."""
    return not text.strip(_DASHES) or text.strip(_DASHES).casefold() in _NOTHING


def as_text(raw: object, label: str, notes: Notes) -> str:
    """Whatever came, as text; the empty string for nothing and for what has no text (with a warning)."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "1" if raw else "0"
    if isinstance(raw, int | str):
        return str(raw)
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else str(raw)
    notes.warn(f"“{label}”应是文字，来源中却是一组数据，未采用。")
    return ""


def text(raw: object, label: str, notes: Notes, *, limit: int = LONG, multiline: bool = False) -> str:
    """The cleaned text; too long ones are left out with a warning, for nothing is ever cut."""
    found = as_text(raw, label, notes)
    try:
        cleaned = clean_text(found, limit=limit, multiline=multiline)
    except ValueError:
        notes.warn(f"“{label}”超过 {limit} 个字，未采用，原文保留在来源中。")
        return ""
    if is_nothing(cleaned):
        return ""
    if cleaned[0] in _FORMULA:
        notes.warn(f"“{label}”以“{cleaned[0]}”开头，像是表格公式，已按文字保存，不会执行。")
    return cleaned


def required(raw: object, label: str, notes: Notes, *, limit: int) -> str:
    """The cleaned text of a field without which there is no item."""
    found = as_text(raw, label, notes)
    try:
        cleaned = clean_text(found, limit=limit)
    except ValueError as error:
        raise RowRefused(f"“{label}”太长：{error}") from error
    if is_nothing(cleaned):
        raise RowRefused(f"缺少“{label}”。")
    return cleaned


def number(raw: object, label: str, notes: Notes) -> int | None:
    """A whole number from 0 on, written as number or text, half or full width; None for nothing or nonsense."""
    found = unicodedata.normalize("NFKC", text(raw, label, notes, limit=LONG)).strip()
    if not found:
        return None
    matched = re.fullmatch(r"([0-9]{1,6})(?:\.0*)?", found)
    if matched is None or int(matched[1]) > _LARGEST_NUMBER:
        notes.warn(f"“{label}”应是整数，来源中是“{found[:20]}”，未采用。")
        return None
    return int(matched[1])


def coded(raw: object, table: Table, notes: Notes, default: str) -> str:
    """The internal value of one code; ``default`` where there is none or nobody knows it."""
    found = text(raw, table.label, notes, limit=200)
    return (table.read(found, notes) or default) if found else default


def coded_list(raw: object, table: Table, notes: Notes) -> str:
    """The words for a list of codes such as "2,4", in the order of the table."""
    found = unicodedata.normalize("NFKC", text(raw, table.label, notes, limit=200))
    words = {table.read(code, notes) for code in re.split(r"[,;、\s]+", found) if code}
    return "、".join(word for word in table.meanings if word in words)


def rows_of(raw: object, label: str, notes: Notes) -> list[Mapping[str, object]]:
    """The objects of a nested list; a single object counts as a list of one."""
    listed = [raw] if isinstance(raw, dict) else raw
    if listed is None or listed == "":
        return []
    if not isinstance(listed, list):
        notes.warn(f"“{label}”应是列表，未采用。")
        return []
    kept: list[Mapping[str, object]] = [row for row in listed if isinstance(row, dict)]
    if len(kept) < len(listed):
        notes.warn(f"“{label}”中有 {len(listed) - len(kept)} 项不是对象，未采用。")
    return kept
