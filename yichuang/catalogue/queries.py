from django.db.models import QuerySet

from yichuang.catalogue.models import ItemVersion, Quarantine
from yichuang.catalogue.rules import State
from yichuang.lib.errors import NotFound


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
