"""Versions (事项版本) made, put in force and taken out of force by people of the hall."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import IntegrityError
from django.utils import timezone

from yichuang.catalogue.actions import _decide, _door
from yichuang.catalogue.models import ItemVersion
from yichuang.catalogue.rules import CASE_KIND_LABELS, REGIMES, UNIT_LABELS, CaseKind, Regime, State, Unit, in_days
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Conflict, Invalid, NotFound

_LONGEST_LIMIT = 3650


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a matter takes, as published. None where nothing is published."""

    case_kind: str
    promised_limit: int | None
    promised_unit: str
    statutory_limit: int | None
    statutory_unit: str


def amend_limits(code: str, limits: Limits, note: str, *, based_on: int, by: Actor) -> ItemVersion:
    """A new version with other limits, in the state of the one it is based on; earlier cases keep the old one.

    ``based_on`` is the number of the version that the person saw: if there is another by now, nothing is written.
    """
    _door.check_may(_door.EDIT, by=by)
    known = _known(code)
    base = known.base
    if base is None or base.number != based_on:
        raise Conflict(_door.MOVED)
    problems = _problems(limits, Regime(base.regime))
    reason = _reason(note, problems, "请写明依据，例如部门公布时限的文件。")
    values = asdict(limits) | ({"promised_limit": None} if limits.case_kind == CaseKind.IMMEDIATE else {})
    if not problems and all(getattr(base, name) == value for name, value in values.items()):
        problems["promised_limit"] = "与现行版本相同，没有需要保存的改动。"
    if problems:
        raise Invalid(problems)
    plan = _decide.edited(known, values, reason, timezone.localdate())
    try:
        _door.write([plan], by=by)
    except IntegrityError as error:
        raise Conflict(_door.MOVED) from error
    return plan.version


def publish(code: str, number: int, *, by: Actor) -> ItemVersion:
    """Put a draft or a former version in force in place of the present one."""
    _door.check_may(_door.EDIT, by=by)
    known = _known(code)
    version = _numbered(known, number)
    if version.state == State.PUBLISHED:
        raise Conflict("这个版本已经发布。")
    try:
        _door.put_in_force(version, known.published, by=by)
    except IntegrityError as error:
        raise Conflict(_door.MOVED) from error
    return version


def retire(code: str, number: int, reason: str, *, by: Actor) -> ItemVersion:
    """Take a version out of force. Cases accepted under it go on; new ones cannot be accepted."""
    _door.check_may(_door.EDIT, by=by)
    version = _numbered(_known(code), number)
    problems: dict[str, str] = {}
    words = _reason(reason, problems, "请写明停用的原因。")
    if problems:
        raise Invalid(problems)
    if version.state == State.RETIRED:
        raise Conflict("这个版本已经停用。")
    _door.take_out_of_force(version, words, by=by)
    return version


def _known(code: str) -> _decide.Known:
    known = _door.load([code]).get(code)
    if known is None:
        raise NotFound("没有这个事项。")
    return known


def _numbered(known: _decide.Known, number: int) -> ItemVersion:
    found = next((v for v in known.versions if v.number == number), None)
    if found is None:
        raise NotFound(f"没有第 {number} 版。")
    return found


def _reason(raw: str, problems: dict[str, str], sentence: str) -> str:
    try:
        reason = clean_text(raw, limit=300)
    except ValueError as error:
        problems["note"] = str(error)
        return ""
    if not reason:
        problems["note"] = sentence
    return reason


def _problems(limits: Limits, regime: Regime) -> dict[str, str]:
    problems: dict[str, str] = {}
    if limits.case_kind not in {str(kind) for kind in CASE_KIND_LABELS}:
        problems["case_kind"] = "请选择办件类型。"
    for name, unit in _units(limits).items():
        if unit not in {str(known) for known in UNIT_LABELS}:
            problems[name] = "时限单位只能是工作日或自然日。"
    for name, days in (("promised_limit", limits.promised_limit), ("statutory_limit", limits.statutory_limit)):
        if days is not None and not 1 <= days <= _LONGEST_LIMIT:
            problems[name] = f"时限应在 1 至 {_LONGEST_LIMIT} 之间。"
    if problems or limits.case_kind == CaseKind.IMMEDIATE:
        return problems
    if limits.promised_limit is None and limits.case_kind == CaseKind.PROMISED:
        return {"promised_limit": "承诺件要填写承诺时限。"}
    return _beyond_the_law(limits, regime)


def _units(limits: Limits) -> Mapping[str, str]:
    return {"promised_unit": limits.promised_unit, "statutory_unit": limits.statutory_unit}


def _beyond_the_law(limits: Limits, regime: Regime) -> dict[str, str]:
    """A promise may shorten what the law allows, never lengthen it."""
    days, unit = limits.statutory_limit, limits.statutory_unit
    if days is None:
        days, unit = REGIMES[regime].default_statutory_limit, Unit.WORKING
    if days is None or limits.promised_limit is None or unit != limits.promised_unit or limits.promised_limit <= days:
        return {}
    return {"promised_limit": f"承诺时限不能长于法定时限 {in_days(days, Unit(unit))}。"}
