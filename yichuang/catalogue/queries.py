from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from yichuang.catalogue.models import ImportRun, ItemVersion, Quarantine
from yichuang.catalogue.rules import CaseKind, State
from yichuang.catalogue.rules.lists import LISTS
from yichuang.lib.errors import NotFound
from yichuang.search.queries import find


def published(department: int | None = None) -> QuerySet[ItemVersion]:
    """The versions in force, by department and name."""
    found = ItemVersion.objects.filter(state=State.PUBLISHED).select_related("item__department")
    if department is not None:
        found = found.filter(item__department_id=department)
    return found.order_by("item__department__sort_key", "item__department_id", "name", "item_id")


def published_item(code: str) -> ItemVersion:
    """The version of an item in force, with department and materials (two queries); NotFound when there is none."""
    found = (
        ItemVersion.objects.select_related("item__department")
        .prefetch_related("materials")
        .filter(item__code=code, state=State.PUBLISHED)
        .first()
    )
    if found is None:
        raise NotFound("没有这个事项，或者它没有发布。")
    return found


def version(version_id: int) -> ItemVersion:
    found = (
        ItemVersion.objects.select_related("item__department")
        .prefetch_related("materials")
        .filter(pk=version_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def learned() -> dict[str, dict[tuple[str, str], str]]:
    """What people have said foreign codes mean: by format, then by field and foreign value."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for row in Quarantine.objects.exclude(meaning="").only("source_format", "field", "value", "meaning"):
        found.setdefault(row.source_format, {})[row.field, row.value] = row.meaning
    return found


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list of staff is narrowed to; empty means everything."""

    words: str = ""
    department: int | None = None
    regime: str = ""
    state: str = State.PUBLISHED
    placement: str = ""
    lacks_limit: bool = False


def listed(wanted: Filter, *, after: str = "", limit: int = 50) -> tuple[list[ItemVersion], str]:
    """A page of versions by item code, and the code after which the next page begins ("" on the last).

    One row an item: the version in force, its draft, or the last one of an item that is no longer in force.
    """
    found = _in_state(wanted.state).select_related("item__department")
    if wanted.department is not None:
        found = found.filter(item__department_id=wanted.department)
    if wanted.regime:
        found = found.filter(regime=wanted.regime)
    if wanted.placement:
        found = found.filter(item__placement=wanted.placement)
    if wanted.lacks_limit:
        found = found.filter(promised_limit=None).exclude(case_kind=CaseKind.IMMEDIATE)
    if wanted.words:
        keys = [hit.key for hit in find("item", wanted.words, limit=limit)]
        order = {key: place for place, key in enumerate(keys)}
        return sorted(found.filter(item__code__in=keys).defer("raw"), key=lambda v: order[v.item.code]), ""
    rows = list(found.filter(item__code__gt=after).defer("raw").order_by("item__code", "number")[: limit + 1])
    return rows[:limit], rows[limit - 1].item.code if len(rows) > limit else ""


def _in_state(state: str) -> QuerySet[ItemVersion]:
    found = ItemVersion.objects.filter(state=state)
    if state == State.PUBLISHED:
        return found
    same = ItemVersion.objects.filter(item=OuterRef("item"))
    later = same.filter(number__gt=OuterRef("number"), state=state)
    found = found.filter(~Exists(later))
    return found.filter(~Exists(same.filter(state=State.PUBLISHED))) if state == State.RETIRED else found


def history(code: str) -> list[ItemVersion]:
    """All versions of an item with their materials, the newest first (two queries); NotFound without any."""
    found = list(
        ItemVersion.objects.filter(item__code=code)
        .select_related("item__department", "run")
        .defer("raw", "run__report")
        .prefetch_related("materials")
        .order_by("-number")
    )
    if not found:
        raise NotFound("没有这个事项。")
    return found


def numbered(code: str, number: int) -> ItemVersion:
    """One version with its source."""
    found = ItemVersion.objects.select_related("item", "run").filter(item__code=code, number=number).first()
    if found is None:
        raise NotFound("没有这个版本。")
    return found


def runs(limit: int = 100) -> list[ImportRun]:
    """Imports, the newest first. One without an end was cut off; running its file again completes it."""
    return list(ImportRun.objects.defer("report").order_by("-pk")[:limit])


def run(pk: int) -> ImportRun:
    found = ImportRun.objects.select_related("file").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这次导入。")
    return found


def quarantined() -> list[Quarantine]:
    """Codes that wait, then those that somebody has explained."""
    return list(
        Quarantine.objects.select_related("run").defer("run__report").order_by("meaning", "source_format", "pk")
    )


def in_list(key: str) -> QuerySet[ItemVersion]:
    """The items of one of the published lists (``rules.lists``)."""
    return published().filter(**LISTS[key].condition).defer("raw")
