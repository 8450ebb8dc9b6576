"""The internal enumerations of an item, with the words people see. Foreign codes are mapped onto these, never kept."""

from collections.abc import Mapping
from enum import StrEnum


class CaseKind(StrEnum):
    """办件类型 (GB/T 39046 A.6)."""

    IMMEDIATE = "immediate"
    PROMISED = "promised"
    OTHER = "other"


CASE_KIND_LABELS: Mapping[CaseKind, str] = {
    CaseKind.IMMEDIATE: "即办件",
    CaseKind.PROMISED: "承诺件",
    CaseKind.OTHER: "其他",
}


class State(StrEnum):
    """Of a version."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


STATE_LABELS: Mapping[State, str] = {State.DRAFT: "草稿", State.PUBLISHED: "已发布", State.RETIRED: "已停用"}


class Necessity(StrEnum):
    REQUIRED = "required"
    OPTIONAL = "optional"
    DEFERRABLE = "deferrable"


NECESSITY_LABELS: Mapping[Necessity, str] = {
    Necessity.REQUIRED: "必要",
    Necessity.OPTIONAL: "非必要",
    Necessity.DEFERRABLE: "可容缺后补",
}


class Source(StrEnum):
    """来源渠道 of a material."""

    APPLICANT = "applicant"
    GOVERNMENT = "government"
    INTERMEDIARY = "intermediary"
    OTHER = "other"


SOURCE_LABELS: Mapping[Source, str] = {
    Source.APPLICANT: "申请人自备",
    Source.GOVERNMENT: "政府部门核发",
    Source.INTERMEDIARY: "中介机构出具",
    Source.OTHER: "其他",
}


class MaterialForm(StrEnum):
    PAPER = "paper"
    ELECTRONIC = "electronic"
    BOTH = "both"


FORM_LABELS: Mapping[MaterialForm, str] = {
    MaterialForm.PAPER: "纸质",
    MaterialForm.ELECTRONIC: "电子",
    MaterialForm.BOTH: "纸质和电子",
}


class Unit(StrEnum):
    """Of a limit. Limits of licences are working days (行政许可法第八十二条)."""

    WORKING = "working"
    NATURAL = "natural"


UNIT_LABELS: Mapping[Unit, str] = {Unit.WORKING: "工作日", Unit.NATURAL: "自然日"}


def in_days(days: int, unit: Unit) -> str:
    """5 个工作日."""
    return f"{days} 个{UNIT_LABELS[unit]}"


class Origin(StrEnum):
    """Where a version comes from."""

    IMPORT = "import"
    EDIT = "edit"


ORIGIN_LABELS: Mapping[Origin, str] = {Origin.IMPORT: "导入", Origin.EDIT: "本地修改"}


class Placement(StrEnum):
    """Which counter takes an item (三集中三到位): the general window unless a domain or an approved list keeps it."""

    GENERAL = "general"
    DOMAIN = "domain"
    NEGATIVE = "negative"


PLACEMENT_LABELS: Mapping[Placement, str] = {
    Placement.GENERAL: "综合窗口",
    Placement.DOMAIN: "分领域窗口",
    Placement.NEGATIVE: "负面清单（不进大厅）",
}
