"""Legal regimes and the internal enumerations of an item. Read beside the law: one row a regime.

行政许可法 is the default for licences only. The other regimes run by the published promise and their own law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Regime(StrEnum):
    LICENCE = "licence"
    CONFIRMATION = "confirmation"
    BENEFIT = "benefit"
    REWARD = "reward"
    RULING = "ruling"
    OTHER_POWER = "other_power"
    PUBLIC_SERVICE = "public_service"


REGIME_LABELS: Mapping[Regime, str] = {
    Regime.LICENCE: "行政许可",
    Regime.CONFIRMATION: "行政确认",
    Regime.BENEFIT: "行政给付",
    Regime.REWARD: "行政奖励",
    Regime.RULING: "行政裁决",
    Regime.OTHER_POWER: "其他行政权力",
    Regime.PUBLIC_SERVICE: "公共服务",
}


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

_APPEAL = (
    "如不服本决定，可以自知道本决定之日起六十日内申请行政复议，也可以自知道本决定之日起六个月内直接向人民法院提起行政诉讼。"
)
_ARTICLE_45 = ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审")


@dataclass(frozen=True, slots=True)
class RegimeRules:
    """What follows from a regime. Days are working days; None means the law sets none and the published promise rules."""

    acceptance_ground: str
    correction_days: int | None
    deemed_acceptance: bool
    pauses: tuple[str, ...]
    extension_days: int | None
    extension_approver: str
    certificate_days: int | None
    default_statutory_limit: int | None
    remedy_text: str
    papers: tuple[str, ...]


_PAPERS = ("acceptance_notice", "grant_decision", "denial_decision", "delivery_receipt")
_BY_PROMISE = RegimeRules(
    acceptance_ground="本事项的设定依据和公布的办事指南",
    correction_days=None,
    deemed_acceptance=False,
    pauses=(),
    extension_days=None,
    extension_approver="",
    certificate_days=None,
    default_statutory_limit=None,
    remedy_text=_APPEAL,
    papers=_PAPERS,
)

REGIMES: Mapping[Regime, RegimeRules] = {
    Regime.LICENCE: RegimeRules(
        acceptance_ground="行政许可法第三十二条",
        correction_days=5,  # 第三十二条第一款第四项
        deemed_acceptance=True,  # 逾期不告知的，自收到申请材料之日起即为受理
        pauses=_ARTICLE_45,  # 第四十五条
        extension_days=10,  # 第四十二条第一款
        extension_approver="本行政机关负责人",
        certificate_days=10,  # 第四十四条
        default_statutory_limit=20,  # 第四十二条第一款
        remedy_text=_APPEAL,
        papers=_PAPERS,
    ),
    **{
        regime: _BY_PROMISE
        for regime in (
            Regime.CONFIRMATION,
            Regime.BENEFIT,
            Regime.REWARD,
            Regime.RULING,
            Regime.OTHER_POWER,
            Regime.PUBLIC_SERVICE,
        )
    },
}

# 事项类型 n2 of GB/T 39046 A.1 to the regimes a window can receive; 处罚, 强制, 征收 and 检查 are never applied for.
GB_ITEM_TYPES: Mapping[str, Regime] = {
    "01": Regime.LICENCE,
    "05": Regime.BENEFIT,
    "07": Regime.CONFIRMATION,
    "08": Regime.REWARD,
    "09": Regime.RULING,
    "10": Regime.OTHER_POWER,
    "20": Regime.PUBLIC_SERVICE,
}
EX_OFFICIO_TYPES: Mapping[str, str] = {"02": "行政处罚", "03": "行政强制", "04": "行政征收", "06": "行政检查"}
