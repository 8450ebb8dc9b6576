"""Placement (进驻): which counter takes an item, and whether it is passed outside (三集中三到位, 负面清单)."""

from dataclasses import dataclass

from django.db import transaction

from yichuang.catalogue.actions._door import EDIT, check_may
from yichuang.catalogue.models import Item
from yichuang.catalogue.rules import PLACEMENT_LABELS, Placement
from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Conflict, Invalid
from yichuang.places.rules.kinds import DOMAIN_LABELS


@dataclass(frozen=True, slots=True)
class Place:
    """``basis`` is the government's consent, without which nothing is on the negative list."""

    placement: str
    domain: str = ""
    basis: str = ""
    refers_out: bool = False


def place(item: Item, wanted: Place, *, by: Actor) -> Item:
    """Put an item at a counter; doing so again changes nothing and records nothing."""
    check_may(EDIT, by=by)
    after = _checked(wanted)
    before = {name: getattr(item, name) for name in after}
    if before == after:
        return item
    with transaction.atomic():
        if not Item.objects.filter(pk=item.pk, **before).update(**after):
            raise Conflict("刚刚有别人修改了这个事项，请刷新页面后再试。")
        body = {
            "code": item.code,
            "from": before["placement"],
            **{k: v for k, v in after.items() if k != "placement_basis"},
        }
        record("item.placed", item.subject, by=by, body=body, detail=str(after["placement_basis"]))
    for name, value in after.items():
        setattr(item, name, value)
    return item


def _checked(wanted: Place) -> dict[str, object]:
    problems: dict[str, str] = {}
    if wanted.placement not in {str(p) for p in PLACEMENT_LABELS}:
        problems["placement"] = "请选择进驻方式。"
    domain = wanted.domain if wanted.placement == Placement.DOMAIN else ""
    if wanted.placement == Placement.DOMAIN and domain not in {str(d) for d in DOMAIN_LABELS}:
        problems["domain"] = "分领域事项要选择是六类中的哪一类。"
    try:
        basis = clean_text(wanted.basis, limit=300)
    except ValueError as error:
        problems["placement_basis"] = str(error)
        basis = ""
    if wanted.placement == Placement.NEGATIVE and not basis:
        problems.setdefault("placement_basis", "列入负面清单须经同级政府同意，请填写批准文件的名称和文号。")
    if problems:
        raise Invalid(problems)
    return {
        "placement": wanted.placement,
        "domain": domain,
        "placement_basis": basis,
        "refers_out": wanted.refers_out,
    }
