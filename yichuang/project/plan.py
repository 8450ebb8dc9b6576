"""Which clauses of the reform plan are proven by which tests: the clauses, the marks in the tests, the last results."""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

_PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = _PACKAGE.parent
RESULTS = CHECKOUT / "var" / "test-results"
UNPROVEN = "未证明"


class Clause(TypedDict):
    id: str
    section: str
    clause: str
    software: str


@dataclass(frozen=True, slots=True)
class Row:
    """A clause with its tests; ``outcomes`` holds what each test last did on each database it ran on."""

    clause: Clause
    outcomes: dict[str, frozenset[str]]

    @property
    def passed(self) -> bool:
        """Every test of the clause ran and passed everywhere it ran; a clause without tests is not proven."""
        return bool(self.outcomes) and all(seen == {"passed"} for seen in self.outcomes.values())


@cache
def clauses() -> tuple[Clause, ...]:
    return tuple(json.loads((_PACKAGE / "project" / "data" / "clauses.json").read_text(encoding="utf-8")))


def rows(checkout: Path = CHECKOUT, results: Path = RESULTS) -> list[Row]:
    by_clause: dict[str, list[str]] = {}
    for test, clause in marked(checkout):
        by_clause.setdefault(clause, []).append(test)
    last = _outcomes(results)
    return [
        Row(clause, {test: frozenset(last.get(test, ())) for test in sorted(by_clause.get(clause["id"], []))})
        for clause in clauses()
    ]


def marked(checkout: Path) -> Iterator[tuple[str, str]]:
    """(test, clause) for every ``@pytest.mark.plan`` in the sources, so that tests which did not run are listed too."""
    files = [*(checkout / "tests").rglob("test_*.py"), *(checkout / "yichuang").glob("*/tests/**/test_*.py")]
    for file in sorted(files):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        whole_file = [value for node in tree.body if _is_pytestmark(node) for value in _plan_ids(node)]
        yield from _marked_in(tree.body, file.relative_to(checkout).as_posix(), whole_file)


def _marked_in(body: list[ast.stmt], where: str, inherited: list[str]) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for clause in {*inherited, *_decorated(node)}:
                yield f"{where}::{node.name}", clause
        elif isinstance(node, ast.ClassDef):
            yield from _marked_in(node.body, f"{where}::{node.name}", [*inherited, *_decorated(node)])


def _decorated(node: ast.FunctionDef | ast.ClassDef) -> list[str]:
    return [clause for decorator in node.decorator_list for clause in _plan_ids(decorator)]


def _is_pytestmark(node: ast.stmt) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in targets)


def _plan_ids(tree: ast.AST) -> list[str]:
    return [
        str(argument.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.plan"
        for argument in node.args
        if isinstance(argument, ast.Constant)
    ]


def _outcomes(results: Path) -> dict[str, set[str]]:
    """What each test did in the last ``make test``, its parameters and the databases merged."""
    merged: dict[str, set[str]] = {}
    for file in sorted(results.glob("*.json")):
        for test, outcome in json.loads(file.read_text(encoding="utf-8"))["tests"].items():
            merged.setdefault(test.split("[")[0], set()).add(outcome)
    return merged


def as_json(table: list[Row]) -> list[dict[str, object]]:
    return [{"id": row.clause["id"], "tests": list(row.outcomes), "passed": row.passed} for row in table]


def as_text(table: list[Row]) -> str:
    lines = []
    for row in table:
        state = "通过" if row.passed else ("未通过" if row.outcomes else UNPROVEN)
        lines.append(f"{row.clause['id']:<11} {state}  {row.clause['clause']}")
        for test, seen in row.outcomes.items():
            lines.append(f"              {_word(seen)}  {test}")
    proven, tested = sum(row.passed for row in table), sum(bool(row.outcomes) for row in table)
    lines.append(f"{len(table)} 条，其中 {proven} 条已由测试证明，{tested - proven} 条有测试但未全部通过。")
    return "\n".join(lines)


def _word(seen: frozenset[str]) -> str:
    if not seen:
        return "未运行"
    if "failed" in seen:
        return "失败"
    return "通过" if seen == {"passed"} else "跳过"
