from django.db import models

from yichuang.cases.rules import Alarm, Channel, Outcome, Relation, Status
from yichuang.kit.secret import unseal


def _known(field: str, values: type[Status | Channel | Outcome | Relation | Alarm]) -> models.Q:
    return models.Q(**{f"{field}__in": [v.value for v in values]})


class Case(models.Model):
    """One application being handled (办件). It keeps the item version under which it was accepted."""

    id = models.BigIntegerField(primary_key=True)
    number = models.CharField(max_length=50, unique=True)
    query_code_sealed = models.CharField(max_length=120)
    item_version = models.ForeignKey("catalogue.ItemVersion", models.PROTECT, related_name="+")
    department = models.ForeignKey("places.Department", models.PROTECT, related_name="+")
    hall = models.ForeignKey("places.Hall", models.PROTECT, related_name="+")
    window = models.ForeignKey("places.Window", models.PROTECT, related_name="+", null=True)
    applicant = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, default=Channel.COUNTER)
    status = models.CharField(max_length=12)
    alarm = models.CharField(max_length=10, default=Alarm.NONE, blank=True)
    accepted_at = models.DateTimeField()
    accepted_on = models.DateField(help_text="the hall's business day on which the clock starts")
    accepted_by = models.CharField(max_length=40, help_text="actor reference")
    due_on = models.DateField()
    due_is_provisional = models.BooleanField(default=False)
    due_explanation = models.TextField(help_text="one line a step, as computed at acceptance")
    statutory_due_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    request_actor = models.CharField(max_length=40)
    request_key = models.CharField(max_length=64)
    request_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="case_once_per_request", fields=["request_actor", "request_key"]),
            models.CheckConstraint(name="case_status_known", condition=_known("status", Status)),
            models.CheckConstraint(name="case_channel_known", condition=_known("channel", Channel)),
            models.CheckConstraint(name="case_alarm_known", condition=_known("alarm", Alarm)),
        ]
        indexes = [
            models.Index(name="case_todo", fields=["department", "status", "due_on", "id"]),
            models.Index(name="case_hall", fields=["hall", "status", "id"]),
            models.Index(name="case_applicant", fields=["applicant", "id"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        return f"case:{self.pk}"

    @property
    def query_code(self) -> str:
        """Six digits that open the progress page together with the number."""
        return unseal(self.query_code_sealed, table="case", column="query_code", row=self.pk)


class CaseMaterial(models.Model):
    """One material that was handed in (收取的材料)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="materials")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    original_seen = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="case_material_order", fields=["case", "order"])]


class Decision(models.Model):
    """What the department decided, with whose name under it (决定)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=8)
    opinion = models.CharField(max_length=2000)
    reasons = models.CharField(max_length=2000, blank=True)
    basis = models.CharField(max_length=1000, blank=True)
    result_name = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=40)
    decider_name = models.CharField(max_length=60)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="decision_outcome_known", condition=_known("outcome", Outcome)),
            # 行政许可法第三十八条第二款: no refusal without its reasons, whatever path led here.
            models.CheckConstraint(
                name="no_reason_no_denial",
                condition=~models.Q(outcome=Outcome.DENY) | (~models.Q(reasons="") & ~models.Q(basis="")),
            ),
        ]


class Delivery(models.Model):
    """The result in the hands of the person it is for (送达)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="delivery")
    relation = models.CharField(max_length=12)
    recipient_name = models.CharField(max_length=120)
    recipient_identifier_sealed = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    hall = models.ForeignKey("places.Hall", models.PROTECT, related_name="+")
    delivered_by = models.CharField(max_length=40)
    deliverer_name = models.CharField(max_length=60)
    delivered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="delivery_relation_known", condition=_known("relation", Relation))]

    @property
    def recipient_identifier(self) -> str:
        return unseal(self.recipient_identifier_sealed, table="delivery", column="recipient", row=self.case_id)
