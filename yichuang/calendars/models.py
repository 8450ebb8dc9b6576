from django.db import models
from django.db.models import Q

from yichuang.calendars.rules import Kind


class CalendarYear(models.Model):
    """A published year and the notice it rests on (国务院办公厅通知). A year without a row is provisional."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    notice = models.CharField(max_length=60)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(name="calendar_year_sane", condition=Q(year__gte=2000, year__lte=2100)),
        ]

    def __str__(self) -> str:
        return f"{self.year}年"


class SpecialDay(models.Model):
    """A weekday on which one rests, or a weekend day on which one works; ``notice`` only where it is not the year's."""

    day = models.DateField(primary_key=True)
    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="days")
    kind = models.CharField(max_length=4, choices=[(Kind.REST.value, "休"), (Kind.WORK.value, "班")])
    name = models.CharField(max_length=40)
    notice = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(name="special_kind_known", condition=Q(kind__in=[k.value for k in Kind])),
        ]


class Edition(models.Model):
    """One row; its number is new and larger after every change, so that each process knows when to compile anew."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
