from django.db import models


class Clock(models.Model):
    """A running limit of some subject, with two moments that each ring once: the warning and the due moment."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    due_on = models.DateField()
    due_at = models.DateTimeField(help_text="the first moment after the due day")
    warn_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_running_clock", fields=["kind", "subject"], condition=models.Q(stopped_at=None)
            ),
        ]
        indexes = [
            models.Index(name="clock_to_warn", fields=["warn_at"], condition=models.Q(stopped_at=None, warned_at=None)),
            models.Index(name="clock_to_ring", fields=["due_at"], condition=models.Q(stopped_at=None, rung_at=None)),
            models.Index(name="clock_subject", fields=["subject"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.due_on}"
