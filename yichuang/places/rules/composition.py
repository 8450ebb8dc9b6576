"""What a hall should consist of (综合窗口设置标准), and what is missing: who, where, by how much.

The figures are the plan's 三(一)3 and 二; a district replaces any of them by a row (``CompositionRule``). A measure is a
short text: ``general``, ``domain``, ``tidal`` (windows of a kind), ``served`` (general and tidal together, as the plan
counts at towns), ``windows`` (all), ``special_windows`` (general windows that carry a special function),
``domains`` (how many of the six have a window), ``function:CODE`` (windows that carry it) and ``each:GROUP``
(the least such number over all functions of a group).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from yichuang.places.rules.kinds import (
    DOMAIN_LABELS,
    FUNCTION_GROUP_LABELS,
    HALL_KIND_LABELS,
    Domain,
    FunctionFact,
    FunctionGroup,
    HallKind,
    WindowKind,
)


@dataclass(frozen=True, slots=True)
class Rule:
    hall_kind: str
    measure: str
    least: int | None
    most: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class WindowFacts:
    number: str
    kind: str
    domain: str = ""
    functions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HallFacts:
    """A hall with its windows in use; paused and closed windows do not count as set up."""

    code: str
    name: str
    kind: str
    windows: tuple[WindowFacts, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule held against one hall. ``gap`` is what is missing (negative) or too many (positive)."""

    rule: Rule
    label: str
    value: int
    gap: int
    sentence: str

    @property
    def is_kept(self) -> bool:
        return self.gap == 0


_PLAN = "方案三（一）3"
_ALL = "方案二、三（一）3：三级全面设立无差别综合窗口"
_CROSS = "方案二：设立“一件事一次办”和跨区域通办综合窗口"

DEFAULT_RULES = (
    Rule(HallKind.DISTRICT, "windows", 12, 12, _PLAN),
    Rule(HallKind.DISTRICT, "general", 5, 5, _PLAN),
    Rule(HallKind.DISTRICT, "special_windows", 5, None, "方案三（一）3：无差别窗口5个，包含特色窗口5个"),
    Rule(HallKind.DISTRICT, "each:special", 1, None, "方案三（一）2（3）"),
    Rule(HallKind.DISTRICT, "domain", 6, 6, _PLAN),
    Rule(HallKind.DISTRICT, "domains", 6, None, "方案三（一）2（2）"),
    Rule(HallKind.DISTRICT, "tidal", 1, 1, _PLAN),
    Rule(HallKind.DISTRICT, "each:bundle", 1, None, _CROSS),
    Rule(HallKind.DISTRICT, "each:cross_region", 1, None, _CROSS),
    Rule(HallKind.TOWN, "general", 1, None, _ALL),
    Rule(HallKind.TOWN, "served", 4, 6, _PLAN),
    Rule(HallKind.TOWN, "tidal", 1, 1, _PLAN),
    Rule(HallKind.TOWN, "domain", None, 0, "方案三（一）2（2）：镇不设分领域综合窗口"),
    Rule(HallKind.VILLAGE, "general", 1, 1, _PLAN),
    Rule(HallKind.VILLAGE, "domain", None, 0, "方案三（一）2（2）：村不设分领域综合窗口"),
    # The plan names no figure for parks, only that they have such windows (三(一)3): one, the rest is for the advisor.
    Rule(HallKind.PARK, "general", 1, None, _ALL),
)

PARK_ADVICE = "方案没有规定园区大厅的窗口数量，请按事项数、业务量和排队情况确定。"


def _kinds(*kinds: WindowKind) -> Callable[[HallFacts], int]:
    return lambda hall: sum(window.kind in kinds for window in hall.windows)


_COUNTS: Mapping[str, tuple[str, str, Callable[[HallFacts], int]]] = {
    "windows": ("综合窗口总数", "个", lambda hall: len(hall.windows)),
    "general": ("无差别综合窗口", "个", _kinds(WindowKind.GENERAL)),
    "domain": ("分领域综合窗口", "个", _kinds(WindowKind.DOMAIN)),
    "tidal": ("潮汐窗口", "个", _kinds(WindowKind.TIDAL)),
    "served": ("无差别综合窗口（含潮汐）", "个", _kinds(WindowKind.GENERAL, WindowKind.TIDAL)),
    "domains": ("设有窗口的专网领域", "类", lambda hall: len(_domains(hall))),
}


def merged(defaults: Iterable[Rule], own: Iterable[tuple[Rule, bool]]) -> tuple[Rule, ...]:
    """The rules that hold: the district's row wins over the default of the same hall kind and measure, inactive drops it."""
    rules = {(rule.hall_kind, rule.measure): rule for rule in defaults}
    for rule, is_active in own:
        key = (rule.hall_kind, rule.measure)
        if is_active:
            rules[key] = rule
        else:
            rules.pop(key, None)
    return tuple(rules.values())


def is_measure(measure: str) -> bool:
    name, _, rest = measure.partition(":")
    if name == "each":
        return rest in {str(group) for group in FunctionGroup}
    if name == "function":
        return bool(rest) and rest.replace("_", "").isalnum()
    return measure in _COUNTS or measure == "special_windows"


def measure_label(measure: str, functions: Mapping[str, FunctionFact]) -> str:
    name, _, rest = measure.partition(":")
    if name == "each":
        return f"每项{FUNCTION_GROUP_LABELS[FunctionGroup(rest)]}职能的窗口"
    if name == "function":
        return f"“{functions[rest].name if rest in functions else rest}”窗口"
    return "承担特色服务的无差别窗口" if measure == "special_windows" else _COUNTS[measure][0]


def verdicts(hall: HallFacts, rules: Iterable[Rule], functions: Mapping[str, FunctionFact]) -> list[Verdict]:
    """Every rule of the hall's kind, held against it."""
    return [_verdict(hall, rule, functions) for rule in rules if rule.hall_kind == hall.kind]


def findings(hall: HallFacts, rules: Iterable[Rule], functions: Mapping[str, FunctionFact]) -> list[Verdict]:
    """The rules the hall breaks."""
    return [verdict for verdict in verdicts(hall, rules, functions) if not verdict.is_kept]


def _verdict(hall: HallFacts, rule: Rule, functions: Mapping[str, FunctionFact]) -> Verdict:
    value, lacking = _measured(hall, rule, functions)
    gap = 0
    if rule.least is not None and value < rule.least:
        gap = value - rule.least
    elif rule.most is not None and value > rule.most:
        gap = value - rule.most
    label = measure_label(rule.measure, functions)
    return Verdict(rule, label, value, gap, _sentence(hall, rule, label, (value, gap, lacking)))


def _measured(hall: HallFacts, rule: Rule, functions: Mapping[str, FunctionFact]) -> tuple[int, str]:
    """The figure, and by name what falls short of the rule, where things have names."""
    name, _, rest = rule.measure.partition(":")
    if name == "each":
        carried = {f.name: _carriers(hall, f.code) for f in functions.values() if f.group == rest}
        least = rule.least or 0
        # A group without functions asks for nothing: a region that agreed with nobody owes no window for it.
        return min(carried.values(), default=least), "、".join(n for n, count in carried.items() if count < least)
    if name == "function":
        return _carriers(hall, rest), ""
    if rule.measure == "special_windows":
        special = {f.code for f in functions.values() if f.group is FunctionGroup.SPECIAL}
        return sum(w.kind == WindowKind.GENERAL and bool(w.functions & special) for w in hall.windows), ""
    if rule.measure == "domains":
        missing = "、".join(DOMAIN_LABELS[d] for d in Domain if d not in _domains(hall))
        return len(_domains(hall)), missing
    return _COUNTS[rule.measure][2](hall), ""


def _domains(hall: HallFacts) -> set[str]:
    return {window.domain for window in hall.windows if window.kind == WindowKind.DOMAIN}


def _carriers(hall: HallFacts, code: str) -> int:
    return sum(code in window.functions for window in hall.windows)


def _sentence(hall: HallFacts, rule: Rule, label: str, figures: tuple[int, int, str]) -> str:
    value, gap, lacking = figures
    unit = _COUNTS[rule.measure][1] if rule.measure in _COUNTS else "个"
    where = f"{hall.name}（{HALL_KIND_LABELS[HallKind(hall.kind)]}）"
    if gap == 0:
        return f"{where}：{label} {value} {unit}，符合标准（{wanted(rule)}）。"
    missing = f"，缺{lacking}" if lacking and gap < 0 else ""
    how = f"少 {-gap} {unit}{missing}" if gap < 0 else f"多 {gap} {unit}"
    return f"{where}：{label} {value} {unit}，标准{wanted(rule)}，{how}。依据：{rule.basis}。"


def wanted(rule: Rule) -> str:
    """12 · 4–6 · 至少 1 · 0, as words."""
    if rule.least is not None and rule.least == rule.most:
        return f"{rule.least}"
    if rule.least is not None and rule.most is not None:
        return f"{rule.least}–{rule.most}"
    if rule.most is not None:
        return "不设" if rule.most == 0 else f"至多 {rule.most}"
    return f"至少 {rule.least}"
