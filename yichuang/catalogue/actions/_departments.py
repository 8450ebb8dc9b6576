"""The departments and divisions that a file names, made where they are not there yet."""

from collections import Counter
from collections.abc import Iterable

from yichuang.catalogue.formats.entry import ParsedItem, RowRefused
from yichuang.lib.actor import Actor, ActorKind
from yichuang.lib.codes import check_uscc
from yichuang.lib.errors import DomainError, Invalid
from yichuang.places.actions import department, division
from yichuang.places.models import Department, Division
from yichuang.places.rules.divisions import level_and_code


class Departments:
    """Finds each department once a file. What is made is made by the importer on behalf of the person who imports."""

    def __init__(self, items: Iterable[ParsedItem], *, by: Actor) -> None:
        self._by = Actor(ActorKind.WORKER, "importer", name="导入程序", on_behalf_of=by.reference)
        self._divisions: dict[str, Division] = {}
        self._known: dict[tuple[str, str], Department] = {}
        self._bodies: dict[tuple[str, str], Counter[str]] = {}
        for item in items:
            if item.uscc:
                self._bodies.setdefault((item.division, item.department), Counter())[item.uscc] += 1
        self.remarks: list[str] = []

    def of(self, item: ParsedItem) -> Department:
        """Raises RowRefused with the sentence of whoever refuses."""
        key = (item.division, item.department)
        if key not in self._known:
            try:
                self._known[key] = self._found(item)
            except DomainError as error:
                raise RowRefused(f"部门“{item.department}”没能登记：{error}") from error
        return self._known[key]

    def _found(self, item: ParsedItem) -> Department:
        where = self._division(item.division)
        earlier = Department.objects.filter(division=where, name=item.department).select_related("division").first()
        if earlier is not None:
            return earlier
        particulars = department.Particulars(is_sample=item.is_sample)
        uscc = self._body(item)
        return department.register(
            name=item.department, division=where, uscc=uscc, by=self._by, particulars=particulars
        )

    def _body(self, item: ParsedItem) -> str:
        """The code that most rows give, those that pass their check first."""
        counted = self._bodies.get((item.division, item.department), Counter())
        ranked = sorted(counted.items(), key=lambda pair: (not check_uscc(pair[0]).ok, -pair[1], pair[0]))
        return ranked[0][0] if ranked else ""

    def _division(self, raw: str) -> Division:
        if raw not in self._divisions:
            try:
                _, code = level_and_code(raw)
            except ValueError as error:
                raise RowRefused(f"区划代码“{raw[:20]}”不对：{error}") from error
            self._divisions[raw] = _in_force(code) or self._registered(code)
        return self._divisions[raw]

    def _registered(self, code: str) -> Division:
        try:
            made = division.register(code, f"{code}（名称待补）", by=self._by)
        except Invalid:
            # Two imports met the same new division at one moment: the first one's row serves both.
            if earlier := _in_force(code):
                return earlier
            raise
        self.remarks.append(f"区划 {code} 此前没有登记，已按代码建立，请到“区划”补上名称。")
        return made


def _in_force(code: str) -> Division | None:
    return Division.objects.filter(code=code, valid_to=None).first()
