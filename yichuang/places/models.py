from collections.abc import Mapping
from datetime import time
from typing import Any

from django.db import models
from django.db.models import F, Q

from yichuang.places.rules.kinds import (
    DEPARTMENT_KIND_LABELS,
    DOMAIN_LABELS,
    FUNCTION_GROUP_LABELS,
    HALL_KIND_LABELS,
    HALL_STATE_LABELS,
    LEVEL_LABELS,
    WINDOW_KIND_LABELS,
    WINDOW_STATUS_LABELS,
    DepartmentKind,
    HallState,
    Level,
    WindowKind,
    WindowStatus,
)


def _choices(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(value), label) for value, label in labels.items()]


def _known(name: str, field: str, labels: Mapping[Any, str]) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [str(value) for value in labels]}))


def midnight() -> time:
    return time(0)


class Division(models.Model):
    """An administrative division (行政区划) while its name held. A code may return under another name."""

    code = models.CharField(max_length=12, help_text="6 digits, 9 for towns, 12 for villages")
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=10, choices=_choices(LEVEL_LABELS))
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="the last day on which it existed")
    successor = models.ForeignKey("self", models.PROTECT, related_name="predecessors", null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(name="division_code_in_force", fields=["code"], condition=Q(valid_to=None)),
            _known("division_level_known", "level", LEVEL_LABELS),
            models.CheckConstraint(
                name="division_valid_order",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"division:{self.pk}"

    @property
    def level_label(self) -> str:
        return LEVEL_LABELS[Level(self.level)]


class Department(models.Model):
    """A body that answers for items (部门、单位)."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="departments")
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=20, blank=True)
    kind = models.CharField(
        max_length=12, choices=_choices(DEPARTMENT_KIND_LABELS), default=DepartmentKind.GOVERNMENT.value
    )
    uscc = models.CharField(max_length=40, blank=True, help_text="GB 32100; kept as given even where it fails")
    uscc_warning = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    sort_key = models.PositiveIntegerField(default=1000)
    active_from = models.DateField(null=True, blank=True)
    active_to = models.DateField(null=True, blank=True, help_text="the last day on which it existed")
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(name="department_name_once", fields=["division", "name"]),
            _known("department_kind_known", "kind", DEPARTMENT_KIND_LABELS),
            models.CheckConstraint(
                name="department_active_order",
                condition=Q(active_from=None) | Q(active_to=None) | Q(active_to__gte=F("active_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"department:{self.pk}"

    @property
    def shown_name(self) -> str:
        return self.short_name or self.name


class Hall(models.Model):
    """A place where people are served (大厅): district hall, town centre, village station or park hall."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=_choices(HALL_KIND_LABELS))
    division = models.ForeignKey(Division, models.PROTECT, related_name="halls")
    address = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    day_starts_at = models.TimeField(default=midnight, help_text="wall clock at which a new business day begins")
    state = models.CharField(max_length=10, choices=_choices(HALL_STATE_LABELS), default=HallState.PREPARING.value)
    closed_on = models.DateField(null=True, blank=True, help_text="the last day of service; empty while it exists")
    hours_revision = models.PositiveIntegerField(default=0, help_text="writers of opening hours queue on this column")
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            _known("hall_kind_known", "kind", HALL_KIND_LABELS),
            _known("hall_state_known", "state", HALL_STATE_LABELS),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"hall:{self.pk}"


class Window(models.Model):
    """A window (窗口). Its number may be given again after it is closed; the closed row stays."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="windows")
    number = models.CharField(max_length=8)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=_choices(WINDOW_KIND_LABELS), default=WindowKind.GENERAL.value)
    domain = models.CharField(max_length=20, choices=_choices(DOMAIN_LABELS), blank=True)
    status = models.CharField(max_length=10, choices=_choices(WINDOW_STATUS_LABELS), default=WindowStatus.IN_USE.value)
    floor = models.CharField(max_length=20, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["hall", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                name="window_number_in_use", fields=["hall", "number"], condition=~Q(status="closed")
            ),
            _known("window_kind_known", "kind", WINDOW_KIND_LABELS),
            _known("window_status_known", "status", WINDOW_STATUS_LABELS),
            models.CheckConstraint(
                name="window_domain_known",
                condition=Q(kind="domain", domain__in=[str(d) for d in DOMAIN_LABELS])
                | (~Q(kind="domain") & Q(domain="")),
            ),
            models.CheckConstraint(
                name="window_closed_has_day",
                condition=Q(status="closed", closed_on__isnull=False) | (~Q(status="closed") & Q(closed_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}号 {self.name}"

    @property
    def subject(self) -> str:
        return f"window:{self.pk}"


class Function(models.Model):
    """A window function (窗口职能) of this region beside the standard ones of ``rules.kinds``, or renaming one."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=30)
    group = models.CharField(max_length=12, choices=_choices(FUNCTION_GROUP_LABELS))
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [_known("function_group_known", "group", FUNCTION_GROUP_LABELS)]

    def __str__(self) -> str:
        return self.name


class WindowFunction(models.Model):
    """A function that a window carries now; who gave and took it is in the ledger."""

    window = models.ForeignKey(Window, models.PROTECT, related_name="functions")
    function = models.CharField(max_length=30, help_text="code of a function, see queries.functions")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="window_function_once", fields=["window", "function"])]


class CompositionRule(models.Model):
    """A figure that this district sets for a kind of hall in place of the default in ``rules.composition``."""

    hall_kind = models.CharField(max_length=10, choices=_choices(HALL_KIND_LABELS))
    measure = models.CharField(max_length=50)
    least = models.PositiveSmallIntegerField(null=True, blank=True)
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    basis = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["hall_kind", "id"]
        constraints = [
            models.UniqueConstraint(name="composition_rule_once", fields=["hall_kind", "measure"]),
            _known("composition_hall_kind_known", "hall_kind", HALL_KIND_LABELS),
            models.CheckConstraint(
                name="composition_least_most", condition=Q(least=None) | Q(most=None) | Q(most__gte=F("least"))
            ),
        ]


class OpeningHours(models.Model):
    """One session of a weekday (服务时间), from and until a date. Sessions of one weekday never overlap."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="the last day on which it holds")

    class Meta:
        ordering = ["weekday", "opens_at", "valid_from"]
        constraints = [
            models.CheckConstraint(name="opening_weekday_known", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="opening_times_order", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="opening_valid_order", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
            models.UniqueConstraint(name="opening_session_once", fields=["hall", "weekday", "opens_at", "valid_from"]),
        ]


class SpecialHours(models.Model):
    """What holds on one date in place of the weekly hours (特殊安排): a session, or, without times, a closure."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="special_hours")
    day = models.DateField()
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=80)

    class Meta:
        ordering = ["day", "opens_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="special_times_order",
                condition=Q(opens_at=None, closes_at=None) | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
            ),
            models.UniqueConstraint(name="special_closure_once", fields=["hall", "day"], condition=Q(opens_at=None)),
            models.UniqueConstraint(name="special_session_once", fields=["hall", "day", "opens_at"]),
        ]


class BusinessDay(models.Model):
    """A hall's day of service (服务日): when it was opened and closed, and by whom."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="business_days")
    day = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=40, help_text="actor reference")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["hall", "-day"]
        constraints = [models.UniqueConstraint(name="business_day_once", fields=["hall", "day"])]

    @property
    def subject(self) -> str:
        return f"business-day:{self.pk}"
