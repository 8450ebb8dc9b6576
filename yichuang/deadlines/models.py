from django.db import models
from django.db.models import Q


class Clock(models.Model):
    """A running limit of some subject, with two moments that each ring once: the warning and the due moment.

    ``due_at`` is the first moment after the due day. Each moment has its own attempts: a warning that cannot ring never
    holds up the due moment.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    due_on = models.DateField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    warn_attempts = models.PositiveSmallIntegerField(default=0)
    warn_retry_at = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_running_clock", fields=["kind", "subject"], condition=Q(stopped_at=None)),
        ]
        indexes = [
            # The worker asks once a second; both questions are one short index range whatever the number of clocks.
            models.Index(
                name="clock_to_warn", fields=["warn_at"], condition=Q(stopped_at=None, warned_at=None, rung_at=None)
            ),
            models.Index(name="clock_to_ring", fields=["due_at"], condition=Q(stopped_at=None, rung_at=None)),
            models.Index(name="clock_subject", fields=["subject"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.due_on}"
