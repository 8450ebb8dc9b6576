"""Who may enter which route: the matrix of docs/permissions.md, from the routes and from staff.rules."""

from collections.abc import Iterator
from dataclasses import dataclass

from yichuang.kit.audience import Audience
from yichuang.project.routes import Route, walk
from yichuang.staff.rules import PERMISSIONS, ROLE_LABELS, in_words

_HEAD = """# Permissions

Written by `yichuang permissions` from the routes and from `yichuang/staff/rules.py`; `tests/test_permission_matrix.py` compares this
page with the code and asks every route over HTTP as every role. A permission says what; where (halls, departments) follows from
the post. Nobody holds a permission but through a post in force today.
"""


@dataclass(frozen=True, slots=True)
class Entrance:
    """One route for one method ("" for pages, which answer the methods they know)."""

    route: Route
    method: str
    permission: str

    @property
    def is_public(self) -> bool:
        return not self.permission


def entrances() -> Iterator[Entrance]:
    """Each address and method once: ninja lists a path of several operations several times."""
    seen = set()
    for route in walk():
        for one in route.declared:
            if one.guard is not None and (one.method, route.pattern) not in seen:
                seen.add((one.method, route.pattern))
                is_staff = one.guard.audience is Audience.STAFF
                yield Entrance(route, one.method, one.guard.permission if is_staff else "")


def document() -> str:
    """The whole page."""
    every = list(entrances())
    return "\n".join([_HEAD, *_roles(), *_routes(every), *_open(every)]) + "\n"


def _roles() -> list[str]:
    lines = ["## Who holds what", "", f"| permission | what it allows | {' | '.join(ROLE_LABELS.values())} |"]
    lines.append("|---|---|" + ":-:|" * len(ROLE_LABELS))
    for name, (sentence, holders) in sorted(PERMISSIONS.items()):
        marks = " | ".join("●" if role in holders else "" for role in ROLE_LABELS)
        lines.append(f"| `{name}` | {sentence} | {marks} |")
    return [*lines, ""]


def _routes(every: list[Entrance]) -> list[str]:
    lines = ["## Routes for staff", "", "| address | permission | who |", "|---|---|---|"]
    rows = [
        f"| `{_address(one)}` | `{one.permission}` | {in_words(PERMISSIONS[one.permission][1])} |"
        for one in every
        if not one.is_public
    ]
    return [*lines, *sorted(rows), ""]


def _open(every: list[Entrance]) -> list[str]:
    rows = sorted(f"- `{_address(one)}`" for one in every if one.is_public)
    return ["## Routes open to anyone", "", *rows]


def _address(one: Entrance) -> str:
    return f"{one.method} /{one.route.pattern}".strip()
