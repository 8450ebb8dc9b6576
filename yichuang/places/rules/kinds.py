"""The closed lists: levels, kinds and states, with the words people see."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"


LEVEL_LABELS = {
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县（区）级",
    Level.TOWN: "镇（乡、街道）",
    Level.VILLAGE: "村（社区）",
}


class DepartmentKind(StrEnum):
    GOVERNMENT = "government"
    PARTY = "party"
    MASS = "mass"
    INSTITUTION = "institution"
    VERTICAL = "vertical"
    TOWN = "town"


DEPARTMENT_KIND_LABELS = {
    DepartmentKind.GOVERNMENT: "政府工作部门",
    DepartmentKind.PARTY: "党委工作机关",
    DepartmentKind.MASS: "群团组织",
    DepartmentKind.INSTITUTION: "事业单位",
    DepartmentKind.VERTICAL: "垂直管理机构",
    DepartmentKind.TOWN: "镇（乡、街道）",
}


class HallKind(StrEnum):
    DISTRICT = "district"
    TOWN = "town"
    VILLAGE = "village"
    PARK = "park"


HALL_KIND_LABELS = {
    HallKind.DISTRICT: "区（县）政务服务大厅",
    HallKind.TOWN: "镇便民服务中心",
    HallKind.VILLAGE: "村（社区）便民服务站",
    HallKind.PARK: "园区政务服务大厅",
}

# Where a hall of a kind can stand: a station may serve several villages, a park lies in a county or a town.
HALL_LEVELS = {
    HallKind.DISTRICT: (Level.COUNTY, Level.CITY, Level.PROVINCE),
    HallKind.TOWN: (Level.TOWN,),
    HallKind.VILLAGE: (Level.VILLAGE, Level.TOWN),
    HallKind.PARK: (Level.COUNTY, Level.CITY, Level.PROVINCE, Level.TOWN),
}


class HallState(StrEnum):
    PREPARING = "preparing"
    TRIAL = "trial"
    OPERATING = "operating"


HALL_STATE_LABELS = {HallState.PREPARING: "筹备", HallState.TRIAL: "试运行", HallState.OPERATING: "正式运行"}
# Plan 四: 试运行、磨合、正式运行. A hall may fall back to trial, never back to preparing: it has served people.
HALL_STATE_MOVES = {
    HallState.PREPARING: (HallState.TRIAL,),
    HallState.TRIAL: (HallState.OPERATING,),
    HallState.OPERATING: (HallState.TRIAL,),
}


class WindowKind(StrEnum):
    GENERAL = "general"
    DOMAIN = "domain"
    TIDAL = "tidal"


WINDOW_KIND_LABELS = {WindowKind.GENERAL: "无差别", WindowKind.DOMAIN: "分领域", WindowKind.TIDAL: "潮汐"}


class WindowStatus(StrEnum):
    IN_USE = "in_use"
    PAUSED = "paused"
    CLOSED = "closed"


WINDOW_STATUS_LABELS = {WindowStatus.IN_USE: "在用", WindowStatus.PAUSED: "暂停使用", WindowStatus.CLOSED: "已撤销"}


class Domain(StrEnum):
    """The six services on networks of their own (专网, plan 三(一)1(2))."""

    SOCIAL_INSURANCE = "social_insurance"
    MEDICAL_INSURANCE = "medical_insurance"
    TAX = "tax"
    POLICE = "police"
    REAL_ESTATE = "real_estate"
    HOUSING_FUND = "housing_fund"


DOMAIN_LABELS = {
    Domain.SOCIAL_INSURANCE: "社保",
    Domain.MEDICAL_INSURANCE: "医保",
    Domain.TAX: "税务",
    Domain.POLICE: "公安（户籍、出入境）",
    Domain.REAL_ESTATE: "不动产",
    Domain.HOUSING_FUND: "公积金",
}


class FunctionGroup(StrEnum):
    DUTY = "duty"
    SPECIAL = "special"
    BUNDLE = "bundle"
    CROSS_REGION = "cross_region"


FUNCTION_GROUP_LABELS = {
    FunctionGroup.DUTY: "基本职责",
    FunctionGroup.SPECIAL: "特色服务",
    FunctionGroup.BUNDLE: "一件事一次办",
    FunctionGroup.CROSS_REGION: "跨区域通办",
}


@dataclass(frozen=True, slots=True)
class FunctionFact:
    """One thing a window does beside taking applications (窗口职能)."""

    code: str
    name: str
    group: FunctionGroup


# The functions that every district has (plan 三(一)2); regional ones (places that agreed with each other) are rows.
STANDARD_FUNCTIONS = (
    FunctionFact("acceptance", "综合受理", FunctionGroup.DUTY),
    FunctionFact("issuing", "统一出件", FunctionGroup.DUTY),
    FunctionFact("advice", "业务咨询与补正", FunctionGroup.DUTY),
    FunctionFact("major_projects", "重大项目服务", FunctionGroup.DUTY),
    FunctionFact("enterprise_policy", "惠企政策服务", FunctionGroup.DUTY),
    FunctionFact("unresolved", "办不成事反映", FunctionGroup.SPECIAL),
    FunctionFact("guidance", "导办帮办", FunctionGroup.SPECIAL),
    FunctionFact("agency", "委托代办", FunctionGroup.SPECIAL),
    FunctionFact("appointment", "预约服务", FunctionGroup.SPECIAL),
    FunctionFact("fast_track", "快速通道", FunctionGroup.SPECIAL),
    FunctionFact("bundle", "一件事一次办", FunctionGroup.BUNDLE),
    FunctionFact("interprovincial", "跨省通办", FunctionGroup.CROSS_REGION),
    FunctionFact("provincial", "省内通办", FunctionGroup.CROSS_REGION),
)
