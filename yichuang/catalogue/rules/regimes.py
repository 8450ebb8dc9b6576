"""Legal regimes (法律制度) of an item: one row a regime, to be read beside the law.

行政许可法 is the default for licences only. The other regimes run by the published promise (优化营商环境条例 art. 36) and by
the law each item names as its basis; nothing of 行政许可法 is lent to them.
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


# 行政复议法 (2023) 第二十条: sixty days; 行政诉讼法 第四十六条: six months.
_APPEAL = "如不服本决定，可以自知道本决定之日起六十日内申请行政复议，也可以自知道本决定之日起六个月内直接向人民法院提起行政诉讼。"
# 行政复议法 (in force since 2024-01-01) 第二十三条第一款第三项: for inaction reconsideration comes first.
_INACTION = (
    "认为行政机关未在期限内履行法定职责的，应当先依法申请行政复议；对复议决定不服的，可以自收到复议决定书之日起十五日内"
    "向人民法院提起行政诉讼。"
)
_ARTICLE_45 = ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审")
_PAPERS = ("acceptance_notice", "grant_decision", "denial_decision", "delivery_receipt")


@dataclass(frozen=True, slots=True)
class RegimeRules:
    """What follows from a regime. Days are working days; None means the law sets none and the published promise rules."""

    # Why and how an application is accepted.
    acceptance_ground: str
    # Within how many days everything missing is told, once; what follows where it is not told.
    correction_days: int | None
    deemed_acceptance: bool
    deemed_ground: str
    # What stops the clock, with a written notice to the applicant. Nothing else does.
    pauses: tuple[str, ...]
    pause_ground: str
    # How the decision may be put off, once, and who approves it.
    extension_days: int | None
    extension_approver: str
    extension_ground: str
    # From the decision to the certificate in the applicant's hands.
    certificate_days: int | None
    certificate_ground: str
    # The limit where neither a law of its own nor the guide names one.
    default_statutory_limit: int | None
    limit_ground: str
    # What a refusal says, what silence allows.
    remedy_text: str
    inaction_text: str
    # Kinds of papers (documents.rules.KINDS) that a case of this regime can leave.
    papers: tuple[str, ...]


LICENCE_RULES = RegimeRules(
    acceptance_ground="行政许可法第三十二条",
    correction_days=5,
    deemed_acceptance=True,
    deemed_ground="行政许可法第三十二条第一款第四项：逾期不告知的，自收到申请材料之日起即为受理",
    pauses=_ARTICLE_45,
    pause_ground="行政许可法第四十五条",
    extension_days=10,
    extension_approver="本行政机关负责人",
    extension_ground="行政许可法第四十二条第一款",
    certificate_days=10,
    certificate_ground="行政许可法第四十四条",
    default_statutory_limit=20,
    limit_ground="行政许可法第四十二条第一款",
    remedy_text=_APPEAL,
    inaction_text=_INACTION,
    papers=_PAPERS,
)


def _by_promise(acceptance_ground: str, *, remedy_text: str = _APPEAL) -> RegimeRules:
    """No general procedure law: no deemed acceptance, no pause, no extension beyond what the item's own law gives."""
    return RegimeRules(
        acceptance_ground=acceptance_ground,
        correction_days=None,
        deemed_acceptance=False,
        deemed_ground="",
        pauses=(),
        pause_ground="",
        extension_days=None,
        extension_approver="",
        extension_ground="",
        certificate_days=None,
        certificate_ground="",
        default_statutory_limit=None,
        limit_ground="",
        remedy_text=remedy_text,
        inaction_text=_INACTION,
        papers=_PAPERS,
    )


_OWN_LAW = "本事项的设定依据和公布的办事指南"
_SERVICE_REMEDY = (
    "对办理结果有异议的，可以向本单位或者政务服务大厅“办不成事”窗口反映，也可以拨打 12345 热线。认为行政机关的行为侵犯"
    "合法权益的，可以自知道之日起六十日内申请行政复议，或者自知道之日起六个月内向人民法院提起行政诉讼。"
)

REGIMES: Mapping[Regime, RegimeRules] = {
    Regime.LICENCE: LICENCE_RULES,
    Regime.CONFIRMATION: _by_promise(_OWN_LAW),
    Regime.BENEFIT: _by_promise(_OWN_LAW),
    Regime.REWARD: _by_promise(_OWN_LAW),
    Regime.RULING: _by_promise(_OWN_LAW),
    Regime.OTHER_POWER: _by_promise(_OWN_LAW),
    Regime.PUBLIC_SERVICE: _by_promise("公布的办事指南", remedy_text=_SERVICE_REMEDY),
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
