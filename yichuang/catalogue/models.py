from collections.abc import Mapping
from typing import Any

from django.db import models

from yichuang.catalogue.formats import FORMATS
from yichuang.catalogue.rules import (
    CASE_KIND_LABELS,
    FORM_LABELS,
    NECESSITY_LABELS,
    ORIGIN_LABELS,
    PLACEMENT_LABELS,
    REGIME_LABELS,
    REGIMES,
    SOURCE_LABELS,
    STATE_LABELS,
    UNIT_LABELS,
    CaseKind,
    Origin,
    Placement,
    Regime,
    State,
    Unit,
    in_days,
)
from yichuang.places.rules.kinds import DOMAIN_LABELS, Domain


def _choices(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(key.value, label) for key, label in labels.items()]


def _known(field: str, labels: Mapping[Any, str]) -> models.Q:
    return models.Q(**{f"{field}__in": [key.value for key in labels]})


class ImportRun(models.Model):
    """One file taken in: what it was, who did it, what came of it."""

    file_name = models.CharField(max_length=200)
    file = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", help_text="the bytes as they came")
    source_format = models.CharField(max_length=20)
    run_by = models.CharField(max_length=100)
    run_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    report = models.TextField(blank=True, help_text="JSON: read, created, updated, unchanged, warnings, rejected")

    @property
    def subject(self) -> str:
        return f"import:{self.pk}"

    @property
    def format_label(self) -> str:
        return FORMATS.get(self.source_format, self.source_format)


class Item(models.Model):
    """Something that can be applied for (业务办理项), over all its versions."""

    code = models.CharField(max_length=100, unique=True)
    code_scheme = models.CharField(max_length=20)
    basic_code = models.CharField(max_length=40, blank=True)
    main_item = models.CharField(max_length=200, blank=True, help_text="主项")
    department = models.ForeignKey("places.Department", models.PROTECT, related_name="items")
    division_code = models.CharField(max_length=12)
    is_sample = models.BooleanField(default=False)
    placement = models.CharField(
        max_length=10, choices=_choices(PLACEMENT_LABELS), default=Placement.GENERAL, help_text="进驻方式"
    )
    domain = models.CharField(max_length=20, choices=_choices(DOMAIN_LABELS), blank=True)
    placement_basis = models.CharField(max_length=300, blank=True, help_text="同级政府同意的文号，负面清单必填")
    refers_out = models.BooleanField(default=False, help_text="需转外事项")

    class Meta:
        constraints = [
            models.CheckConstraint(name="item_placement_known", condition=_known("placement", PLACEMENT_LABELS)),
            models.CheckConstraint(
                name="item_domain_known",
                condition=models.Q(_known("domain", DOMAIN_LABELS), placement="domain")
                | (~models.Q(placement="domain") & models.Q(domain="")),
            ),
            models.CheckConstraint(
                name="item_negative_needs_approval",
                condition=~models.Q(placement="negative") | ~models.Q(placement_basis=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        return f"item:{self.pk}"

    @property
    def placement_label(self) -> str:
        """综合窗口, 负面清单, or the domain (分领域) that keeps it."""
        if self.placement == Placement.DOMAIN:
            return f"分领域：{DOMAIN_LABELS[Domain(self.domain)]}"
        return PLACEMENT_LABELS[Placement(self.placement)]


class ItemVersion(models.Model):
    """An item as it stood for a time (事项版本). Limits are None where none is published: 时限待补."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source_version = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=200)
    regime = models.CharField(max_length=20, choices=_choices(REGIME_LABELS))
    case_kind = models.CharField(max_length=12, choices=_choices(CASE_KIND_LABELS))
    state = models.CharField(max_length=12, choices=_choices(STATE_LABELS), default=State.DRAFT)
    statutory_limit = models.PositiveSmallIntegerField(null=True)
    statutory_unit = models.CharField(max_length=8, default=Unit.WORKING)
    statutory_note = models.TextField(blank=True)
    promised_limit = models.PositiveSmallIntegerField(null=True)
    promised_unit = models.CharField(max_length=8, default=Unit.WORKING)
    promised_note = models.TextField(blank=True)
    service_objects = models.CharField(max_length=60, blank=True)
    channels = models.CharField(max_length=60, blank=True)
    visits = models.PositiveSmallIntegerField(null=True)
    has_fee = models.BooleanField(null=True)
    result_name = models.CharField(max_length=200, blank=True)
    result_type = models.CharField(max_length=20, blank=True)
    four_ways = models.CharField(max_length=40, blank=True, help_text="马上办、网上办、就近办、一次办")
    phone = models.CharField(max_length=200, blank=True)
    complaint_phone = models.CharField(max_length=200, blank=True)
    conditions = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    places_text = models.TextField(blank=True, help_text="办理地点和时间，来自来源文件")
    questions = models.TextField(blank=True, help_text="常见问题")
    special_procedures = models.TextField(blank=True)
    effective_from = models.DateField()
    origin = models.CharField(max_length=10, choices=_choices(ORIGIN_LABELS), default=Origin.IMPORT)
    change_note = models.CharField(max_length=300, blank=True, help_text="why a version was made by hand")
    content_sm3 = models.CharField(
        max_length=64, blank=True, help_text="over what the source says: equal content makes no version"
    )
    raw = models.TextField(blank=True, help_text="the row or entry of the source, as text; the file itself is run.file")
    row = models.PositiveIntegerField(null=True, help_text="line of the CSV, or number of the entry")
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="versions")

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.CheckConstraint(name="version_origin_known", condition=_known("origin", ORIGIN_LABELS)),
            models.CheckConstraint(
                name="version_limits_positive",
                condition=(models.Q(statutory_limit=None) | models.Q(statutory_limit__gte=1))
                & (models.Q(promised_limit=None) | models.Q(promised_limit__gte=1)),
            ),
            models.UniqueConstraint(name="item_version_number", fields=["item", "number"]),
            models.UniqueConstraint(
                name="one_published_version", fields=["item"], condition=models.Q(state=State.PUBLISHED)
            ),
            models.CheckConstraint(name="version_regime_known", condition=_known("regime", REGIME_LABELS)),
            models.CheckConstraint(name="version_kind_known", condition=_known("case_kind", CASE_KIND_LABELS)),
            models.CheckConstraint(name="version_state_known", condition=_known("state", STATE_LABELS)),
            models.CheckConstraint(
                name="version_units_known",
                condition=_known("statutory_unit", UNIT_LABELS) & _known("promised_unit", UNIT_LABELS),
            ),
        ]
        indexes = [models.Index(name="version_state", fields=["state", "item"])]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"

    @property
    def lacks_limit(self) -> bool:
        """时限待补: a promised case without a published promise."""
        return self.case_kind != CaseKind.IMMEDIATE and self.promised_limit is None

    @property
    def regime_label(self) -> str:
        return REGIME_LABELS[Regime(self.regime)]

    @property
    def promised_label(self) -> str:
        if self.case_kind == CaseKind.IMMEDIATE:
            return "即办"
        return "时限待补" if self.promised_limit is None else in_days(self.promised_limit, Unit(self.promised_unit))

    @property
    def statutory_label(self) -> str:
        """The published legal limit, else what the regime's law sets, saying which law."""
        if self.statutory_limit is not None:
            return in_days(self.statutory_limit, Unit(self.statutory_unit))
        default = REGIMES[Regime(self.regime)].default_statutory_limit
        return "未规定" if default is None else f"{in_days(default, Unit.WORKING)}（行政许可法第四十二条）"


class Material(models.Model):
    """One material that a version asks for."""

    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="materials")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=500)
    necessity = models.CharField(max_length=12, choices=_choices(NECESSITY_LABELS))
    form = models.CharField(max_length=12, choices=_choices(FORM_LABELS))
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=12, choices=_choices(SOURCE_LABELS))
    source_note = models.CharField(max_length=500, blank=True)
    acceptance_standard = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    note = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False, help_text="the hall gets it from another department itself")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="material_order", fields=["version", "order"]),
            models.CheckConstraint(name="material_necessity_known", condition=_known("necessity", NECESSITY_LABELS)),
            models.CheckConstraint(name="material_form_known", condition=_known("form", FORM_LABELS)),
            models.CheckConstraint(name="material_source_known", condition=_known("source", SOURCE_LABELS)),
        ]


class Quarantine(models.Model):
    """A foreign code nobody knows yet, waiting for somebody who does (隔离). Once resolved, imports understand it."""

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="quarantined", help_text="that met it first")
    source_format = models.CharField(max_length=20)
    row = models.PositiveIntegerField()
    item_code = models.CharField(max_length=100, blank=True)
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=100)
    sentence = models.CharField(max_length=300)
    meaning = models.CharField(max_length=40, blank=True, help_text="the internal value, once somebody has said it")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="quarantined_once", fields=["source_format", "field", "value"]),
            models.CheckConstraint(
                name="quarantine_resolved_has_meaning",
                condition=models.Q(resolved_at=None, meaning="")
                | (models.Q(resolved_at__isnull=False) & ~models.Q(meaning="")),
            ),
        ]
