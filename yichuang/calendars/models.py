from django.db import models

from yichuang.calendars.rules import Kind


class CalendarYear(models.Model):
    """One published year and the notice it rests on (国务院办公厅通知)."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    notice = models.CharField(max_length=60, help_text="文号")
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.year}年"


class SpecialDay(models.Model):
    """A weekday on which one rests, or a weekend day on which one works."""

    day = models.DateField(primary_key=True)
    year = models.ForeignKey(CalendarYear, models.PROTECT, related_name="days")
    kind = models.CharField(max_length=4, choices=[(Kind.REST.value, "休"), (Kind.WORK.value, "班")])
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(name="special_kind_known", condition=models.Q(kind__in=[k.value for k in Kind])),
        ]


class Edition(models.Model):
    """One row; its number grows with every change, so that each process knows when to compile anew."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(default=0)
