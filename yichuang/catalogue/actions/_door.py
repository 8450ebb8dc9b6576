"""The one door of the catalogue: rows, search index and events of an act, in one transaction."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Prefetch

from yichuang.catalogue.actions._decide import Known, Plan
from yichuang.catalogue.models import Item, ItemVersion, Material, Quarantine
from yichuang.catalogue.rules import State
from yichuang.ledger.actions.record import NewEvent, record_all
from yichuang.lib.actor import Actor, ActorKind
from yichuang.lib.errors import Conflict, Refused
from yichuang.search.actions import indexing

KIND = "item"
IMPORT, EDIT = "catalogue.import", "catalogue.edit"
MOVED = "刚刚有别人修改了这个事项，请刷新页面后再试。"


def check_may(permission: str, *, by: Actor) -> None:
    """Programmes of ours (the command line, the demo) act under WORKER and hold no permissions of people."""
    if by.kind is not ActorKind.WORKER and not by.may(permission):
        words = {IMPORT: "您没有导入事项的权限。", EDIT: "您没有修改事项的权限。"}
        raise Refused(words[permission], permission=permission)


def load(codes: Iterable[str]) -> dict[str, Known]:
    """Items with versions and materials, by code: three queries however many. The stored raw text stays behind."""
    materials = Prefetch("materials", Material.objects.order_by("order"))
    found = ItemVersion.objects.filter(item__code__in=list(codes)).defer("raw")
    known: dict[str, Known] = {}
    for version in found.select_related("item__department").prefetch_related(materials).order_by("item_id", "number"):
        entry = known.setdefault(version.item.code, Known(version.item))
        version.item = entry.item or version.item
        entry.versions.append(version)
        entry.materials[version.number] = list(version.materials.all())
    return known


def write(plans: Sequence[Plan], *, by: Actor, quarantined: Sequence[Quarantine] = ()) -> None:
    """Write plans, the versions of an item in their order.

    Items are always taken in the order of their codes, so that two imports at once wait for each other and do not block
    each other. An IntegrityError means that somebody else wrote the same item: load and decide again.
    """
    plans = sorted(plans, key=lambda plan: plan.item.code)
    with transaction.atomic():
        _write_items(plans)
        for plan in plans:
            if plan.replaced is not None:
                _retire(plan.replaced)
        for plan in plans:
            plan.version.item = plan.item
        ItemVersion.objects.bulk_create([plan.version for plan in plans])
        for plan in plans:
            for material in plan.materials:
                material.version = plan.version
        Material.objects.bulk_create([material for plan in plans for material in plan.materials])
        if quarantined:
            Quarantine.objects.bulk_create(quarantined, ignore_conflicts=True)
        file_in_index([plan.item for plan in plans])
        record_all([_event(plan) for plan in plans], by=by)


def _write_items(plans: Sequence[Plan]) -> None:
    fresh = {id(plan.item): plan.item for plan in plans if plan.item.pk is None}
    Item.objects.bulk_create(fresh.values())
    for plan in plans:
        if plan.item_changes:
            Item.objects.filter(pk=plan.item.pk).update(**plan.item_changes)


def _retire(version: ItemVersion) -> None:
    """Compare and swap: whoever finds the version no longer in force has been overtaken."""
    if not ItemVersion.objects.filter(pk=version.pk, state=State.PUBLISHED).update(state=State.RETIRED):
        raise Conflict(MOVED)


def put_in_force(version: ItemVersion, former: ItemVersion | None, *, by: Actor) -> None:
    """One version takes the place of another, or of none."""
    with transaction.atomic():
        if former is not None:
            _retire(former)
        _move(version, State.PUBLISHED, "item.published", "", by=by)


def take_out_of_force(version: ItemVersion, reason: str, *, by: Actor) -> None:
    with transaction.atomic():
        _move(version, State.RETIRED, "item.retired", reason, by=by)


def _move(version: ItemVersion, target: State, event: str, detail: str, *, by: Actor) -> None:
    """Compare and swap on the state that was read, then index and event."""
    if not ItemVersion.objects.filter(pk=version.pk, state=version.state).update(state=target):
        raise Conflict(MOVED)
    file_in_index([version.item])
    body = {"code": version.item.code, "version": version.number}
    record_all([NewEvent(event, version.item.subject, body, detail)], by=by)
    version.state = target


def file_in_index(items: Iterable[Item]) -> None:
    """Bring the search index in line with what is in force now."""
    wanted = {item.pk: item for item in items}
    if not wanted:
        return
    in_force = ItemVersion.objects.filter(item__in=list(wanted), state=State.PUBLISHED).values_list("item_id", "name")
    entries = [
        indexing.Entry(KIND, item.code, name, item.department.name, (item.main_item,) if item.main_item else ())
        for pk, name in in_force
        for item in [wanted.pop(pk)]
    ]
    indexing.put(entries)
    if wanted:
        indexing.remove(KIND, [item.code for item in wanted.values()])


def _event(plan: Plan) -> NewEvent:
    version = plan.version
    body = {
        "code": plan.item.code,
        "version": version.number,
        "state": str(version.state),
        "run": version.run_id,
        "row": version.row,
    }
    return NewEvent(plan.event, plan.item.subject, body, version.change_note)
