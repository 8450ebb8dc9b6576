from collections.abc import Mapping
from enum import StrEnum

from django.db import models

from yichuang.catalogue.rules import (
    CASE_KIND_LABELS,
    FORM_LABELS,
    NECESSITY_LABELS,
    REGIME_LABELS,
    SOURCE_LABELS,
    STATE_LABELS,
    State,
)


def _choices(labels: Mapping[StrEnum, str]) -> list[tuple[str, str]]:
    return [(key.value, label) for key, label in labels.items()]


def _known(field: str, labels: Mapping[StrEnum, str]) -> models.Q:
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


class Item(models.Model):
    """Something that can be applied for (业务办理项), over all its versions."""

    code = models.CharField(max_length=100, unique=True)
    code_scheme = models.CharField(max_length=20)
    basic_code = models.CharField(max_length=40, blank=True)
    main_item = models.CharField(max_length=200, blank=True, help_text="主项")
    department = models.ForeignKey("places.Department", models.PROTECT, related_name="items")
    division_code = models.CharField(max_length=12)
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        return f"item:{self.pk}"


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
    statutory_unit = models.CharField(max_length=8, default="working")
    statutory_note = models.TextField(blank=True)
    promised_limit = models.PositiveSmallIntegerField(null=True)
    promised_unit = models.CharField(max_length=8, default="working")
    promised_note = models.TextField(blank=True)
    service_objects = models.CharField(max_length=60, blank=True)
    channels = models.CharField(max_length=60, blank=True)
    visits = models.PositiveSmallIntegerField(null=True)
    has_fee = models.BooleanField(null=True)
    result_name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=200, blank=True)
    complaint_phone = models.CharField(max_length=200, blank=True)
    conditions = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    places_text = models.TextField(blank=True, help_text="办理地点和时间，来自来源文件")
    questions = models.TextField(blank=True, help_text="常见问题")
    special_procedures = models.TextField(blank=True)
    effective_from = models.DateField()
    content_sm3 = models.CharField(max_length=64, help_text="over what was understood: equal content makes no version")
    raw = models.TextField(blank=True, help_text="the row or entry of the source, byte for byte as text")
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="versions")

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(name="item_version_number", fields=["item", "number"]),
            models.UniqueConstraint(
                name="one_published_version", fields=["item"], condition=models.Q(state=State.PUBLISHED)
            ),
            models.CheckConstraint(name="version_regime_known", condition=_known("regime", REGIME_LABELS)),
            models.CheckConstraint(name="version_kind_known", condition=_known("case_kind", CASE_KIND_LABELS)),
            models.CheckConstraint(name="version_state_known", condition=_known("state", STATE_LABELS)),
            models.CheckConstraint(
                name="version_units_known",
                condition=models.Q(statutory_unit__in=["working", "natural"], promised_unit__in=["working", "natural"]),
            ),
        ]
        indexes = [models.Index(name="version_state", fields=["state", "item"])]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"

    @property
    def lacks_limit(self) -> bool:
        """时限待补: a promised case without a published promise."""
        return self.case_kind != "immediate" and self.promised_limit is None


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

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="material_order", fields=["version", "order"]),
            models.CheckConstraint(name="material_necessity_known", condition=_known("necessity", NECESSITY_LABELS)),
            models.CheckConstraint(name="material_form_known", condition=_known("form", FORM_LABELS)),
            models.CheckConstraint(name="material_source_known", condition=_known("source", SOURCE_LABELS)),
        ]


class Quarantine(models.Model):
    """A foreign code nobody knows yet, waiting for somebody who does (隔离)."""

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="quarantined")
    item_code = models.CharField(max_length=100)
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    sentence = models.CharField(max_length=300)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="quarantined_once", fields=["item_code", "field", "value"])]
