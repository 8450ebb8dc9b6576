"""Entering many divisions or departments at once (批量录入): all lines or none."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from yichuang.lib.actor import Actor
from yichuang.lib.errors import DomainError, Invalid
from yichuang.places.actions import department, division
from yichuang.places.actions._door import check_may_edit
from yichuang.places.formats import Line, pasted_lines
from yichuang.places.models import Department, Division
from yichuang.places.rules.divisions import level_and_code

MOST = 500


@dataclass(frozen=True, slots=True)
class Entered:
    """How many rows were made, and how many lines were there already."""

    created: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class BadLine:
    number: int
    text: str
    reason: str


class BadLines(Invalid):
    """Lines that cannot be taken; nothing was written."""

    def __init__(self, lines: list[BadLine]) -> None:
        super().__init__({"lines": f"有 {len(lines)} 行不能录入，全部内容都没有写入；请修改下列各行后重新提交。"})
        self.lines = lines


def enter_divisions(text: str, *, by: Actor) -> Entered:
    """``code name`` a line, in any order: upper levels are entered first."""
    check_may_edit(by=by)

    def enter(line: Line) -> bool:
        code = _readable(line.code)
        earlier = Division.objects.filter(code=code, valid_to=None, name=line.name).exists()
        if not earlier:
            division.register(line.code, line.name, by=by)
        return not earlier

    return _enter(sorted(_lines(text), key=lambda line: _depth(line.code)), enter)


def enter_departments(text: str, below: Division, *, by: Actor) -> Entered:
    """``USCC name`` or just ``name`` a line."""
    check_may_edit(by=by)

    def enter(line: Line) -> bool:
        earlier = Department.objects.filter(division=below, name=line.name).exists()
        if not earlier:
            department.register(name=line.name, division=below, uscc=line.code, by=by)
        return not earlier

    return _enter(_lines(text), enter)


def _lines(text: str) -> list[Line]:
    lines = pasted_lines(text)
    if not lines:
        raise Invalid({"lines": "请粘贴要录入的内容，每行一个。"})
    if len(lines) > MOST:
        raise Invalid({"lines": f"一次最多 {MOST} 行，现在是 {len(lines)} 行，请分批录入。"})
    return lines


def _enter(lines: list[Line], enter: Callable[[Line], bool]) -> Entered:
    """Try every line, so that all bad ones are named at once; one bad line takes everything back."""
    created, bad = 0, []
    with transaction.atomic():
        for line in lines:
            try:
                created += enter(line)
            except DomainError as error:
                bad.append(BadLine(line.number, f"{line.code} {line.name}".strip(), str(error)))
        if bad:
            transaction.set_rollback(True)
    if bad:
        raise BadLines(sorted(bad, key=lambda line: line.number))
    return Entered(created, len(lines) - created)


def _readable(code: str) -> str:
    try:
        return level_and_code(code)[1]
    except ValueError:
        return code


def _depth(code: str) -> int:
    """Province before city before county: where a code ends in zeros it stands above."""
    return len(_readable(code).rstrip("0"))
