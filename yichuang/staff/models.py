from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q

from yichuang.accounts.models import Account
from yichuang.kit import secret
from yichuang.staff.rules import DEPARTMENT_ROLES, HALL_ROLES, LEVEL_LABELS, ROLE_LABELS, WIDE_ROLES, Level, Role


def _values(known: Iterable[str]) -> list[str]:
    return sorted(str(value) for value in known)


class Skill(models.Model):
    """Something a person can do at a window (技能): a language, sign language, a domain."""

    name = models.CharField(max_length=30, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    """A person who works here (工作人员), with or without a login."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="staff", null=True, blank=True)
    name = models.CharField(max_length=40)
    number = models.CharField(max_length=20, unique=True, help_text="staff number (工号)")
    phone_sealed = models.CharField(max_length=200, blank=True)
    deputy = models.ForeignKey(
        "self", models.PROTECT, related_name="deputises_for", null=True, blank=True, help_text="AB岗"
    )
    skills = models.ManyToManyField(Skill, related_name="holders", blank=True)
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True, help_text="the last day of work")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="staff_active_order", condition=Q(active_to=None) | Q(active_to__gte=F("active_from"))
            ),
            models.CheckConstraint(name="staff_deputy_is_other", condition=Q(deputy=None) | ~Q(deputy=F("id"))),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.number}）"

    @property
    def subject(self) -> str:
        return f"staff:{self.pk}"

    @property
    def phone(self) -> str:
        return secret.unseal(self.phone_sealed, table="staff", column="phone", row=self.pk)


class Post(models.Model):
    """A role held in a place for a time (岗位). Never altered but for its last day; what ended stays."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(str(role), label) for role, label in ROLE_LABELS.items()])
    hall = models.ForeignKey("places.Hall", models.PROTECT, related_name="posts", null=True, blank=True)
    department = models.ForeignKey("places.Department", models.PROTECT, related_name="posts", null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="the last day on which it holds")

    class Meta:
        ordering = ["staff", "valid_from", "id"]
        constraints = [
            # A post revoked on its first day ends the day before it began and thus never holds.
            models.CheckConstraint(
                name="post_place",
                condition=Q(role__in=_values(HALL_ROLES), hall__isnull=False, department=None)
                | Q(role__in=_values(DEPARTMENT_ROLES), hall=None, department__isnull=False)
                | Q(role__in=_values(WIDE_ROLES), hall=None, department=None),
            ),
        ]

    def __str__(self) -> str:
        return ROLE_LABELS[Role(self.role)]

    @property
    def role_label(self) -> str:
        return ROLE_LABELS[Role(self.role)]

    @property
    def place(self) -> str:
        return str(self.hall or self.department or "全区")

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Certificate(models.Model):
    """An occupational certificate (职业技能等级证书)."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="certificates")
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=5, choices=[(str(level), label) for level, label in LEVEL_LABELS.items()])
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True, help_text="entered in error or withdrawn")

    class Meta:
        ordering = ["-issued_on", "id"]
        constraints = [
            models.UniqueConstraint(name="certificate_number_once", fields=["name", "number"]),
            models.CheckConstraint(name="certificate_level_known", condition=Q(level__in=_values(LEVEL_LABELS))),
            models.CheckConstraint(
                name="certificate_order", condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on"))
            ),
        ]

    @property
    def level_label(self) -> str:
        return LEVEL_LABELS[Level(self.level)]

    def is_valid_on(self, day: date) -> bool:
        in_time = self.issued_on <= day and (self.expires_on is None or day <= self.expires_on)
        return in_time and self.withdrawn_on is None
