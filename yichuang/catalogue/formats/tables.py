"""Foreign codes and what they mean here: one table a source and field. A code that is in no table is quarantined.

The same number means different things in different systems (办件类型, 时限单位 above all), so a table belongs to a source
and is never borrowed. Values: GB/T 39046-2020 Annex A where the source follows it, else as seen in the source's own data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yichuang.catalogue.formats.entry import Notes, RowRefused, Unknown
from yichuang.catalogue.rules import (
    CASE_KIND_LABELS,
    EX_OFFICIO_TYPES,
    FORM_LABELS,
    GB_ITEM_TYPES,
    NECESSITY_LABELS,
    REGIME_LABELS,
    SOURCE_LABELS,
    STATE_LABELS,
    UNIT_LABELS,
    CaseKind,
    MaterialForm,
    Necessity,
    Source,
    State,
    Unit,
)

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Table:
    """The codes of one field of one source. ``meanings`` are what a person may say an unknown code means."""

    field: str
    label: str
    codes: Mapping[str, str]
    meanings: Mapping[str, str]

    def read(self, raw: str, notes: Notes) -> str:
        """The internal value; the empty string, a warning and a quarantined code when nobody knows it."""
        known = self.codes.get(raw) or notes.learned.get((self.field, raw[:_LONGEST]))
        if known is not None and known in self.meanings:
            return known
        shown = raw[:_LONGEST]
        sentence = f"{self.label}代码“{shown}”在本系统没有对应，已隔离待人工确认。"
        notes.unknown.append(Unknown(self.field, shown, sentence))
        notes.warn(sentence)
        return ""


def _plain(meanings: Mapping[Any, str]) -> dict[str, str]:
    return {str(key): label for key, label in meanings.items()}


def _same(*words: str) -> dict[str, str]:
    return {word: word for word in words}


ITEM_TYPE = Table(
    "task_type", "事项类型", {code: str(regime) for code, regime in GB_ITEM_TYPES.items()}, _plain(REGIME_LABELS)
)


def regime_of(raw: str, notes: Notes) -> str:
    """The regime of an item type of GB/T 39046 A.1, written with or without the leading zero.

    Without a regime nothing of an item holds, so an unknown type refuses the entry.
    """
    code = raw.zfill(2) if raw.isascii() and raw.isdecimal() else raw
    if code in EX_OFFICIO_TYPES:
        raise RowRefused(f"事项类型为{EX_OFFICIO_TYPES[code]}，属于依职权事项，不由窗口受理，未导入。")
    if regime := ITEM_TYPE.read(code, notes):
        return regime
    raise RowRefused(f"事项类型代码“{code[:_LONGEST]}”在本系统没有对应，未导入；已隔离，人工确认后重新导入即可。")


# 11450721… (Guangxi) writes 1 for working days; what else occurs there is not established, so nothing else is assumed.
TIME_UNIT = Table("limit_type", "时限单位", {"1": Unit.WORKING}, _plain(UNIT_LABELS))
CASE_KIND = Table(
    "project_type",
    "办件类型",
    {"1": CaseKind.IMMEDIATE, "2": CaseKind.PROMISED, "9": CaseKind.OTHER},
    _plain(CASE_KIND_LABELS),
)
ITEM_STATE = Table(
    "task_state",
    "事项状态",
    {"1": State.PUBLISHED, "2": State.RETIRED, "3": State.RETIRED, "4": State.DRAFT},
    _plain(STATE_LABELS),
)
NECESSITY = Table(
    "is_need",
    "材料必要性",
    {"1": Necessity.REQUIRED, "2": Necessity.OPTIONAL, "3": Necessity.DEFERRABLE},
    _plain(NECESSITY_LABELS),
)
MATERIAL_FORM = Table(
    "material_form",
    "材料形式",
    {"1": MaterialForm.PAPER, "2": MaterialForm.ELECTRONIC, "3": MaterialForm.BOTH},
    _plain(FORM_LABELS),
)
MATERIAL_SOURCE = Table(
    "source_type",
    "材料来源渠道",
    {"10": Source.APPLICANT, "20": Source.GOVERNMENT, "30": Source.INTERMEDIARY, "99": Source.OTHER},
    _plain(SOURCE_LABELS),
)
SERVICE_OBJECT = Table(
    "serve_type",
    "服务对象",
    {"1": "自然人", "2": "企业法人", "3": "事业法人", "4": "社会组织法人", "5": "行政机关", "6": "其他组织"},
    _same("自然人", "企业法人", "事业法人", "社会组织法人", "行政机关", "其他组织"),
)
CHANNEL = Table(
    "handle_type",
    "办理形式",
    {"1": "窗口", "2": "电脑端", "3": "移动端", "4": "快递申请", "9": "其他"},
    _same("窗口", "电脑端", "移动端", "快递申请", "其他"),
)
FOUR_WAYS = Table(
    "four_handle",
    "四办",
    {"1": "马上办", "2": "网上办", "3": "就近办", "4": "一次办"},
    _same("马上办", "网上办", "就近办", "一次办"),
)
RESULT_TYPE = Table("result_type", "结果类型", {"20": "批文", "99": "无"}, _same("证照", "批文", "其他", "无"))
YES_NO = Table("is_fee", "是否收费", {"0": "no", "1": "yes"}, {"no": "不收费", "yes": "收费"})

TABLES: Mapping[str, Table] = {
    table.field: table
    for table in (
        ITEM_TYPE, TIME_UNIT, CASE_KIND, ITEM_STATE, NECESSITY, MATERIAL_FORM, MATERIAL_SOURCE,
        SERVICE_OBJECT, CHANNEL, FOUR_WAYS, RESULT_TYPE, YES_NO,
    )
}  # fmt: skip
