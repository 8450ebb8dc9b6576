"""Contradictions within one item, as sentences. Nothing is corrected: the source is told, the reader is warned."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from yichuang.catalogue.rules import REGIMES, CaseKind, Regime, Unit, in_days

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SAID = re.compile(
    r"(?<![0-9第年月])([0-9]{1,4}|[零〇一二两三四五六七八九十百]{1,7})个?(工作日|自然日|日|天)(?!期|常|程)"
)


def chinese_number(raw: str) -> int:
    """二十 is 20, 一百二十 is 120."""
    total = current = 0
    for c in raw:
        if c in ("十", "百"):
            total += (current or 1) * (10 if c == "十" else 100)
            current = 0
        else:
            current = current * 10 + _DIGITS[c]
    return total + current


def said_in(note: str) -> list[tuple[int, str]]:
    """The limits that an explanation names: (20, 工作日)."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", note))
    return [(int(n) if n.isdecimal() else chinese_number(n), unit) for n, unit in _SAID.findall(plain)]


def contradictions(values: Mapping[str, object]) -> Iterator[str]:
    for kind, label in (("statutory", "法定办结时限"), ("promised", "承诺办结时限")):
        yield from _note_against_limit(values, kind, label)
    yield from _promise_against_law(values)
    yield from _kind_against_promise(values)


def _limit(values: Mapping[str, object], kind: str) -> tuple[int, Unit] | None:
    days = values.get(f"{kind}_limit")
    return (days, Unit(str(values.get(f"{kind}_unit") or Unit.WORKING))) if isinstance(days, int) else None


def _note_against_limit(values: Mapping[str, object], kind: str, label: str) -> Iterator[str]:
    limit, note = _limit(values, kind), str(values.get(f"{kind}_note") or "")
    said = said_in(note)
    if limit is None or not said:
        return
    days, unit = limit
    words = {"工作日"} if unit is Unit.WORKING else {"自然日", "日", "天"}
    # A plain 日 in an explanation may mean either unit: the number alone decides there.
    if not any(n == days and (w in words or w in ("日", "天")) for n, w in said):
        yield f"{label}为 {in_days(days, unit)}，与说明“{note[:60]}”不一致，请核实。"


def _promise_against_law(values: Mapping[str, object]) -> Iterator[str]:
    promised, statutory = _limit(values, "promised"), _limit(values, "statutory")
    law = ""
    if statutory is None:
        default = REGIMES[Regime(str(values["regime"]))].default_statutory_limit if values.get("regime") else None
        if default is None:
            return
        statutory, law = (default, Unit.WORKING), "（行政许可法第四十二条）"
    if promised and promised[1] is statutory[1] and promised[0] > statutory[0]:
        yield f"承诺办结时限 {in_days(*promised)}长于法定办结时限 {in_days(*statutory)}{law}，请核实。"


def _kind_against_promise(values: Mapping[str, object]) -> Iterator[str]:
    promised = values.get("promised_limit")
    if values.get("case_kind") == CaseKind.IMMEDIATE and isinstance(promised, int) and promised > 1:
        yield f"办件类型为即办件，承诺办结时限却是 {promised} 天，请核实。"
