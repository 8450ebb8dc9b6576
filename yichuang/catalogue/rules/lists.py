"""The lists and catalogues a hall publishes (plan 二, 三(三)1(2)), each derived from what the items say themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from yichuang.catalogue.rules.kinds import CaseKind, Placement
from yichuang.catalogue.rules.regimes import Regime


@dataclass(frozen=True, slots=True)
class ItemList:
    """``condition`` is over versions in force and their items, as Django writes it."""

    title: str
    says: str
    condition: Mapping[str, object]


_POWERS = [str(regime) for regime in Regime if regime is not Regime.PUBLIC_SERVICE]

LISTS: Mapping[str, ItemList] = {
    "powers": ItemList("依申请类行政权力事项目录", "按申请办理的行政权力事项。", {"regime__in": _POWERS}),
    "services": ItemList("依申请类公共服务事项目录", "按申请提供的公共服务。", {"regime": str(Regime.PUBLIC_SERVICE)}),
    "general": ItemList(
        "无差别综合窗口事项目录", "任何一个综合窗口都能受理。", {"item__placement": str(Placement.GENERAL)}
    ),
    "domain": ItemList(
        "分领域窗口事项目录",
        "社保、医保、税务、公安、不动产、公积金窗口受理。",
        {"item__placement": str(Placement.DOMAIN)},
    ),
    "negative": ItemList(
        "负面清单", "经同级政府同意不进大厅的事项，列明批准文件。", {"item__placement": str(Placement.NEGATIVE)}
    ),
    "immediate": ItemList("即办事项清单", "材料齐全当场办结。", {"case_kind": str(CaseKind.IMMEDIATE)}),
    "promised": ItemList(
        "一站式办结承诺事项清单",
        "公布了承诺时限的事项。",
        {"case_kind": str(CaseKind.PROMISED), "promised_limit__isnull": False},
    ),
    "outside": ItemList("需转外事项清单", "须转其他机关办理的事项。", {"item__refers_out": True}),
    "at-once": ItemList("马上办事项目录", "", {"four_ways__contains": "马上办"}),
    "online": ItemList("网上办事项目录", "", {"four_ways__contains": "网上办"}),
    "nearby": ItemList("就近办事项目录", "", {"four_ways__contains": "就近办"}),
    "one-visit": ItemList("一次办事项目录", "", {"four_ways__contains": "一次办"}),
}
