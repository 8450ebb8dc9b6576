"""The guides of published items as the public sees them. Each function has a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Count, Q

from yichuang.catalogue.models import ItemVersion, Material
from yichuang.catalogue.queries import published, published_item
from yichuang.catalogue.rules import (
    FORM_LABELS,
    NECESSITY_LABELS,
    REGIME_LABELS,
    REGIMES,
    SOURCE_LABELS,
    CaseKind,
    MaterialForm,
    Necessity,
    Regime,
    Source,
    State,
)
from yichuang.lib.errors import NotFound
from yichuang.places.models import Department
from yichuang.places.rules.kinds import HallKind
from yichuang.portal.queries.halls import PublicHall, halls
from yichuang.portal.rules import fee_words, in_copies, promised_words, statutory_words

PAGE = 100


@dataclass(frozen=True, slots=True)
class GuideMaterial:
    name: str
    necessity: str
    is_required: bool
    copies: str
    source: str
    standard: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A published item in the words of its public guide; empty texts are not shown."""

    code: str
    name: str
    department: str
    kind: str
    is_sample: bool
    version: int
    promised: str
    promised_note: str
    statutory: str
    fee: str
    applicants: str
    conditions: str
    materials: tuple[GuideMaterial, ...]
    place: str
    halls: tuple[PublicHall, ...]
    result: str
    legal_basis: str
    questions: str
    remedy: str
    advice_phone: str
    complaint_phone: str


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    pk: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class GuideLine:
    pk: int
    code: str
    name: str
    kind: str


def guide(code: str) -> Guide:
    """The guide of an item in force; NotFound when there is none."""
    version = published_item(code)
    rules = REGIMES[Regime(version.regime)]
    return Guide(
        code=version.item.code,
        name=version.name,
        department=version.item.department.name,
        kind=REGIME_LABELS[Regime(version.regime)],
        is_sample=version.item.is_sample,
        version=version.number,
        promised=promised_words(
            version.promised_limit, version.promised_unit, is_immediate=version.case_kind == CaseKind.IMMEDIATE
        ),
        promised_note=version.promised_note,
        statutory=statutory_words(version.statutory_limit, version.statutory_unit, rules.default_statutory_limit),
        fee=fee_words(has_fee=version.has_fee),
        applicants=version.service_objects,
        conditions=version.conditions,
        materials=tuple(_material(material) for material in version.materials.all()),
        place=version.places_text,
        halls=tuple(halls(HallKind.DISTRICT)),
        result=version.result_name,
        legal_basis=version.legal_basis,
        questions=version.questions,
        remedy=rules.remedy_text,
        advice_phone=version.phone or version.item.department.phone,
        complaint_phone=version.complaint_phone,
    )


def is_published(code: str) -> bool:
    return ItemVersion.objects.filter(item__code=code, state=State.PUBLISHED).exists()


def departments_with_guides() -> list[DepartmentLine]:
    in_force = Q(items__versions__state=State.PUBLISHED)
    rows = Department.objects.annotate(guides=Count("items__versions", filter=in_force)).filter(guides__gt=0)
    return [DepartmentLine(row.pk, row.name, row.guides) for row in rows.order_by("sort_key", "id")]


def guides_of(department: int, after: int = 0) -> tuple[str, list[GuideLine], bool]:
    """Name, one page of guides and whether more follow; ``after`` is the item the last page ended with."""
    found = Department.objects.filter(pk=department).first()
    if found is None:
        raise NotFound("没有这个部门，可能已经合并或改名了。请重新查找。")
    rows = published(department)
    if after:
        rows = rows.filter(_behind(after))
    page = list(rows[: PAGE + 1])
    lines = [GuideLine(v.item_id, v.item.code, v.name, REGIME_LABELS[Regime(v.regime)]) for v in page[:PAGE]]
    return found.name, lines, len(page) > PAGE


def _behind(item: int) -> Q:
    """What comes after an item in the order by name: pages stay where they are when the catalogue changes."""
    name = ItemVersion.objects.filter(item=item, state=State.PUBLISHED).values("name")[:1]
    return Q(name__gt=name) | Q(name=name, item_id__gt=item)


def _material(material: Material) -> GuideMaterial:
    necessity = Necessity(material.necessity)
    return GuideMaterial(
        name=material.name,
        necessity=NECESSITY_LABELS[necessity],
        is_required=necessity is Necessity.REQUIRED,
        copies=in_copies(material.originals, material.copies, FORM_LABELS[MaterialForm(material.form)]),
        source="，".join(filter(None, (SOURCE_LABELS[Source(material.source)], material.source_note))),
        standard="\n".join(filter(None, (material.acceptance_standard, material.note))),
    )
