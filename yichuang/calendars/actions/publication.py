"""Publication (公布): a year's special days as a whole, with the notice they rest on."""

from collections.abc import Mapping
from datetime import date

from yichuang.calendars import queries
from yichuang.calendars.actions import _door
from yichuang.calendars.formats import builtin_years
from yichuang.calendars.rules import Special, problem_with
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Invalid

EARLIEST, LATEST = 2000, 2100


def load_builtin(*, by: Actor) -> int:
    """Take over the years that come with the programme and are not there yet; returns how many were new."""
    if set(queries.published_years()) >= builtin_years()[0]:
        return 0
    with _door.change():
        return _door.take_over_builtin(by=by)


def publish(
    year: int, days: Mapping[date, Special], *, notice: str, source: str, by: Actor, seen: int | None = None
) -> None:
    """Set a year's special days as a whole; what is not among ``days`` is an ordinary day again."""
    _door.may_edit(by)
    problems = _problems(year, days)
    if problems:
        raise Invalid(problems)
    texts = _door.cleaned({"notice": (notice, 60, "文号"), "source": (source, 200, "通知名称")})
    with _door.change(seen):
        _door.take_over_builtin(by=by)
        _door.write_year(year, days, **texts, by=by)


def _problems(year: int, days: Mapping[date, Special]) -> dict[str, str]:
    if not EARLIEST <= year <= LATEST:
        return {"year": f"年份应在 {EARLIEST} 至 {LATEST} 之间。"}
    known = set(queries.published_years()) | builtin_years()[0]
    if not min(known) - 1 <= year <= max(known) + 1:
        # Published years have no gap: a date behind one would count days that nobody has announced.
        return {"year": f"请按年份顺序公布：现有 {min(known)} 至 {max(known)} 年。"}
    for day, special in sorted(days.items()):
        sentence = problem_with(day, special.kind) if day.year == year else f"{day.isoformat()} 不在 {year} 年。"
        if sentence:
            return {special.kind.value: sentence}
    return {}
