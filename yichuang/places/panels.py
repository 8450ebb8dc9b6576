"""What other pages may show of places, each with a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yichuang.places import queries
from yichuang.places.models import CompositionRule, Hall, Window
from yichuang.places.rules.composition import (
    DEFAULT_RULES,
    HallFacts,
    Rule,
    Verdict,
    findings,
    measure_label,
    verdicts,
    wanted,
)
from yichuang.places.rules.days import Service
from yichuang.places.rules.kinds import HALL_KIND_LABELS, FunctionFact, HallKind, WindowKind, WindowStatus


@dataclass(frozen=True, slots=True)
class HallRow:
    """A hall in a list: its windows by kind, whether it serves now, and what is amiss."""

    hall: Hall
    service: Service
    general: int
    domain: int
    tidal: int
    findings: tuple[Verdict, ...]


def hall_rows(halls: Iterable[Hall]) -> list[HallRow]:
    """Six queries beside the halls' own."""
    chosen = list(halls)
    service, rules, functions = queries.service_now(chosen), queries.composition_rules(), queries.functions()
    return [
        HallRow(
            hall=hall,
            service=service[hall.pk],
            general=_count(facts, WindowKind.GENERAL),
            domain=_count(facts, WindowKind.DOMAIN),
            tidal=_count(facts, WindowKind.TIDAL),
            findings=tuple(findings(facts, rules, functions)),
        )
        for hall, facts in zip(chosen, queries.facts_of(chosen), strict=True)
    ]


def _count(facts: HallFacts, kind: WindowKind) -> int:
    return sum(window.kind == kind for window in facts.windows)


@dataclass(frozen=True, slots=True)
class WindowRow:
    window: Window
    functions: tuple[FunctionFact, ...]


def window_rows(hall: Hall, functions: Mapping[str, FunctionFact]) -> list[WindowRow]:
    """The windows that exist, with what they carry, in two queries."""
    windows = Window.objects.filter(hall=hall).exclude(status=WindowStatus.CLOSED).prefetch_related("functions")
    order = {code: number for number, code in enumerate(functions)}
    return [
        WindowRow(
            window,
            tuple(
                functions[entry.function]
                for entry in sorted(window.functions.all(), key=lambda f: order.get(f.function, len(order)))
                if entry.function in functions
            ),
        )
        for window in windows.order_by("number")
    ]


def coverage() -> dict[str, object]:
    """Every hall that exists against the rules, those amiss first, and how many keep all of them."""
    halls = list(Hall.objects.filter(closed_on=None).select_related("division"))
    rules, functions = queries.composition_rules(), queries.functions()
    facts = queries.facts_of(halls)
    judged = [(hall, verdicts(found, rules, functions)) for hall, found in zip(halls, facts, strict=True)]
    rows = [(hall, found, [v for v in found if not v.is_kept]) for hall, found in judged]
    rows.sort(key=lambda row: (not row[2], row[0].code))
    kinds = [
        (label, sum(row[0].kind == kind for row in rows), sum(row[0].kind == kind and not row[2] for row in rows))
        for kind, label in HALL_KIND_LABELS.items()
    ]
    served = sum(_count(found, WindowKind.GENERAL) > 0 for found in facts)
    return {"rows": rows, "kinds": kinds, "served": served, "total": len(halls)}


@dataclass(frozen=True, slots=True)
class RuleRow:
    rule: Rule
    kind_label: str
    label: str
    wanted: str
    is_own: bool
    is_active: bool


def rule_rows() -> list[RuleRow]:
    """The plan's figures and this district's own, inactive ones included."""
    own = {(row.hall_kind, row.measure): row for row in CompositionRule.objects.all()}
    rules = {(rule.hall_kind, rule.measure): rule for rule in DEFAULT_RULES}
    for key, row in own.items():
        rules[key] = Rule(row.hall_kind, row.measure, row.least, row.most, row.basis)
    functions = queries.functions(with_retired=True)
    kinds = list(HallKind)
    return [
        RuleRow(
            rule=rule,
            kind_label=HALL_KIND_LABELS[HallKind(rule.hall_kind)],
            label=measure_label(rule.measure, functions),
            wanted=wanted(rule),
            is_own=key in own,
            is_active=own[key].is_active if key in own else True,
        )
        for key, rule in sorted(rules.items(), key=lambda item: kinds.index(HallKind(item[0][0])))
    ]
